#!lua
-- Stands before every step of the store port. With the line above, Redis refuses the whole script when it
-- is out of memory, instead of failing in its middle. Bodies and state are opaque JSON; times are epoch
-- milliseconds.
-- KEYS: conversation, log, index of the shard, wake-up channel [, dedupe]. ARGV: id, now, ...
local CONVERSATION, LOG, INDEX, WAKE, DEDUPE = unpack(KEYS)
local ID, NOW = ARGV[1], tonumber(ARGV[2])
-- Without a time of the caller it is this server's: the one clock that all processes share. A process whose
-- own is off would take leases that are still held, or hold its own for too long.
if not NOW then
  local time = redis.call('TIME')
  NOW = time[1] * 1000 + math.floor(time[2] / 1000)
end
-- A conversation is forgotten this long after its last write.
local RETENTION_SECONDS = 30 * 24 * 3600

-- Numbers become strings here, because Redis writes large ones in scripts as 1.7e+12 in places.
local function digits(number)
  return string.format('%.0f', number)
end

-- Fields of the conversation by name; absent ones are false.
local function load(...)
  local values, found = redis.call('HMGET', CONVERSATION, ...), {}
  for i, name in ipairs({ ... }) do found[name] = values[i] end
  return found
end

local function keep()
  redis.call('EXPIRE', CONVERSATION, RETENTION_SECONDS)
  redis.call('EXPIRE', LOG, RETENTION_SECONDS)
end

-- Appends a body to the log after what `c` says is the last entry, and moves `c` on: the caller stores that.
-- Returns what a wake-up tells of it, so that listeners need not read the log, and its sequence and time.
local function add_entry(c, origin, body)
  c.lastSeq = tonumber(c.lastSeq) + 1
  c.lastAt = math.max(tonumber(c.lastAt) + 1, NOW)
  local seq, at = digits(c.lastSeq), digits(c.lastAt)
  redis.call('XADD', LOG, seq .. '-0', 'origin', origin, 'body', body, 'at', at)
  local told = '{"seq":' .. seq .. ',"origin":"' .. origin .. '","at":' .. at .. ',"activity":' .. body .. '}'
  return told, { c.lastSeq, c.lastAt }
end

local function add_entries(c, origin, bodies)
  local told, stamps = {}, {}
  for i, body in ipairs(bodies) do told[i], stamps[i] = add_entry(c, origin, body) end
  return told, stamps
end

local function tell(told)
  if #told > 0 then
    redis.call('SPUBLISH', WAKE, '{"kind":"appended","entries":[' .. table.concat(told, ',') .. ']}')
  end
end

local function row_at(seq)
  local fields = redis.call('XRANGE', LOG, seq .. '-0', seq .. '-0')[1][2]
  return { tonumber(seq), fields[2], fields[4], tonumber(fields[6]) }
end

-- The unanswered messages as the conversation's field `pending` lists them: `seq:attempts seq:attempts`.
local function unanswered(list)
  local pending = {}
  for seq, attempts in string.gmatch(list or '', '(%d+):(%d+)') do
    pending[#pending + 1] = { seq, tonumber(attempts) }
  end
  return pending
end

local function listed(pending)
  local parts = {}
  for i, message in ipairs(pending) do parts[i] = message[1] .. ':' .. digits(message[2]) end
  return table.concat(parts, ' ')
end

-- Taking them counts one attempt for the first, the one to be run now. Returns the first `count` in full.
local function take(pending, count)
  pending[1][2] = pending[1][2] + 1
  local rows = {}
  for i = 1, count do
    rows[i] = row_at(pending[i][1])
    rows[i][5] = pending[i][2]
  end
  return rows
end
