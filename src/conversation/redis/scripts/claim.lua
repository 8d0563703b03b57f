-- ARGV: leaseMs
if not is_open() or redis.call('EXISTS', PENDING) == 0 then
  -- Nobody would ever find it answered: it was forgotten with its messages.
  redis.call('ZREM', INDEX, ID)
  return { 'idle' }
end
if tonumber(field('leaseUntil')) > NOW then return { 'busy' } end
local fence = redis.call('HINCRBY', CONVERSATION, 'fence', 1)
set('leaseUntil', NOW + tonumber(ARGV[3]))
local rows = take_pending()
keep()
return {
  'claimed', fence,
  redis.call('HMGET', CONVERSATION, 'channel', 'userId', 'customerId', 'locale'),
  field('mode'), field('state'), rows,
}
