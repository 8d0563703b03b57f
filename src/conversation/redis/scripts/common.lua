#!lua
-- Stands before every step of the store port. With the line above, Redis refuses the whole script when it
-- is out of memory, instead of failing in its middle. Bodies and state are opaque JSON; times are epoch
-- milliseconds.
-- KEYS: conversation, log, index of the shard, wake-up channel [, dedupe]. ARGV: id, now, ...
--
-- What others may have done to the keys is found before the first write: a field that can be made good is, with
-- what does least harm; anything else is refused as `CODE place detail`, the place being that of the key in KEYS.
local CONVERSATION, LOG, INDEX, WAKE, DEDUPE = unpack(KEYS)
local AT_CONVERSATION, AT_LOG, AT_INDEX, AT_DEDUPE = 1, 2, 3, 5
local ID, NOW = ARGV[1], tonumber(ARGV[2])
-- Without a time of the caller it is this server's: the one clock that all processes share. A process whose
-- own is off would take leases that are still held, or hold its own for too long.
if not NOW then
  local time = redis.call('TIME')
  NOW = time[1] * 1000 + math.floor(time[2] / 1000)
end
-- A conversation is forgotten this long after its last write.
local RETENTION_SECONDS = 30 * 24 * 3600
-- Layout of a conversation's record. A record of a later one is left to the release that wrote it.
local FORMAT = '1'
-- Nobody asks for a longer lease: one that ends later is a damaged field or of a clock that was far off.
local LONGEST_LEASE_MS = 3600 * 1000

-- Numbers become strings here, because Redis writes large ones in scripts as 1.7e+12 in places.
local function digits(number)
  return string.format('%.0f', number)
end

-- A whole number that a field holds; nil for anything else.
local function number(text)
  local found = tonumber(text)
  if found and found >= 0 and found < 1e15 and found % 1 == 0 then return found end
  return nil
end

local function refuse(code, place, detail)
  error({ err = code .. ' ' .. place .. ' ' .. detail })
end

-- What `redis.pcall` answered for the key at a place; one that is not of the command's type is named by it.
local function checked(reply, place)
  if type(reply) ~= 'table' or not reply.err then return reply end
  if string.match(reply.err, '^WRONGTYPE') then refuse('WRONGTYPE', place, '') end
  error(reply)
end

-- Fields of the conversation by name; absent ones are false.
local function load(...)
  local values = checked(redis.pcall('HMGET', CONVERSATION, 'format', ...), AT_CONVERSATION)
  if values[1] and values[1] ~= FORMAT and (number(values[1]) or 0) > tonumber(FORMAT) then
    refuse('FORMAT', AT_CONVERSATION, values[1])
  end
  local found = {}
  for i, name in ipairs({ ... }) do found[name] = values[i + 1] end
  return found
end

-- Whether there is a conversation. One that has lost whom it belongs to must not be gone on with.
local function exists(c)
  if c.channel and c.userId and c.locale then return true end
  if c.channel or c.userId or c.locale or redis.call('EXISTS', CONVERSATION) == 1 then
    refuse('DAMAGED', AT_CONVERSATION, 'channel, userId or locale')
  end
  return false
end

-- The number of the log's last entry, also of one that was deleted.
local function last_logged()
  local info = redis.pcall('XINFO', 'STREAM', LOG)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return tonumber(string.match(info[i + 1], '^%d+')) end
  end
  return 0
end

-- Makes the numbers among the loaded fields usable.
local function mend(c)
  if c.lastSeq ~= nil then c.lastSeq = number(c.lastSeq) or last_logged() end
  if c.lastAt ~= nil then c.lastAt = number(c.lastAt) or 0 end
  -- More than any claim of before has had.
  if c.fence ~= nil then c.fence = number(c.fence) or NOW end
  if c.leaseUntil ~= nil then
    c.leaseUntil = number(c.leaseUntil) or 0
    if c.leaseUntil > NOW + LONGEST_LEASE_MS then c.leaseUntil = 0 end
  end
end

local function keep()
  redis.call('EXPIRE', CONVERSATION, RETENTION_SECONDS)
  redis.call('EXPIRE', LOG, RETENTION_SECONDS)
end

-- Appends a body to the log after what `c` says is the last entry, and moves `c` on: the caller stores that.
-- Returns what a wake-up tells of it, so that listeners need not read the log, and its sequence and time.
local function add_entry(c, origin, body)
  c.lastSeq = c.lastSeq + 1
  c.lastAt = math.max(c.lastAt + 1, NOW)
  local seq, at = digits(c.lastSeq), digits(c.lastAt)
  local added = redis.pcall('XADD', LOG, seq .. '-0', 'origin', origin, 'body', body, 'at', at)
  if type(added) == 'table' then
    -- The log goes further than the record knows: it was restored, or others wrote to it.
    if not string.find(added.err, 'equal or smaller', 1, true) then checked(added, AT_LOG) end
    c.lastSeq = last_logged()
    if c.lastSeq >= 1e15 then refuse('DAMAGED', AT_LOG, 'numbers') end
    return add_entry(c, origin, body)
  end
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

-- An entry in full, empty where it is damaged; nil when it is not in the log.
local function row_at(seq)
  local id = seq .. '-0'
  local found = checked(redis.pcall('XRANGE', LOG, id, id), AT_LOG)[1]
  if not found then return nil end
  local fields = found[2]
  if fields[1] ~= 'origin' or fields[3] ~= 'body' or fields[5] ~= 'at' then return { tonumber(seq), '', '', 0 } end
  return { tonumber(seq), fields[2], fields[4], number(fields[6]) or 0 }
end

local function listed(pending)
  local parts = {}
  for i, message in ipairs(pending) do parts[i] = message[1] .. ':' .. digits(message[2]) end
  return table.concat(parts, ' ')
end

-- The unanswered messages as the conversation's field `pending` lists them: `seq:attempts seq:attempts`; nil when
-- it is no such list.
local function unanswered(list)
  if list == '' then return {} end
  local pending = {}
  for seq, attempts in string.gmatch(list or '', '(%d+):(%d+)') do
    pending[#pending + 1] = { digits(number(seq) or 0), number(attempts) or 0 }
  end
  if listed(pending) == list then return pending end
  return nil
end

-- Customers' messages and events at the end of the log: those after entry `after`, else after the last reply.
-- `newest`: when there are none, the ones before that.
local function at_the_end(after, newest)
  local pending = {}
  for _, line in ipairs(checked(redis.pcall('XREVRANGE', LOG, '+', '-', 'COUNT', 200), AT_LOG)) do
    local seq, fields = string.match(line[1], '^(%d+)%-0$'), line[2]
    local origin = fields[1] == 'origin' and fields[2]
    if after and seq and tonumber(seq) <= after then break end
    if origin == 'bot' or origin == 'agent' then
      if not after and (#pending > 0 or not newest) then break end
    elseif seq then
      table.insert(pending, 1, { seq, 0 })
    end
  end
  return pending
end

-- Taking them counts one attempt for the first, the one to be run now. Returns the first `count` in full; one
-- that is not in the log any more is empty.
local function take(pending, count)
  pending[1][2] = pending[1][2] + 1
  local rows = {}
  for i = 1, count do
    local seq = pending[i][1]
    rows[i] = row_at(seq) or { tonumber(seq), '', '', 0 }
    rows[i][5] = pending[i][2]
  end
  return rows
end

local DEDUPE_MS = 24 * 3600 * 1000

-- The entry that was added under the caller's key, if it was in the last 24 hours.
local function known_by_key()
  if not DEDUPE then return nil end
  local seq, at = string.match(checked(redis.pcall('GET', DEDUPE), AT_DEDUPE) or '', '^(%d+) (%d+)$')
  -- Redis' own expiry only tidies up: whether a key is forgotten is for the caller's clock to say.
  return number(seq) and number(at) and tonumber(at) > NOW - DEDUPE_MS and row_at(seq) or nil
end

local function remember_key(seq)
  if DEDUPE then redis.call('SET', DEDUPE, seq .. ' ' .. digits(NOW), 'PX', DEDUPE_MS) end
end
