-- Stands between common.lua and a step when replicas are awaited: nobody may be shown what a failover could
-- take back. The process that wrote tells the entries when the replicas have them; should it die before,
-- listeners look for themselves, because they are told here that there is something.
local function tell(told)
  if #told > 0 then
    redis.call('SPUBLISH', WAKE, 'stored ' .. string.match(told[#told], '^{"seq":(%d+)'))
  end
end

-- A write in every step, also in one that changes nothing: WAIT is for the last write of its connection, and
-- a repeated message has to wait for the replicas as the first one did.
redis.call('EXPIRE', CONVERSATION, RETENTION_SECONDS)
