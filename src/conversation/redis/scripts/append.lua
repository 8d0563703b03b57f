-- ARGV: origin, bodies ...
local entries = {}
if not is_open() then return entries end
for i = 4, #ARGV do entries[#entries + 1] = add_entry(ARGV[3], ARGV[i]) end
keep()
tell(entries)
return entries
