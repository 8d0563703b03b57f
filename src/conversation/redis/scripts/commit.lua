-- ARGV: fence, seq of the answered message, state, mode, leaseMs, reply bodies ...
if field('fence') ~= ARGV[3] or redis.call('HEXISTS', PENDING, ARGV[4]) == 0 then return { 'stale' } end
local replies = add_entries('bot', { unpack(ARGV, 8) })
redis.call('HDEL', PENDING, ARGV[4])
local rows, lease_until = false, 0
if redis.call('EXISTS', PENDING) == 1 then
  lease_until = NOW + tonumber(ARGV[7])
  rows = take_pending()
  redis.call('ZADD', INDEX, string.format('%.0f', rows[1][4]), ID)
else
  redis.call('ZREM', INDEX, ID)
end
redis.call('HSET', CONVERSATION,
  'state', ARGV[5], 'mode', ARGV[6], 'leaseUntil', string.format('%.0f', lease_until))
keep()
tell(replies)
return { 'committed', replies, rows }
