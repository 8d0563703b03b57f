-- ARGV: origin, body, leaseMs (0: do not claim)
local c = load('channel', 'userId', 'customerId', 'locale', 'mode', 'state',
  'lastSeq', 'lastAt', 'fence', 'leaseUntil', 'pending')
if not exists(c) then return { 'unknown-conversation' } end
mend(c)
local first = known_by_key()
if first then return { 'duplicate', first } end
local lease_ms = tonumber(ARGV[5])
local claims = lease_ms > 0 and c.leaseUntil <= NOW
local pending = unanswered(c.pending)
local damaged = not pending
if damaged then pending = at_the_end(nil, false) end

-- Before anything else is written: nothing is accepted that a crash would leave unfound. The time of now, not
-- of the entry: that one may lie minutes ahead, after an entry of a clock that was off.
if #pending == 0 or damaged then checked(redis.pcall('ZADD', INDEX, digits(NOW), ID), AT_INDEX) end
local told, stamp = add_entry(c, ARGV[3], ARGV[4])
local seq = digits(stamp[1])
pending[#pending + 1] = { seq, 0 }
remember_key(seq)

local claim = false
if claims then
  c.fence = c.fence + 1
  c.leaseUntil = NOW + lease_ms
  -- In full only what is older: the caller has the accepted one.
  local rows, info = take(pending, #pending - 1), { c.channel, c.userId, c.customerId, c.locale }
  claim = { c.fence, info, c.mode, c.state, rows, damaged and c.pending and 1 or 0 }
end
local list = listed(pending)
-- Whoever holds the lease knows better what is missing: the list is left to it as it is.
if damaged and not claims then list = (c.pending or '?') .. ' ' .. seq .. ':0' end
redis.call('HSET', CONVERSATION, 'lastSeq', seq, 'lastAt', digits(c.lastAt), 'pending', list,
  'fence', c.fence, 'leaseUntil', digits(c.leaseUntil))
-- Later ones are kept by the commit that answers them.
if stamp[1] == 1 then keep() end
tell({ told })
return { 'accepted', stamp, claim }
