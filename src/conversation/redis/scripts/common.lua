#!lua
-- Stands before every step of the store port. With the line above, Redis refuses the whole script when it
-- is out of memory, instead of failing in its middle. Bodies and state are opaque strings; times are
-- epoch milliseconds.
-- KEYS: conversation, log, pending, index of the shard, wake-up channel [, dedupe]. ARGV: id, now, ...
local CONVERSATION, LOG, PENDING, INDEX, WAKE, DEDUPE = unpack(KEYS)
local ID, NOW = ARGV[1], tonumber(ARGV[2])
-- Without a time of the caller it is this server's: the one clock that all processes share. A process whose
-- own is off would take leases that are still held, or hold its own for too long.
if not NOW then
  local time = redis.call('TIME')
  NOW = time[1] * 1000 + math.floor(time[2] / 1000)
end
-- A conversation is forgotten this long after its last write.
local RETENTION_SECONDS = 30 * 24 * 3600

local function is_open()
  return redis.call('EXISTS', CONVERSATION) == 1
end

local function field(name)
  return redis.call('HGET', CONVERSATION, name)
end

local function keep()
  for _, key in ipairs({ CONVERSATION, LOG, PENDING }) do
    redis.call('EXPIRE', key, RETENTION_SECONDS)
  end
end

-- Numbers become strings here, because Redis writes large ones in scripts as 1.7e+12 in places.
local function set(name, number)
  redis.call('HSET', CONVERSATION, name, string.format('%.0f', number))
end

local function entry_at(seq)
  local fields = redis.call('XRANGE', LOG, seq .. '-0', seq .. '-0')[1][2]
  return { tonumber(seq), fields[2], fields[4], tonumber(fields[6]) }
end

-- Appends bodies of one origin to the log.
local function add_entries(origin, bodies)
  local entries = {}
  if #bodies == 0 then return entries end
  local last = redis.call('HMGET', CONVERSATION, 'lastSeq', 'lastAt')
  local seq, at = tonumber(last[1]), tonumber(last[2])
  for i, body in ipairs(bodies) do
    seq, at = seq + 1, math.max(at + 1, NOW)
    redis.call('XADD', LOG, seq .. '-0', 'origin', origin, 'body', body, 'at', string.format('%.0f', at))
    entries[i] = { seq, origin, body, at }
  end
  redis.call('HSET', CONVERSATION, 'lastSeq', seq, 'lastAt', string.format('%.0f', at))
  return entries
end

-- Entries travel with the wake-up, so that listeners need not read the log.
local function tell(entries)
  if #entries > 0 then
    redis.call('SPUBLISH', WAKE, cjson.encode({ kind = 'appended', rows = entries }))
  end
end

-- The unanswered messages in order, each with its attempts.
local function unanswered()
  local flat, rows = redis.call('HGETALL', PENDING), {}
  for i = 1, #flat, 2 do
    local row = entry_at(flat[i])
    row[5] = tonumber(flat[i + 1])
    rows[#rows + 1] = row
  end
  table.sort(rows, function(a, b) return a[1] < b[1] end)
  return rows
end

-- Taking them counts one attempt for the first, the one to be run now.
local function take_pending()
  local rows = unanswered()
  rows[1][5] = redis.call('HINCRBY', PENDING, rows[1][1], 1)
  return rows
end

-- Gives the lease away: fence, info, mode, state, messages. False while somebody holds it.
local function take(lease_ms)
  local all = redis.call('HMGET', CONVERSATION,
    'channel', 'userId', 'customerId', 'locale', 'mode', 'state', 'fence', 'leaseUntil')
  if tonumber(all[8]) > NOW then return false end
  local fence = tonumber(all[7]) + 1
  redis.call('HSET', CONVERSATION, 'fence', fence, 'leaseUntil', string.format('%.0f', NOW + lease_ms))
  return { fence, { all[1], all[2], all[3], all[4] }, all[5], all[6], take_pending() }
end
