-- ARGV: fence [, 1: its first message was not run, so that the attempt does not count]
local c = load('fence', 'pending')
if c.fence ~= ARGV[3] then return 0 end
redis.call('HSET', CONVERSATION, 'leaseUntil', 0)
local pending = ARGV[4] and unanswered(c.pending)
if pending and #pending > 0 and pending[1][2] > 0 then
  pending[1][2] = pending[1][2] - 1
  redis.call('HSET', CONVERSATION, 'pending', listed(pending))
end
return 1
