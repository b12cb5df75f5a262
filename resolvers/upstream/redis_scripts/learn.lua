-- Takes over what a platform says is left, as `learned` in budget.py does.
--
-- KEYS  quota (a hash)
-- ARGV  remaining, microseconds until it starts anew, the limit or nothing, microseconds by which
--       words of one moment may differ, milliseconds for which it is kept after it has ended

local remaining, jitter, margin = tonumber(ARGV[1]), tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local resets_at = time[1] * 1000000 + time[2] + tonumber(ARGV[2])

-- Answers overtake one another, so within one period only the lower word counts, and the later end.
local held = redis.call('HMGET', KEYS[1], 'remaining', 'resets_at')
local held_remaining, held_resets_at = tonumber(held[1]), tonumber(held[2])
if held_resets_at and math.abs(held_resets_at - resets_at) < jitter then
    remaining = math.min(remaining, held_remaining)
    resets_at = math.max(resets_at, held_resets_at)
end

redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'remaining', remaining, 'resets_at', string.format('%.0f', resets_at))
if ARGV[3] ~= '' then
    redis.call('HSET', KEYS[1], 'limit', ARGV[3])
end
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', math.ceil(resets_at / 1000) + margin))
