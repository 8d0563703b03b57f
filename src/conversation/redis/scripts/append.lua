-- ARGV: origin, bodies ...
local c = load('lastSeq', 'lastAt')
if not c.lastSeq or #ARGV < 4 then return {} end
local told, stamps = add_entries(c, ARGV[3], { unpack(ARGV, 4) })
redis.call('HSET', CONVERSATION, 'lastSeq', digits(c.lastSeq), 'lastAt', digits(c.lastAt))
keep()
tell(told)
return stamps
