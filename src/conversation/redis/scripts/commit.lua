-- ARGV: fence, seq of the answered message, state, mode, leaseMs, reply bodies ...
local c = load('lastSeq', 'lastAt', 'fence', 'leaseUntil', 'pending')
if c.fence ~= ARGV[3] then return { 'stale' } end
mend(c)
local pending = {}
-- Most often nothing else waits.
if string.match(c.pending or '', '^(%d+):%d+$') ~= ARGV[4] then
  local all = unanswered(c.pending)
  if all then
    for _, message in ipairs(all) do
      if message[1] ~= ARGV[4] then pending[#pending + 1] = message end
    end
    if #pending == #all then return { 'stale' } end
  elseif c.leaseUntil == 0 then
    -- Given back: the message may have been answered.
    return { 'stale' }
  else
    -- They are answered in order: whatever came after this one is still to be answered.
    pending = at_the_end(tonumber(ARGV[4]), false)
  end
end

local rows, lease_until = false, 0
if #pending > 0 then
  lease_until = NOW + tonumber(ARGV[7])
  rows = take(pending, #pending)
end
local told, stamps = add_entries(c, 'bot', { unpack(ARGV, 8) })
-- A foreign key in place of the index has nothing to be removed from, and must not cost this answer.
if rows then
  redis.pcall('ZADD', INDEX, digits(math.min(rows[1][4], NOW)), ID)
else
  redis.pcall('ZREM', INDEX, ID)
end
redis.call('HSET', CONVERSATION, 'lastSeq', digits(c.lastSeq), 'lastAt', digits(c.lastAt),
  'state', ARGV[5], 'mode', ARGV[6], 'leaseUntil', digits(lease_until), 'pending', listed(pending))
keep()
tell(told)
return { 'committed', stamps, rows }
