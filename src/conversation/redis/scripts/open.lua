-- ARGV: channel, userId, locale [, customerId]
if exists(load('channel', 'userId', 'locale')) then
  return { 0, redis.call('HMGET', CONVERSATION, 'channel', 'userId', 'customerId', 'locale') }
end
redis.call('HSET', CONVERSATION, 'format', FORMAT, 'channel', ARGV[3], 'userId', ARGV[4], 'locale', ARGV[5],
  'mode', 'bot', 'state', '{}', 'lastSeq', 0, 'lastAt', 0, 'fence', 0, 'leaseUntil', 0, 'pending', '')
if ARGV[6] then redis.call('HSET', CONVERSATION, 'customerId', ARGV[6]) end
keep()
return { 1, redis.call('HMGET', CONVERSATION, 'channel', 'userId', 'customerId', 'locale') }
