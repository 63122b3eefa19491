"""Take routes: the addresses that a participant's page is opened at, and what it asks of the server."""

import gzip
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.core.explained import Explained
from components.server.app_context import app_context
from components.server.participate.block_again import begin_block_anew
from components.server.participate.take_begin import begin_values, end_values, join_request, joined_values, state_values
from components.server.participate.take_context import TakeContext
from components.server.participate.take_page import take_file, take_page
from components.server.participate.take_problems import TakeRejected, json_answer, rejection_response
from components.server.participate.take_requests import TICKET_HEADER, AnswerBody, answer_body, posted_values
from components.server.participate.take_tickets import ParticipantTicket, read_ticket
from components.store.participation import (
    WITHDREW,
    AnswerResult,
    JoinResult,
    PostedAnswer,
    Withdrawal,
    WithdrawalResult,
)
from components.study.block_restarts import attempt_parts
from components.study.frozen_study import FrozenStudy

FOREVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


def take_app() -> Starlette:
    """Everything under /take, apart from Streamlit and from whatever else the server's pages need."""
    routes = [
        Route("/take/api/begin", begin_visit, methods=["POST"]),
        Route("/take/api/join", join_study, methods=["POST"]),
        Route("/take/api/answers", keep_answer, methods=["POST"]),
        Route("/take/api/leave", end_participation, methods=["POST"]),
        Route("/take/api/state", show_state),
        Route("/take/api/timelines/{id}", timeline_file),
        Route("/take/{link}", take_page),
        Route("/parallax/assets/{file}", take_file),
    ]
    handlers: Mapping[Any, Any] = {TakeRejected: reject_request, Explained: reject_unkept, Exception: reject_unkept}
    return Starlette(routes=routes, exception_handlers=handlers)


async def reject_request(_: Request, rejected: Exception) -> Response:
    """The answer to a request that is not served."""
    assert isinstance(rejected, TakeRejected)
    return rejection_response(rejected)


async def reject_unkept(_: Request, __: Exception) -> Response:
    """The answer where the server failed, whatever it is: the page keeps what it has and comes again."""
    return rejection_response(TakeRejected("unkept"))


async def begin_visit(request: Request) -> Response:
    """Where somebody stands who opens a link. Nothing is kept, but that a block is begun anew."""
    values, taking = await posted_values(request), app_context().taking
    is_anew = await begin_block_anew(taking, values.get("again"))
    return json_answer({**await taking.read(begin_values, taking, values), **({"anew": True} if is_anew else {})})


async def join_study(request: Request) -> Response:
    """Let somebody in who agreed to take part; the same id again is the same person."""
    values, taking = await posted_values(request), app_context().taking
    wanted, study = await taking.read(join_request, taking, values)
    result = await taking.writer.keep(wanted)
    if not isinstance(result, JoinResult):
        raise TakeRejected("unkept")
    if result.participant is None:
        raise TakeRejected(result.code)
    return json_answer(await taking.read(joined_values, taking, study, result.participant, result.is_new))


async def keep_answer(request: Request) -> Response:
    """Keep an answer; said only once it is on the disk."""
    taking = app_context().taking
    ticket, study = await ticket_and_study(taking, request)
    if not taking.person_limits.take_token(ticket.participant):
        raise TakeRejected("busy")
    body = answer_body(await posted_values(request))
    result = await taking.writer.keep(posted_answer(taking, ticket, study, body))
    if not isinstance(result, AnswerResult):
        raise TakeRejected("unkept")
    end = await end_of(taking, study, ticket.participant, result.end) if result.end else {}
    if not result.code:
        return json_answer({"committed": body.id, **end})
    if result.code == "unknown" or (result.code == "ended" and result.end == WITHDREW):
        raise TakeRejected("gone", **end)
    raise TakeRejected(result.code, **({} if result.code == "differs" else {"done": list(result.done)}), **end)


def posted_answer(taking: TakeContext, ticket: ParticipantTicket, study: FrozenStudy, body: AnswerBody) -> PostedAnswer:
    """What the store is asked to keep. TakeRejected where it is no answer to one of the participant's steps."""
    steps, (step, _) = taking.studies.step_ids(study.id, ticket.slot), attempt_parts(body.step)
    if step not in steps or study.step_problem(ticket.slot, step, body.items):
        raise TakeRejected("garbled")
    alone = study.end_after(ticket.slot, {step: body.items})

    def judge(contents: Mapping[str, Any]) -> str:
        return study.end_after(ticket.slot, {step: data["items"] for step, data in contents.items()})

    return PostedAnswer(
        body.id, ticket.participant, study.id, body.step, body.digest, body.content, steps, body.tab,
        end=alone if len(steps) > 1 else "", judge=judge,
    )  # fmt: skip


async def end_participation(request: Request) -> Response:
    """Delete what somebody sent, because they say so."""
    taking = app_context().taking
    ticket, study = await ticket_and_study(taking, request)
    await posted_values(request)
    result = await taking.writer.keep(Withdrawal(ticket.participant))
    if not isinstance(result, WithdrawalResult):
        raise TakeRejected("unkept")
    if result.participant is None:
        raise TakeRejected("gone")
    return json_answer({"end": end_values(study, WITHDREW, result.participant.entry)})


async def show_state(request: Request) -> Response:
    """What a participant has done, and how it ended where it has."""
    taking = app_context().taking
    ticket, study = await ticket_and_study(taking, request)
    return json_answer(await taking.read(state_values, taking, study, ticket.participant))


async def timeline_file(request: Request) -> Response:
    """What a trial plays; it never changes."""
    studies, id = app_context().taking.studies, request.path_params["id"]
    packed = studies.known_timeline(id) or await app_context().taking.read(studies.served_timeline, id)
    if packed is None:
        raise TakeRejected("link")
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers={**FOREVER, "Content-Encoding": "gzip"}, media_type="application/json")
    return Response(gzip.decompress(packed), headers=FOREVER, media_type="application/json")


async def ticket_and_study(taking: TakeContext, request: Request) -> tuple[ParticipantTicket, FrozenStudy]:
    """Who asks, and the study that they are in. TakeRejected where nobody signed that."""
    ticket = read_ticket(taking.signer, request.headers.get(TICKET_HEADER, ""))
    if ticket is None:
        raise TakeRejected("ticket")
    study = taking.studies.known_study(ticket.study) or await taking.read(taking.studies.served_study, ticket.study)
    if study is None:
        raise TakeRejected("gone")
    return ticket, study


async def end_of(taking: TakeContext, study: FrozenStudy, participant: str, kind: str) -> dict[str, Any]:
    """What stands at somebody's end, as a part of an answer."""
    person = await taking.read(lambda: taking.find_store().participant(participant))
    return {"end": end_values(study, kind, person.entry if person else {}, participant)}
