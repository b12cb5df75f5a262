-- Forgets a key while it has the value that is given.
--
-- KEYS  the value's key
-- ARGV  the value

if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('DEL', KEYS[1])
end
