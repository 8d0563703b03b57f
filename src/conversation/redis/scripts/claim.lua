-- ARGV: leaseMs
local c = load('channel', 'userId', 'customerId', 'locale', 'mode', 'state', 'fence', 'leaseUntil', 'pending')
local pending = unanswered(c.pending)
if not c.channel or #pending == 0 then
  -- Nobody would ever find it answered: it was forgotten with its messages.
  redis.call('ZREM', INDEX, ID)
  return { 'idle' }
end
if tonumber(c.leaseUntil) > NOW then return { 'busy' } end
local fence, rows = tonumber(c.fence) + 1, take(pending, #pending)
redis.call('HSET', CONVERSATION,
  'fence', fence, 'leaseUntil', digits(NOW + tonumber(ARGV[3])), 'pending', listed(pending))
keep()
return { 'claimed', { fence, { c.channel, c.userId, c.customerId, c.locale }, c.mode, c.state, rows } }
