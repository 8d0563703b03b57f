-- ARGV: origin, body, leaseMs (0: do not claim)
local DEDUPE_MS = 24 * 3600 * 1000

if not is_open() then return { 'unknown-conversation' } end
if DEDUPE then
  local seq, at = string.match(redis.call('GET', DEDUPE) or '', '^(%d+) (%d+)$')
  -- Redis' own expiry only tidies up: whether a key is forgotten is for the caller's clock to say.
  if seq and tonumber(at) > NOW - DEDUPE_MS then return { 'duplicate', entry_at(seq), false } end
end
local entries = add_entries(ARGV[3], { ARGV[4] })
local seq, at = entries[1][1], entries[1][4]
redis.call('HSET', PENDING, seq, 0)
redis.call('ZADD', INDEX, 'NX', string.format('%.0f', at), ID)
if DEDUPE then
  redis.call('SET', DEDUPE, string.format('%d %.0f', seq, NOW), 'PX', DEDUPE_MS)
end
keep()
tell(entries)
local lease_ms = tonumber(ARGV[5])
return { 'accepted', entries[1], lease_ms > 0 and take(lease_ms) }
