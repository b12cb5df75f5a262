-- Takes a turn back whose call was never sent, as `refunded` in budget.py does.
--
-- KEYS  turns (a sorted set: ids by their moments), quota (a hash)
-- ARGV  id, microseconds by which words of one moment may differ

local moment = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]))
if not moment then
    return
end
redis.call('ZREM', KEYS[1], ARGV[1])
local resets_at = tonumber(redis.call('HGET', KEYS[2], 'resets_at'))
if resets_at and moment < resets_at - tonumber(ARGV[2]) then
    redis.call('HINCRBY', KEYS[2], 'remaining', 1)
end
