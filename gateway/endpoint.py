"""GraphQL over HTTP: who asks is found out, what is asked for is read, run and answered.

    origin      pages elsewhere are kept away
    caller      whose key or token it is
    body        so much of it, in so much time
    document    as it is sent, or by its id
    operation   run within the limits, for as long as the client waits

Each of them may refuse, and whatever is refused has made no call.
"""

from dataclasses import replace

from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send
from structlog.contextvars import bind_contextvars, reset_contextvars

from gateway.departure import Gone, while_there
from gateway.documents import Asked as Named
from gateway.http import answer
from gateway.http.body import received
from gateway.http.incoming import Incoming
from gateway.http.marks import REQUEST_ID_HEADER, request_id
from gateway.http.media import JSON, answer_type, check_content_type
from gateway.http.multipart import form_taken
from gateway.http.origins import check_origin, check_simple
from gateway.http.patience import Patience
from gateway.http.refusal import Refusal
from gateway.http.reply import Reply
from gateway.http.request import GraphQLRequest, asked_by_address, posted
from gateway.operations import Report
from gateway.parts import InParts
from gateway.visit import Front, Visit
from resolvers.context import Context
from resolvers.upstream.errors import Fault
from schema.operation import Answer, Asked, Rules

METHODS = ("GET", "POST")
_OK, _FAILED = 200, 500
_ID = REQUEST_ID_HEADER.lower().encode()


class Endpoint:
    """Answers operations by POST, and queries by GET as well."""

    def __init__(self, front: Front) -> None:
        """Stand in front of the graph."""
        self._front = front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever the answer is, it carries the request's id."""
        asked = Incoming(scope, receive)
        id = request_id(asked.get(_ID))
        bound = bind_contextvars(request_id=id)
        try:
            with Report(self._front.metrics, id) as report:
                await self._reply(asked, report, send)
        finally:
            reset_contextvars(**bound)

    async def _reply(self, asked: Incoming, report: Report, send: Send) -> None:
        try:
            reply = await self._answer(asked, report)
            if isinstance(reply, InParts):
                await reply.send(send)
                return
        except (Gone, ClientDisconnect):
            report.stayed = False
            return
        finally:
            if report.later is not None:
                await report.later.close()
            report.close()
        report.status = reply.status
        await reply.send(send, report.id)

    async def _answer(self, asked: Incoming, report: Report) -> Reply | InParts:
        """Answer, also where something refuses."""
        media, front = JSON, self._front
        try:
            media = answer_type(asked.joined(b"accept"))
            alarms, limits = front.running.alarms, front.settings.limits
            with Patience(alarms, front.request_seconds, limits, report.over):
                return await self._run(asked, media, report)
        except Refusal as refusal:
            report.refuse(refusal.code)
            return answer.refused(refusal, media, report.id)
        except Fault as fault:
            return answer.written(report.refused_by(fault), media)
        except (Gone, ClientDisconnect):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its text goes nowhere
            return answer.written(report.failed_by(error), media)

    async def _run(self, asked: Incoming, media: str, report: Report) -> Reply | InParts:
        front, method = self._front, asked.method
        if method not in METHODS:
            allowed = {"Allow": ", ".join(METHODS)}
            raise Refusal(405, "A request is a GET or a POST.", headers=allowed)
        check_origin(asked, front.origins)
        visit = await Visit.of(asked, front, report)
        if method == "GET":
            check_simple(asked)
            wanted = asked_by_address(QueryParams(asked.query))
        else:
            check_content_type(asked.every(b"content-type"))
            body = await received(asked, front.settings.limits, report.over)
            wanted = posted(body, front.settings.batch)
        if isinstance(wanted, list):
            return await self._run_all(wanted, visit)
        only_queries, form = method == "GET", form_taken(asked.joined(b"accept"))
        ended = await self._operate(wanted, visit, only_queries, in_parts=form is not None)
        if form is not None and ended.later is not None:
            return InParts(ended, ended.later, form, visit)
        return answer.written(ended, media)

    async def _run_all(self, wanted: list[GraphQLRequest], visit: Visit) -> Reply:
        """Run several operations, each by itself and with a line of its own in the log."""
        visit.report.split = True
        return answer.written_all([await self._run_one(one, visit) for one in wanted])

    async def _run_one(self, one: GraphQLRequest, visit: Visit) -> Answer:
        with Report(self._front.metrics, visit.report.id, visit.caller.name) as report:
            status = _OK
            try:
                ended = await self._operate(one, replace(visit, report=report), only_queries=False)
            except Fault as fault:
                ended = report.refused_by(fault)
            except Gone:
                report.stayed = False
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, its text goes nowhere
                ended, status = report.failed_by(error), _FAILED
            finally:
                report.close()
            report.status = status
        return ended

    async def _operate(
        self, one: GraphQLRequest, visit: Visit, only_queries: bool, in_parts: bool = False
    ) -> Answer:
        front, incoming, report = self._front, visit.asked, visit.report
        named = Named(one.query, one.document_id, one.extensions)
        text = front.documents.text(named, incoming.method)
        asked = Asked(text, one.variables, one.operation_name, only_queries, in_parts)
        report.context = context = visit.context()
        rules = visit.rules()
        if in_parts:
            running = self._held(asked, context, rules, report)
        else:
            running = front.operations.run(asked, context, rules)
        ended = await while_there(running, incoming.receive, incoming.connection)
        report.note(ended)
        return ended

    async def _held(self, asked: Asked, context: Context, rules: Rules, report: Report) -> Answer:
        """Run an operation, and hold what it defers though its client may just have left."""
        ended = await self._front.operations.run(asked, context, rules)
        report.later = ended.later
        return ended
