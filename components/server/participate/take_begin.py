"""Take begin: what a participant's page gets when it opens, and when its reader agrees to take part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.server.participate.block_again import again_token, seconds_up_to_now
from components.server.participate.return_address import person_named, return_address
from components.server.participate.take_context import TakeContext
from components.server.participate.take_problems import TAKE_PROBLEMS, TakeRejected
from components.server.participate.take_requests import browser_facts, entry_params, join_id
from components.server.participate.take_tickets import opens_trial, read_ticket
from components.store import Participant, StudyLink
from components.store.participation import WITHDREW, JoinRequest
from components.study.block_restarts import current_ids
from components.study.frozen_study import FrozenStudy
from components.study.person_code import person_code

UNASSIGNED = "ASSIGNMENT_ID_NOT_AVAILABLE"  # what MTurk says to somebody who only looks


@dataclass(frozen=True)
class OpenedLink:
    """A link that somebody opened, its study, and what they came with."""

    link: StudyLink
    study: FrozenStudy
    params: Mapping[str, str]
    simulated: bool


def opened_link(taking: TakeContext, values: Mapping[str, Any]) -> OpenedLink:
    """The link that a request names. TakeRejected where it leads nowhere or brings too many at once."""
    token = values.get("link")
    id = taking.signer.payload("link", token) if isinstance(token, str) else None
    if id is None:
        raise TakeRejected("link")
    if not taking.link_limits.take_token(id):
        raise TakeRejected("busy")
    link = taking.find_store().link(id)
    study = taking.studies.served_study(link.study) if link else None
    if link is None or study is None:
        raise TakeRejected("link")
    simulated = opens_trial(taking.signer, "rehearsal", values.get("rehearse"), study.id)
    return OpenedLink(link, study, entry_params(values), simulated)


def begin_values(taking: TakeContext, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows first: the study and its consent, and where this person stands in it. Nothing is kept."""
    opened = opened_link(taking, values)
    consent, told = split_page(opened.study)
    shown = {"study": told, "consent": consent}
    if opens_trial(taking.signer, "preview", values.get("preview"), opened.study.id):
        place = opened.study.place_showing(opened.params.get("arm", ""))
        return {"state": "preview", **shown, "steps": opened.study.page_steps(place), "done": []}
    if values.get("preview") or opened.params.get("assignmentId") == UNASSIGNED:
        return {"state": "preview", **shown}
    person = returning_person(taking, opened, values.get("ticket"))
    if person is not None:
        return {**shown, **standing_of(taking, opened.study, person)}
    code = refusal_code(taking, opened)
    return {**shown, "state": "new"} if not code else {**shown, **refusal_state(code)}


def split_page(study: FrozenStudy) -> tuple[dict[str, Any], dict[str, Any]]:
    """The consent and the rest of what the page shows before anybody has agreed."""
    told = dict(study.page())
    consent = told.pop("consent")
    told |= {"id": study.id, "iframe_origin": told.pop("frame_origin", "")}
    return consent, told


def returning_person(taking: TakeContext, opened: OpenedLink, ticket: object) -> Participant | None:
    """Who comes back: by their ticket, by their own link, or because the recruiter names them; None for who is new."""
    store, study = taking.find_store(), opened.study.id
    known = read_ticket(taking.signer, ticket) if isinstance(ticket, str) else None
    person = store.participant(known.participant) if known and known.study == study else None
    if person is not None or opened.simulated:
        return person
    if opened.link.kind == "personal":
        return store.participant_behind(study, link=opened.link.id)
    named = pseudonym_of(taking, opened)
    return store.participant_behind(study, person=named) if named else None


def pseudonym_of(taking: TakeContext, opened: OpenedLink) -> str:
    """What stands for the person whom the recruiter names, in this study alone; "" where nobody is named."""
    named = person_named(opened.params)
    return taking.signer.pseudonym(f"{opened.study.id}\n{named[0]}\n{named[1]}") if named else ""


def refusal_code(taking: TakeContext, opened: OpenedLink) -> str:
    """Why somebody new cannot take part, "" where they can."""
    if opened.link.revoked:
        return "revoked"
    if opened.simulated:
        return ""
    store, study = taking.find_store(), opened.study
    if opened.link.kind == "once" and store.participant_behind(study.id, link=opened.link.id):
        return "used"
    state, is_full = store.standing_for(
        opened.link, stale_seconds(study), study.arm_at if study.gives_one_arm else None
    )
    if state.state != "open":
        return state.state
    return "full" if is_full else ""


def refusal_state(code: str) -> dict[str, str]:
    """The state of a page whose reader cannot take part, with a sentence that says why."""
    problem = TAKE_PROBLEMS[code][1]
    state = code if code in ("full", "paused") else "closed"
    return {"state": state, "code": code, "what": problem.what, "kept": problem.kept, "do": problem.do}


def standing_of(taking: TakeContext, study: FrozenStudy, person: Participant) -> dict[str, Any]:
    """Where somebody stands who is in already: their ticket and what they have done, or how it ended."""
    if person.end:
        return {"state": "ended", "end": end_values(study, person.end, person.entry, person.id)}
    ticket = taking.ticket(person.id, study.id, person.slot)
    if is_over_age(taking, study, person):
        return {**refusal_state("expired"), "ticket": ticket}
    done = taking.find_store().answered_steps(person.id)
    if again := again_token(taking, study, person, done):
        return {"state": "open", "ticket": ticket, "again": again}
    return {"state": "open", **steps_for(taking, study, person, done)}


def is_over_age(taking: TakeContext, study: FrozenStudy, person: Participant) -> bool:
    """Whether somebody began so long ago that they cannot go on."""
    return seconds_up_to_now(taking, person.joined) > study.study.resume_hours * 3600.0


def steps_for(taking: TakeContext, study: FrozenStudy, person: Participant, done: Sequence[str]) -> dict[str, Any]:
    """What a page needs to go on with somebody: their ticket, their steps, and those that are done."""
    ticket = taking.ticket(person.id, study.id, person.slot)
    return {"ticket": ticket, "steps": study.page_steps(person.slot, person.restarts), "done": list(done)}


def stale_seconds(study: FrozenStudy) -> float:
    """After how many seconds without a sign of life a slot is given to somebody else."""
    return study.study.stale_minutes * 60.0


def join_request(taking: TakeContext, values: Mapping[str, Any]) -> tuple[JoinRequest, FrozenStudy]:
    """What the store is asked when somebody agrees to take part. TakeRejected where the link lets nobody in."""
    opened = opened_link(taking, values)
    id, link = join_id(values), opened.link
    if opened.params.get("assignmentId") == UNASSIGNED:
        raise TakeRejected("closed")
    if link.revoked and not taking.find_store().participant(id):
        raise TakeRejected("revoked")
    request = JoinRequest(
        id, opened.study.id, link.id, "" if opened.simulated else pseudonym_of(taking, opened), opened.params,
        browser_facts(values), once=link.kind != "many", returns=link.kind == "personal", simulated=opened.simulated,
        stale_s=stale_seconds(opened.study), arm_at=opened.study.arm_at if opened.study.gives_one_arm else None,
    )  # fmt: skip
    return request, opened.study


def joined_values(taking: TakeContext, study: FrozenStudy, person: Participant, is_new: bool) -> dict[str, Any]:
    """What the page gets of somebody who is in now, or was before. TakeRejected where that was too long ago."""
    if not is_new and not person.end and is_over_age(taking, study, person):
        raise TakeRejected("expired")
    done = () if is_new else taking.find_store().answered_steps(person.id)
    ended = {"end": end_values(study, person.end, person.entry, person.id)} if person.end else {}
    return {**steps_for(taking, study, person, done), **ended}


def state_values(taking: TakeContext, study: FrozenStudy, participant: str) -> dict[str, Any]:
    """What somebody has done, the ids of their steps, and how it ended. TakeRejected where there is nobody."""
    person = taking.find_store().participant(participant)
    if person is None:
        raise TakeRejected("gone")
    ended = {"end": end_values(study, person.end, person.entry, person.id)} if person.end else {}
    ids = current_ids((step.id for step in study.steps(person.slot)), person.restarts)
    return {"done": list(taking.find_store().answered_steps(participant)), "steps": list(ids.values()), **ended}


def end_values(study: FrozenStudy, kind: str, params: Mapping[str, Any], id: str = "") -> dict[str, str]:
    """What stands at the end: its words, its code, and the address back with what the person came with filled in.

    Where something is kept of them, also the code by which the person with this `id` can ask for it.
    """
    shown = dict(study.end_page(kind))
    own = {"person": person_code(id)} if id and kind != WITHDREW else {}
    return {**shown, **own, "kind": kind, "url": return_address(shown.get("url", ""), params, shown.get("code", ""))}
