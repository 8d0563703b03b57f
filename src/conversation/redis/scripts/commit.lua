-- ARGV: fence, seq of the answered message, state, mode, leaseMs, reply bodies ...
if field('fence') ~= ARGV[3] or redis.call('HEXISTS', PENDING, ARGV[4]) == 0 then return { 'stale' } end
local replies = {}
for i = 8, #ARGV do replies[#replies + 1] = add_entry('bot', ARGV[i]) end
redis.call('HSET', CONVERSATION, 'state', ARGV[5], 'mode', ARGV[6])
redis.call('HDEL', PENDING, ARGV[4])
local rows = false
if redis.call('EXISTS', PENDING) == 1 then
  set('leaseUntil', NOW + tonumber(ARGV[7]))
  rows = take_pending()
  redis.call('ZADD', INDEX, rows[1][4], ID)
else
  set('leaseUntil', 0)
  redis.call('ZREM', INDEX, ID)
end
keep()
tell(replies)
return { 'committed', replies, rows }
