-- ARGV: leaseMs
if not is_open() or redis.call('EXISTS', PENDING) == 0 then
  -- Nobody would ever find it answered: it was forgotten with its messages.
  redis.call('ZREM', INDEX, ID)
  return { 'idle' }
end
local claim = take(tonumber(ARGV[3]))
if not claim then return { 'busy' } end
keep()
return { 'claimed', claim }
