-- ARGV: fence, leaseMs
local c = load('fence', 'leaseUntil')
if c.fence ~= ARGV[3] then return 0 end
mend(c)
if c.leaseUntil == 0 then return 0 end
redis.call('HSET', CONVERSATION, 'leaseUntil', digits(NOW + tonumber(ARGV[4])))
return 1
