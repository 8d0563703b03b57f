-- ARGV: origin, bodies ...
local c = load('channel', 'userId', 'locale', 'lastSeq', 'lastAt')
if not exists(c) or #ARGV < 4 then return {} end
mend(c)
local told, stamps = add_entries(c, ARGV[3], { unpack(ARGV, 4) })
redis.call('HSET', CONVERSATION, 'lastSeq', digits(c.lastSeq), 'lastAt', digits(c.lastAt))
keep()
tell(told)
return stamps
