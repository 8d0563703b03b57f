-- ARGV: origin, bodies ...
if not is_open() then return {} end
local entries = add_entries(ARGV[3], { unpack(ARGV, 4) })
keep()
tell(entries)
return entries
