-- ARGV: channel, userId, locale [, customerId]
local created = 0
if redis.call('EXISTS', CONVERSATION) == 0 then
  created = 1
  redis.call('HSET', CONVERSATION, 'channel', ARGV[3], 'userId', ARGV[4], 'locale', ARGV[5], 'mode', 'bot',
    'state', '{}', 'lastSeq', 0, 'lastAt', 0, 'fence', 0, 'leaseUntil', 0, 'pending', '')
  if ARGV[6] then redis.call('HSET', CONVERSATION, 'customerId', ARGV[6]) end
  keep()
end
return { created, redis.call('HMGET', CONVERSATION, 'channel', 'userId', 'customerId', 'locale') }
