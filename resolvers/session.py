"""One operation's calls: an equal read is sent once, and a write forgets what was read."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any, TypeVar, cast

from resolvers.call import Call, Endpoint, Origin, QueryValue
from resolvers.caller import ANYONE, Caller, Scope
from resolvers.connection import Connection
from resolvers.platform import Platform, credentials_by_platform
from resolvers.reply import Reading, Reply
from resolvers.together import Gathered
from resolvers.upstream.deadline import NEVER, Deadline
from resolvers.upstream.errors import BadInput, NotPermitted
from resolvers.writes import Writes

Answer = TypeVar("Answer")

# Gives the way to read answers of an endpoint that selects of them; None to read them as a whole.
Reader = Callable[[Endpoint[Any]], Reading | None]


class Connections:
    """The connections by name, in the order of the settings."""

    def __init__(self, connections: Iterable[Connection]) -> None:
        """Take them as they are to be listed."""
        self._by_name = {connection.name: connection for connection in connections}

    def __getitem__(self, name: str) -> Connection:
        """Give the connection of that name; raises `BadInput` if there is none."""
        try:
            return self._by_name[name]
        except KeyError:
            raise BadInput("This gateway has no such connection.", path=("connection",)) from None

    @cached_property
    def platforms(self) -> Mapping[str, Platform]:
        """The platform of each connection, by its name."""
        return {name: connection.platform for name, connection in self._by_name.items()}

    def all(
        self,
        platforms: Sequence[Platform] | None = None,
        names: Sequence[str] | None = None,
    ) -> list[Connection]:
        """Give those of the named platforms and names; None is no restriction."""
        wanted = None if names is None else {self[name].name for name in names}
        return [
            connection
            for connection in self._by_name.values()
            if (platforms is None or connection.platform in platforms)
            and (wanted is None or connection.name in wanted)
        ]

    def only(self, platform: Platform, name: str | None) -> Connection:
        """Give the named connection of a platform, or its single one if no name is given."""
        if name is not None:
            if self[name].platform is not platform:
                message = f"That is not a connection to {platform.name}."
                raise BadInput(message, path=("connection",))
            return self[name]
        found = self.all([platform])
        title = credentials_by_platform()[platform].title
        if not found:
            raise BadInput(f"This gateway has no connection to {title}.", path=("connection",))
        if len(found) > 1:
            names = ", ".join(connection.name for connection in found)
            raise BadInput(f"Name a connection to {title}: {names}.", path=("connection",))
        return found[0]


class _Ended:
    """Whether nobody will look at what a session reads."""

    __slots__ = ("is_so",)

    def __init__(self) -> None:
        self.is_so = False


class Session:
    """The calls of one operation; make one for each, inside its event loop."""

    def __init__(
        self, connections: Connections, deadline: Deadline = NEVER, caller: Caller = ANYONE
    ) -> None:
        self.connections = connections
        self.deadline = deadline
        self.caller = caller
        self.writes = Writes()
        self._reads: dict[Call, asyncio.Future[Reply]] = {}
        self._begun: list[asyncio.Future[Any]] = []
        self._held: set[asyncio.Task[Any]] = set()
        # What all who share the session see.
        self._ended = _Ended()
        self._reader: Reader | None = None
        self._gathered = Gathered()

    async def ask(
        self,
        endpoint: Endpoint[Answer],
        at: Origin,
        query: Mapping[str, QueryValue] | None = None,
        body: object = None,
    ) -> Answer:
        """Call an endpoint and give its reply; raises a `Fault`.

        Whatever leads to a call comes through here, and so does whether the caller may make it.
        """
        self.check(at.platform, Scope.WRITE if not endpoint.is_read else None, at.connection)
        made = Call.make(endpoint, at, query, body)
        if not endpoint.is_read:
            return cast("Answer", await self._write(made))
        return cast("Answer", (await self._read(made)).whole(made))

    async def reply(self, made: Call) -> Reply:
        """Make a read and give its answer, to be read in any way; raises a `Fault`."""
        return await self._read(made)

    async def listed(
        self,
        endpoint: Endpoint[Answer],
        at: Origin,
        query: Mapping[str, QueryValue] | None = None,
    ) -> Answer:
        """Read a list as `ask` does, or no more of it than the session's reader selects."""
        made = Call.make(endpoint, at, query)
        reply = await self.reply(made)
        reading = None if self._reader is None else self._reader(endpoint)
        selected = None if reading is None else reply.selected(reading, made)
        return reply.whole(made) if selected is None else cast("Answer", selected)

    def reading(self, reader: "Reader") -> "Session":
        """Give the same session to somebody who wants no more of lists than `reader` selects."""
        other = copy(self)
        other._reader = reader  # noqa: SLF001 - it is one of us
        return other

    @property
    def whole(self) -> "Session":
        """The same session for somebody who needs all of each thing in a list."""
        if self._reader is None:
            return self
        other = copy(self)
        other._reader = None  # noqa: SLF001 - it is one of us
        return other

    def check(
        self, platform: Platform, scope: Scope | None = None, connection: str | None = None
    ) -> None:
        """Raise `NotPermitted` unless the caller reaches a platform, and has a scope."""
        if not self.caller.reaches(platform):
            title = credentials_by_platform()[platform].title
            message = f"This caller has no scope for {title}."
            raise NotPermitted(message, platform=platform, connection=connection)
        if scope is not None and not self.caller.may(scope):
            raise NotPermitted(f"This caller does not have the scope `{scope}`.")

    async def ask_again(self, endpoint: Endpoint[Answer], at: Origin) -> Answer:
        """Call a read once more, though the operation may hold an answer already."""
        self._reads.pop(Call.make(endpoint, at), None)
        return await self.ask(endpoint, at)

    def forget(self) -> None:
        """Forget what was read, for it may have changed."""
        self._reads.clear()

    def holds(self, made: Call) -> bool:
        """Tell whether something was read already, or is being read."""
        return made in self._reads

    def keep(self, reading: asyncio.Future[Any]) -> None:
        """Cancel what is being read when the session is closed."""
        self._begun.append(reading)

    def hold(self, task: asyncio.Task[Any]) -> None:
        """Stay open until a task is done, also when the session is closed before."""
        self._held.add(task)
        task.add_done_callback(self._let_go)

    def close(self) -> None:
        """Stop waiting for what nobody will look at any more."""
        self._ended.is_so = True
        if not self._held:
            for reading in self._begun:
                reading.cancel()

    def _let_go(self, task: asyncio.Task[Any]) -> None:
        self._held.discard(task)
        if self._ended.is_so:
            self.close()

    def begin(self, made: Call) -> asyncio.Future[Reply]:
        """Make a read, unless it was made before, and give a future of its answer.

        The future is everybody's who asks for the same: it is not for one of them to cancel.
        """
        connection = self.connections[made.connection]
        reading = self._reads.get(made)
        if reading is not None:
            connection.services.observer.joined(connection.platform, connection.name)
            return reading
        if self._ended.is_so and not self._held:
            # It was asked for in the moment before.
            raise asyncio.CancelledError
        self.check(made.endpoint.platform, None, made.connection)
        reading = self._gathered.load(made, connection, self)
        if reading is None:
            reading = connection.begin(made, self.deadline)
        self._reads[made] = reading
        self.keep(reading)
        return reading

    async def _read(self, made: Call) -> Reply:
        reading = self.begin(made)
        # graphql-core cancels the siblings of a failed non-null field; without the shield the
        # read that others wait for too would be cancelled with them.
        return reading.result() if reading.done() else await asyncio.shield(reading)

    async def _write(self, made: Call) -> Any:
        connection = self.connections[made.connection]
        try:
            return connection.decoded(made, await self.writes.go(made, connection, self.deadline))
        finally:
            self.forget()
