"""What goes wrong at the platforms: mixtures that change, and one platform down in turn."""

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any

from tests.soak.stand_ins import StandIns

Faults = dict[str, Any]
Chance = Callable[[random.Random], Faults]

STEP_SECONDS = 2.5
"""How long a mixture is in force."""
_SLOW_STEP = 2

# Beside a share of 60 to 95 that go well.
CHANCES: tuple[tuple[float, Chance], ...] = (
    (4, lambda _: {"status": 500}),
    (4, lambda _: {"status": 503}),
    (2, lambda _: {"status": 429, "headers": {"Retry-After": 1}}),
    (3, lambda _: {"cut": True}),
    (3, lambda _: {"drop": True}),
    (3, lambda _: {"drop_before": True}),
    (3, lambda _: {"half": True}),
    (2, lambda _: {"html": True}),
    (8, lambda dice: {"latency_ms": dice.randint(50, 1500)}),
    (16, lambda dice: {"latency_after_ms": dice.randint(50, 1500)}),
    (1, lambda dice: {"nested": dice.choice((10, 10_000))}),
    (0.3, lambda dice: {"megabytes": dice.randint(1, 20)}),
    (2, lambda dice: {"date_skew_seconds": dice.choice((-3600, -90, 90, 3600))}),
)

DOWN: tuple[Faults, ...] = (
    {"status": 503},
    {"status": 500, "html": True},
    {"drop_before": True},
    {"latency_ms": 60_000},
)
"""The ways in which a platform can be away as a whole."""


# What stands in the place of a true answer, with status 200.
_IN_PLACE = {"html", "nested", "megabytes"}


def mixture(dice: random.Random, platform: str) -> Faults:
    """Put a mixture together."""
    faults = [{"weight": weight, **_fair(make(dice), platform)} for weight, make in CHANCES]
    chosen = dice.sample(faults, dice.randint(3, len(faults)))
    return {"mix": [{"weight": dice.randint(60, 95)}, *chosen]}


def _fair(faults: Faults, platform: str) -> Faults:
    # In the place of Clinked's no to a token that has ended, it would say of a write that it is
    # done; no platform says so.
    if platform == "clinked" and _IN_PLACE & faults.keys():
        return {**faults, "only": {"method": "GET"}}
    return faults


def slow_reads(dice: random.Random) -> Faults:
    """Let half of all reads wait with an answer that may be out of date when it comes."""
    waits = {"latency_after_ms": dice.randint(200, 900), "only": {"method": "GET"}}
    return {"mix": [{"weight": 1}, {"weight": 1, **waits}]}


async def trouble(stand_ins: StandIns, dice: random.Random) -> None:
    """Make trouble until cancelled.

    Of four steps one has slow reads alone; in two, one platform is down, each in its turn.
    """
    step, platforms = 0, stand_ins.platforms
    while True:
        for platform in platforms:
            faults = slow_reads(dice) if step % 4 == _SLOW_STEP else mixture(dice, platform)
            stand_ins.trouble(platform, faults)
        if step % 2:
            down = platforms[step // 2 % len(platforms)]
            stand_ins.trouble(down, dice.choice(DOWN))
            stand_ins.faults[f"{down} down"] += 1
        await stand_ins.expire_tokens(dice.choice(platforms))
        await asyncio.sleep(STEP_SECONDS)
        step += 1


def calm(stand_ins: StandIns) -> None:
    """Let everything go well."""
    quiet: Mapping[str, Any] = {}
    for platform in stand_ins.platforms:
        stand_ins.trouble(platform, quiet)
