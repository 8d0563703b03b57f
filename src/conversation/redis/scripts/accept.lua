-- ARGV: origin, body
local DEDUPE_MS = 24 * 3600 * 1000

if not is_open() then return { 'unknown-conversation' } end
if DEDUPE then
  local seq, at = string.match(redis.call('GET', DEDUPE) or '', '^(%d+) (%d+)$')
  -- Redis' own expiry only tidies up: whether a key is forgotten is for the caller's clock to say.
  if seq and tonumber(at) > NOW - DEDUPE_MS then return { 'duplicate', entry_at(seq) } end
end
local entry = add_entry(ARGV[3], ARGV[4])
redis.call('HSET', PENDING, entry[1], 0)
redis.call('ZADD', INDEX, 'NX', entry[4], ID)
if DEDUPE then
  redis.call('SET', DEDUPE, string.format('%d %.0f', entry[1], NOW), 'PX', DEDUPE_MS)
end
keep()
tell({ entry })
return { 'accepted', entry }
