-- Gives what is needed to tell what is left.
--
-- KEYS  turns (a sorted set: ids by their moments), quota (a hash)
-- Gives the server's moment, the turns as pairs of id and moment, and the quota's three numbers

local time = redis.call('TIME')
return {
    time[1] * 1000000 + time[2],
    redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'),
    redis.call('HMGET', KEYS[2], 'remaining', 'resets_at', 'limit'),
}
