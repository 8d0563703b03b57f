-- ARGV: origin, bodies ...
local c = load('channel', 'userId', 'locale', 'lastSeq', 'lastAt')
if not exists(c) or #ARGV < 4 then return { 'appended', {} } end
mend(c)
local first = known_by_key()
if first then return { 'duplicate', first } end
local told, stamps = add_entries(c, ARGV[3], { unpack(ARGV, 4) })
redis.call('HSET', CONVERSATION, 'lastSeq', digits(c.lastSeq), 'lastAt', digits(c.lastAt))
remember_key(digits(c.lastSeq))
keep()
tell(told)
return { 'appended', stamps }
