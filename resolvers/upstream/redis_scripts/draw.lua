-- Takes an amount from a bucket, or gives it back if it is negative, as bucket.py works it out.
-- Moments are whole microseconds, by the server's clock.
--
-- KEYS  bucket (a hash: what is missing, and at which moment)
-- ARGV  amount, what the bucket holds, seconds in which it fills
-- Gives the seconds until it can be taken, as text; 0 if it was

local bucket = KEYS[1]
local amount, most, seconds = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local ROUNDING = 1e-6

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local held = redis.call('HMGET', bucket, 'missing', 'at')
local missing, at = tonumber(held[1] or 0), tonumber(held[2] or 0)
local passed = math.max(0, now - at) / 1000000
missing = math.max(0, math.min(missing, most) - passed * most / seconds) + amount

local lacking = missing - most
if amount > 0 and lacking > most * ROUNDING then
    return string.format('%.17g', lacking * seconds / most)
end

-- A bucket that is full is the same as none.
local lasts = math.ceil(missing * seconds / most * 1000)
if lasts > 0 then
    local moment = string.format('%.0f', now)
    redis.call('HSET', bucket, 'missing', string.format('%.17g', missing), 'at', moment)
    redis.call('PEXPIRE', bucket, lasts)
else
    redis.call('DEL', bucket)
end
return '0'
