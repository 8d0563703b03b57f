#!lua flags=no-writes
-- Conversations of one shard with old unanswered messages and no live lease. Their keys are made here from
-- the index's members: they share its slot. KEYS: index of the shard.
-- ARGV: prefix of the shard's conversations, now, accepted at the latest, limit
local found, offset, limit = {}, 0, tonumber(ARGV[4])
while #found < limit do
  local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[3], 'LIMIT', offset, 100)
  if #ids == 0 then break end
  for _, id in ipairs(ids) do
    local lease_until = tonumber(redis.call('HGET', ARGV[1] .. id, 'leaseUntil') or 0)
    if lease_until <= tonumber(ARGV[2]) and #found < limit then found[#found + 1] = id end
  end
  offset = offset + #ids
end
return found
