-- Takes over what a platform says is left, as `learned` in budget.py does.
--
-- KEYS  quota (a hash)
-- ARGV  remaining, microseconds until it starts anew, the limit or nothing, milliseconds for which
--       it is kept after that

local remaining, margin = tonumber(ARGV[1]), tonumber(ARGV[4])
local time = redis.call('TIME')
local resets_at = time[1] * 1000000 + time[2] + tonumber(ARGV[2])

-- Answers overtake one another, so within one period only the lower word counts.
local held = redis.call('HMGET', KEYS[1], 'remaining', 'resets_at')
if held[1] and math.abs(tonumber(held[2]) - resets_at) < 1000000 then
    remaining = math.min(remaining, tonumber(held[1]))
end

redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'remaining', remaining, 'resets_at', string.format('%.0f', resets_at))
if ARGV[3] ~= '' then
    redis.call('HSET', KEYS[1], 'limit', ARGV[3])
end
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', math.ceil(resets_at / 1000) + margin))
