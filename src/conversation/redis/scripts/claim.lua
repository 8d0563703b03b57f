-- ARGV: leaseMs
local c = load('channel', 'userId', 'customerId', 'locale', 'mode', 'state', 'fence', 'leaseUntil', 'pending')
local there = exists(c)
mend(c)
if there and c.leaseUntil > NOW and c.pending ~= '' then return { 'busy' } end
local pending = unanswered(c.pending)
local damaged = there and not pending
-- Somebody waits, or there would be no claim.
if damaged then pending = at_the_end(nil, true) end
if not there or #pending == 0 then
  -- Nobody would ever find it answered: it was forgotten with its messages.
  checked(redis.pcall('ZREM', INDEX, ID), AT_INDEX)
  return { 'idle' }
end
local rows = take(pending, #pending)
redis.call('HSET', CONVERSATION, 'fence', c.fence + 1,
  'leaseUntil', digits(NOW + tonumber(ARGV[3])), 'pending', listed(pending))
keep()
local info = { c.channel, c.userId, c.customerId, c.locale }
return { 'claimed', { c.fence + 1, info, c.mode, c.state, rows, damaged and c.pending and 1 or 0 } }
