-- ARGV: fence
if load('fence').fence ~= ARGV[3] then return 0 end
redis.call('HSET', CONVERSATION, 'leaseUntil', 0)
return 1
