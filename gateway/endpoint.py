"""GraphQL over HTTP: who asks is found out, what is asked for is read, run and answered.

    origin      pages elsewhere are kept away
    caller      whose key or token it is
    body        so much of it, in so much time
    document    as it is sent, or by its id
    operation   run within the limits, for as long as the client waits

Each of them may refuse, and whatever is refused has made no call.
"""

from dataclasses import replace

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from gateway.departure import Gone, while_there
from gateway.documents import Asked as Named
from gateway.http import answer
from gateway.http.body import received
from gateway.http.marks import REQUEST_ID_HEADER, request_id
from gateway.http.media import JSON, answer_type, check_content_type
from gateway.http.origins import check_origin, check_simple
from gateway.http.patience import patience
from gateway.http.refusal import Refusal
from gateway.http.request import GraphQLRequest, asked_by_address, posted
from gateway.operations import Report, labelled, reported
from gateway.visit import Front, Visit
from resolvers.upstream.errors import Fault
from schema.operation import Answer, Asked

METHODS = ("GET", "POST")
_OK, _FAILED = 200, 500


class Endpoint:
    """Answers operations by POST, and queries by GET as well."""

    def __init__(self, front: Front) -> None:
        """Stand in front of the graph."""
        self._front = front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever the answer is, it carries the request's id."""
        request = Request(scope, receive)
        id = request_id(request.headers.get(REQUEST_ID_HEADER))
        sending = labelled(send, REQUEST_ID_HEADER, id)
        with bound_contextvars(request_id=id), reported(self._front.metrics) as report:
            report.id = id
            try:
                response = await self._answer(request, report)
            except (Gone, ClientDisconnect):
                report.stayed = False
                return
            finally:
                report.close()
            await response(scope, receive, report.watching(sending))

    async def _answer(self, request: Request, report: Report) -> Response:
        """Answer, also where something refuses."""
        media, front = JSON, self._front
        try:
            media = answer_type(_joined(request, "Accept"))
            async with patience(front.request_seconds, front.settings.limits, report.over):
                return await self._run(request, media, report)
        except Refusal as refusal:
            report.refuse(refusal.code)
            return answer.refused(refusal, media, report.id)
        except Fault as fault:
            return answer.written(report.refused_by(fault), media)
        except (Gone, ClientDisconnect):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its text goes nowhere
            return answer.written(report.failed_by(error), media)

    async def _run(self, request: Request, media: str, report: Report) -> Response:
        front = self._front
        if request.method not in METHODS:
            allowed = {"Allow": ", ".join(METHODS)}
            raise Refusal(405, "A request is a GET or a POST.", headers=allowed)
        check_origin(request, front.origins)
        visit = await Visit.of(request, front, report)
        if request.method == "GET":
            check_simple(request)
            asked = asked_by_address(request.query_params)
        else:
            check_content_type(request.headers.getlist("Content-Type"))
            body = await received(request, front.settings.limits, report.over)
            asked = posted(body, front.settings.batch)
        if isinstance(asked, list):
            return await self._run_all(asked, visit)
        only_queries = request.method == "GET"
        return answer.written(await self._operate(asked, visit, only_queries), media)

    async def _run_all(self, asked: list[GraphQLRequest], visit: Visit) -> Response:
        """Run several operations, each by itself and with a line of its own in the log."""
        visit.report.split = True
        return answer.written_all([await self._run_one(one, visit) for one in asked])

    async def _run_one(self, one: GraphQLRequest, visit: Visit) -> Answer:
        with reported(self._front.metrics) as report:
            report.id, report.caller = visit.report.id, visit.caller.name
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

    async def _operate(self, one: GraphQLRequest, visit: Visit, only_queries: bool) -> Answer:
        front, request, report = self._front, visit.request, visit.report
        named = Named(one.query, one.document_id, one.extensions)
        text = front.documents.text(named, request.method)
        asked = Asked(text, one.variables, one.operation_name, only_queries)
        report.context = context = visit.context()
        running = front.operations.run(asked, context, visit.rules())
        ended = await while_there(running, request.receive)
        report.note(ended)
        return ended


def _joined(request: Request, header: str) -> str | None:
    """Give a header that may stand on several lines (RFC 9110, 5.3)."""
    lines = request.headers.getlist(header)
    return ", ".join(lines) if lines else None
