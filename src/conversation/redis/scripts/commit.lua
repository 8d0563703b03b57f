-- ARGV: fence, seq of the answered message, state, mode, leaseMs, reply bodies ...
local c = load('lastSeq', 'lastAt', 'fence', 'pending')
if c.fence ~= ARGV[3] then return { 'stale' } end
local all, pending = unanswered(c.pending), {}
for _, message in ipairs(all) do
  if message[1] ~= ARGV[4] then pending[#pending + 1] = message end
end
if #pending == #all then return { 'stale' } end

local told, stamps = add_entries(c, 'bot', { unpack(ARGV, 8) })
local rows, lease_until = false, 0
if #pending > 0 then
  lease_until = NOW + tonumber(ARGV[7])
  rows = take(pending, #pending)
  redis.call('ZADD', INDEX, digits(math.min(rows[1][4], NOW)), ID)
else
  redis.call('ZREM', INDEX, ID)
end
redis.call('HSET', CONVERSATION, 'lastSeq', digits(c.lastSeq), 'lastAt', digits(c.lastAt),
  'state', ARGV[5], 'mode', ARGV[6], 'leaseUntil', digits(lease_until), 'pending', listed(pending))
keep()
tell(told)
return { 'committed', stamps, rows }
