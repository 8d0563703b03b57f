#!lua flags=no-writes
-- Conversations of one shard with old unanswered messages and no live lease. Their keys are made here from
-- the index's members: they share its slot. KEYS: index of the shard.
-- ARGV: prefix of the shard's conversations, now, accepted at the latest, limit
local LONGEST_LEASE_MS = 3600 * 1000
local found, offset, now, limit = {}, 0, tonumber(ARGV[2]), tonumber(ARGV[4])

-- What cannot be read is found, too: whoever claims it says what is wrong with it.
local function is_leased(id)
  local lease_until = redis.pcall('HGET', ARGV[1] .. id, 'leaseUntil')
  local ends = type(lease_until) == 'string' and tonumber(lease_until) or 0
  return ends > now and ends <= now + LONGEST_LEASE_MS
end

while #found < limit do
  local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[3], 'LIMIT', offset, 100)
  if #ids == 0 then break end
  for _, id in ipairs(ids) do
    if #found < limit and not is_leased(id) then found[#found + 1] = id end
  end
  offset = offset + #ids
end
return found
