"""The writing of a soak: things are made, changed and deleted at all platforms.

A write with an idempotency key is repeated, whatever happened, until the gateway knows what became
of it. One without a key is asked for once.
"""

import asyncio
import random
import time
import uuid
from dataclasses import dataclass
from typing import Any, cast

from tests.soak.checks import NOUNS
from tests.soak.client import Client, pause
from tests.soak.exchange import Exchange
from tests.soak.ledger import CONFIRMED, ERROR, UNKNOWN, Write
from tests.soak.lives import LIVES, Life
from tests.soak.reads import find, walk
from tests.soak.report import Flaw
from tests.soak.shown import FIELDS

# To find out what became of a write, the gateway may take this much longer than the deadline.
LOOKING_SECONDS = 2.0
# How long a write is repeated; the troubles of a platform last for some seconds.
_PATIENCE_SECONDS = 60.0
_KEYED_SHARE = 0.8
_DELETED_SHARE = 0.7
_LISTED_SHARE = 0.2

_IN_USE = "IDEMPOTENCY_KEY_IN_USE"


async def live(client: Client, dice: random.Random) -> None:
    """See one thing through its life."""
    await Writer(client, dice, dice.choice(LIVES)).live()


def document(life: Life, name: str, *, has_id: bool, has_input: bool) -> str:
    """Write a mutation that shows what it has changed."""
    types = {"id": "ID!" if has_id else "", "key": "String"}
    types["input"] = f"{name[:1].upper()}{name[1:]}Input!" if has_input else ""
    given = [argument for argument, type in types.items() if type]
    declared = ", ".join(f"${argument}: {types[argument]}" for argument in given)
    names = {"key": "idempotencyKey"}
    passed = ", ".join(f"{names.get(argument, argument)}: ${argument}" for argument in given)
    gives = "deletedId" if name == life.delete else f"{life.gives} {{ ...Shown }}"
    payload = f"outcome {gives} userErrors {{ code message field }}"
    fragment = "" if name == life.delete else FIELDS
    return f"mutation({declared}) {{ done: {name}({passed}) {{ {payload} }} }} {fragment}"


@dataclass(frozen=True, slots=True)
class Writer:
    """Sees one thing through its life."""

    client: Client
    dice: random.Random
    life: Life

    async def live(self) -> None:
        """Make it, change it and delete it, for as long as it is known what became of each."""
        life, label = self.life, self.client.label()
        made = await self._write(life.create, label, input=life.made_of(label, self.dice))
        found = self.client.truth.made(life.kind, label)
        if made.outcome != CONFIRMED or len(found) != 1:
            return
        (id,) = found
        known = await self._settled(made, id)
        for _ in range(self.dice.randint(1, 4) if life.changed_by else 0):
            known = known and await self._change(id)
        if known and life.delete and self.dice.random() < _DELETED_SHARE:
            await self._settled(await self._write(life.delete, None, id=id), id)

    async def _change(self, id: str) -> bool:
        """Change it while others look at it: who looks afterwards may not get what they got."""
        label, life = self.client.label(), self.life
        input = life.changed_by(label) if life.changed_by else {}
        self.client.written.append(id)
        async with asyncio.TaskGroup() as looking:
            looking.create_task(find(self.client, self.dice, [id]))
            changed = await self._write(life.update, label, id=id, input=input)
            return await self._settled(changed, id)

    async def _settled(self, write: Write, id: str) -> bool:
        """Once a write is known, everybody has to see what it did; this client looks first."""
        if not write.is_known:
            return False
        self.client.truth.settle(id, self.client.staleness)
        await find(self.client, self.dice, [id])
        if self.dice.random() < _LISTED_SHARE:
            for noun in (noun for noun, kinds in NOUNS.items() if self.life.kind in kinds):
                await walk(self.client, self.dice, noun)
        return True

    async def _write(self, name: str, label: str | None, **arguments: Any) -> Write:
        """Ask for a change, and repeat it where a key makes that safe, until it is known."""
        life, began = self.life, time.monotonic()
        key = str(uuid.UUID(int=self.dice.getrandbits(128)))
        write = Write(
            name,
            life.kind,
            arguments.get("id"),
            label,
            key if self.dice.random() < _KEYED_SHARE else None,
            repeats=name in life.repeats,
        )
        self.client.ledger.writes.append(write)
        asked = document(life, name, has_id=write.id is not None, has_input="input" in arguments)
        patience = self.client.patience if life.tells else 0.0
        while not write.is_known:
            await self._ask(write, asked, arguments)
            took = time.monotonic() - began
            if write.key is None or (write.outcome == UNKNOWN and took > patience):
                break
            if took > _PATIENCE_SECONDS:
                self.client.report.find(Flaw.LOST, f"{name} came to no outcome", write.last, write)
                break
            await pause(self.dice)
        return write

    async def _ask(self, write: Write, asked: str, arguments: dict[str, Any]) -> None:
        told = await self.client.ask(
            self.dice, write.name, asked, extra=LOOKING_SECONDS, key=write.key, **arguments
        )
        if told is not None:
            write.last = told
            self._read(write, told)

    def _read(self, write: Write, told: Exchange) -> None:
        payload, check = told.data.get("done"), self.client.check(told)
        if payload is None:
            check.null(("done",))
            write.outcome = ERROR
            return
        codes = [error["code"] for error in payload["userErrors"]]
        if _IN_USE in codes:
            return
        if codes:
            check.wrong("a write was refused", payload["userErrors"])
        write.outcome = payload["outcome"]
        changed = payload.get(self.life.gives)
        check.nodes(_several(changed))
        if payload.get("deletedId", write.id) not in {None, write.id}:
            check.wrong("something else is deleted", payload, write.id)


def _several(changed: Any) -> list[dict[str, Any] | None]:
    return cast("list[dict[str, Any] | None]", changed if isinstance(changed, list) else [changed])
