-- Gives a call its turn: the first moment at which it breaks no limit, as budget.py works it out.
-- Moments and lengths of time are whole microseconds, by the server's clock.
--
-- KEYS  turns (a sorted set: ids by their moments), quota (a hash)
-- ARGV  id, longest wait, shortest wait, share of the quota that is kept back, longest span of the
--       limits, milliseconds for which turns are kept after that; then of each limit its calls and
--       its span
-- Gives the wait, and 1 if the turn was reserved or 0 if the wait is too long

local turns, quota = KEYS[1], KEYS[2]
local id, within, after = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local kept, longest, margin = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

-- As Redis would write it by itself, a moment loses its last digits.
local function whole(number)
    return string.format('%.0f', number)
end

-- The moments of the turns from one rank to another.
local function moments(first, last)
    local found = redis.call('ZRANGE', turns, first, last, 'WITHSCORES')
    local scores = {}
    for place = 2, #found, 2 do
        scores[place / 2] = tonumber(found[place])
    end
    return scores
end

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZREMRANGEBYSCORE', turns, '-inf', whole(now - longest))

-- The quota, while it lasts.
local moment = now + after
local said = redis.call('HMGET', quota, 'remaining', 'resets_at', 'limit')
local remaining, resets_at = tonumber(said[1]), tonumber(said[2])
if resets_at and resets_at > now then
    local limit, back = tonumber(said[3] or 0), 0
    if limit > 0 then
        back = limit - math.max(1, math.floor(limit * (1 - kept) + 1e-9))
    end
    if remaining <= back then
        moment = math.max(moment, resets_at)
    end
end

-- Of each limit, the runs of as many turns as it allows, by their first moments and their last.
local total, runs = redis.call('ZCARD', turns), {}
for place = 7, #ARGV, 2 do
    local calls, span = tonumber(ARGV[place]), tonumber(ARGV[place + 1])
    local near = redis.call('ZCOUNT', turns, '(' .. whole(now - span), '+inf')
    if near >= calls then
        local firsts = moments(total - near, total - calls)
        local lasts = moments(total - near + calls - 1, total - 1)
        table.insert(runs, { span = span, firsts = firsts, lasts = lasts })
    end
end

-- A run and this call must not fit into one span.
local before = -1
while moment > before do
    before = moment
    for _, run in ipairs(runs) do
        for place, first in ipairs(run.firsts) do
            if math.max(run.lasts[place], moment) - math.min(first, moment) < run.span then
                moment = first + run.span
            end
        end
    end
end

if moment - now > within then
    return { moment - now, 0 }
end

redis.call('ZADD', turns, whole(moment), id)
local ends = moments(-1, -1)[1] + longest
redis.call('PEXPIREAT', turns, whole(math.ceil(ends / 1000) + margin))
if resets_at and moment < resets_at then
    redis.call('HINCRBY', quota, 'remaining', -1)
end
return { moment - now, 1 }
