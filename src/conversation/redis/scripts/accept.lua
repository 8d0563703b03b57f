-- ARGV: origin, body, leaseMs (0: do not claim)
local DEDUPE_MS = 24 * 3600 * 1000

local c = load('channel', 'userId', 'customerId', 'locale', 'mode', 'state',
  'lastSeq', 'lastAt', 'fence', 'leaseUntil', 'pending')
if not c.channel then return { 'unknown-conversation' } end
if DEDUPE then
  local seq, at = string.match(redis.call('GET', DEDUPE) or '', '^(%d+) (%d+)$')
  -- Redis' own expiry only tidies up: whether a key is forgotten is for the caller's clock to say.
  if seq and tonumber(at) > NOW - DEDUPE_MS then return { 'duplicate', row_at(seq) } end
end
local told, stamp = add_entry(c, ARGV[3], ARGV[4])
local seq = digits(stamp[1])
local pending = unanswered(c.pending)
pending[#pending + 1] = { seq, 0 }
-- The time of now, not of the entry: that one may lie minutes ahead, after an entry of a clock that was off.
if #pending == 1 then redis.call('ZADD', INDEX, digits(NOW), ID) end
if DEDUPE then
  redis.call('SET', DEDUPE, seq .. ' ' .. digits(NOW), 'PX', DEDUPE_MS)
end

local claim, lease_ms = false, tonumber(ARGV[5])
if lease_ms > 0 and tonumber(c.leaseUntil) <= NOW then
  c.fence = tonumber(c.fence) + 1
  c.leaseUntil = digits(NOW + lease_ms)
  -- In full only what is older: the caller has the accepted one.
  local rows = take(pending, #pending - 1)
  claim = { c.fence, { c.channel, c.userId, c.customerId, c.locale }, c.mode, c.state, rows }
end
redis.call('HSET', CONVERSATION, 'lastSeq', seq, 'lastAt', digits(c.lastAt), 'pending', listed(pending),
  'fence', c.fence, 'leaseUntil', c.leaseUntil)
-- Later ones are kept by the commit that answers them.
if stamp[1] == 1 then keep() end
tell({ told })
return { 'accepted', stamp, claim }
