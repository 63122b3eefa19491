"""Row shapes: what one value of a file holds, recognised by how it is built: a conversation, a tree, a question with
its answer, a trace, a recording of our own, or a list of such things inside something else.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from components.core.explained import Explained
from components.core.recording import Recording
from components.models.transcripts import own_exports, trace_rows
from components.models.transcripts.answer_facts import ReadOptions, told_error
from components.models.transcripts.conversation_forms import (
    conversation_lists,
    current_node,
    listed_messages,
    message_tree,
    split_sessions,
    spoken_lines,
    spoken_order,
)
from components.models.transcripts.field_names import plain_name
from components.models.transcripts.file_text import MAX_ROWS
from components.models.transcripts.json_values import unpack_json
from components.models.transcripts.message_forms import (
    ReadMessage,
    as_object,
    is_message_list,
    join_names,
    known_role,
    message_values,
    parse_conversation,
    role_name,
)
from components.models.transcripts.message_parts import JsonObject
from components.models.transcripts.pair_sides import (
    NOT_ASKED_TEXT,
    REQUEST_NAMES,
    RESPONSE_NAMES,
    AnswerSide,
    has_value,
    has_words,
    inner_objects,
    named_value,
    question_text,
    read_answered,
    read_asked,
    system_messages,
    with_system,
)
from components.models.transcripts.row_turns import conversation_turns, failure_turn, pair_turns
from components.models.transcripts.support_desks import desk_messages, team_notes
from components.models.transcripts.transcript_turn import NO_ANSWER, Turn

RowResult = Turn | Recording | Explained
NO_CONVERSATION = "This row is no conversation."
REJECTED_NAMES = ("non preferred output", "rejected", "rejected response", "dispreferred output")
NOT_PREFERRED_NOTE = "The answer that was not preferred was left out."
EMPTY_CHOICE_NOTE = "An answer among several that says nothing was left out."
SURE_RESPONSE_NAMES = ("response", "response body", "output", "completion", "outputs", "choices", "candidates")
CHOICE_NAMES = ("choices", "candidates")
MAX_NESTING = 5  # levels of objects and lists in which conversations are looked for
MAX_NAMES_TOLD = 6
MAX_TRIED_ITEMS = 200  # items of a list that may hold nothing before it is given up
WRAPPER_NAMES = ("data", "rows", "conversations", "chats", "items", "samples", "results", "threads", "examples",
                 "records", "sessions", "logs", "entries", "messages")  # fmt: skip
BATCH_TEXT = (
    "The question is not in it: it stands in the batch's input file. Put the lines of that file into this one as well; "
    "they are joined by custom_id."
)


def row_results(value: object, options: ReadOptions) -> Iterator[RowResult]:
    """What one value of a file holds; an Explained for what cannot be read. Every value gives something."""
    if isinstance(value, Explained):
        yield value
        return
    given = False
    for result in explained_results(value, options, (), 0):
        given = True
        yield result
    if not given:
        yield Explained(NO_ANSWER)


def explained_results(
    value: object, options: ReadOptions, outer: tuple[JsonObject, ...], depth: int
) -> Iterator[RowResult]:
    """What a value holds; why it cannot be read, in its place."""
    try:
        if isinstance(value, list):
            yield from list_results(value, options, outer, depth)
        elif isinstance(value, dict):
            yield from object_results(value, options, outer, depth)
        else:
            raise Explained(NO_CONVERSATION)
    except Explained as problem:
        yield problem
    except RecursionError:
        yield Explained("This row is nested too deeply.")


def list_results(
    values: list[Any], options: ReadOptions, outer: tuple[JsonObject, ...], depth: int
) -> Iterator[RowResult]:
    """What a list holds: one conversation, or a conversation in each of its items."""
    listed = listed_messages(values)
    if listed is not None:
        for session in split_sessions(listed):
            messages = parse_conversation(spoken_order(session, day_first=options.day_first))
            yield from conversation_turns(messages, outer, options)
        return
    if depth >= MAX_NESTING or not any(isinstance(item, dict | list) for item in values):
        raise Explained(NO_CONVERSATION)
    yield from item_results("the list", values, options, outer, depth)


def object_results(
    values: dict[str, Any], options: ReadOptions, outer: tuple[JsonObject, ...], depth: int
) -> Iterator[RowResult]:
    """What an object holds."""
    if "parallax" in values:
        try:
            yield own_exports.parse_own_recording(values)
            return
        except Explained as altered:
            yield altered
    if trace_rows.is_trace(values):
        yield from trace_rows.trace_turns(values, options)
        return
    tree = message_tree(values)
    if tree is not None:
        yield from conversation_turns(parse_conversation(tree), (values, *outer), options)
        return
    desk = desk_messages(values)
    if desk is not None:
        yield from conversation_turns(desk, outer, options, team_notes(desk))
        return
    try:
        yield from chat_results(values, outer, options)
        return
    except NoChat:
        inside = nested_results(values, options, (values, *outer), depth)
        if not inside:
            raise
    yield from inside


def nested_results(
    values: JsonObject, options: ReadOptions, outer: tuple[JsonObject, ...], depth: int
) -> list[RowResult]:
    """What the objects and lists inside an object hold: conversations where there are any, else why not, where a list
    has a usual name.
    """
    read: list[RowResult] = []
    problems: list[RowResult] = []
    for name, inner in values.items() if depth < MAX_NESTING else ():
        if isinstance(inner, dict):
            results = list(explained_results(inner, options, outer, depth + 1))
        elif isinstance(inner, list) and any(isinstance(item, dict | list) for item in inner[:MAX_TRIED_ITEMS]):
            results = list(item_results(name, inner, options, outer, depth))
        else:
            continue
        if any(not isinstance(result, Explained) for result in results):
            read += results
        elif isinstance(inner, list) and plain_name(name) in WRAPPER_NAMES:
            problems = problems or results
    return read or problems


def item_results(
    name: str, items: list[Any], options: ReadOptions, outer: tuple[JsonObject, ...], depth: int
) -> Iterator[RowResult]:
    """What the items of a list hold, each problem with its place; no more of them where the first many hold nothing."""
    read = False
    for number, item in enumerate(items, start=1):
        if number > MAX_ROWS or (number > MAX_TRIED_ITEMS and not read):
            yield Explained(f"Item {number:,} of “{name[:40]}” and the rest were not read.")
            return
        for result in explained_results(item, options, outer, depth + 1):
            read = read or not isinstance(result, Explained)
            label = f"Item {number:,} of “{name[:40]}”: "
            yield Explained(label + result.what) if isinstance(result, Explained) else result


class NoChat(Explained):
    """An object is neither a conversation nor a question with its answer."""


def chat_results(values: JsonObject, outer: tuple[JsonObject, ...], options: ReadOptions) -> Iterator[Turn]:
    """The turns of a conversation or of a question with its answer. NoChat where an object is neither."""
    name, response = find_response(values)
    _, request_value = named_value(values, REQUEST_NAMES)
    request = as_object(unpack_json(request_value)) if request_value is not response else {}
    lists = conversation_lists(values) or conversation_lists(request)
    chain = [*inner_objects(response), request, values, *outer]
    error = told_error(as_object(response)) or told_error(values)
    read = read_answered(response) if has_value(response) else []
    sides = [side for side in read if has_words(side.message)]
    if error and not any(side.message.text for side in sides):
        yield failure_turn(asked_messages(values, request, name), error, chain, options)
    elif sides and not (lists and is_doubtful(name, sides, lists[0][1])):
        notes = (EMPTY_CHOICE_NOTE,) if len(sides) < len(read) else ()
        yield from answered_turns(values, request, name, sides, chain, options, notes)
    elif lists:
        alike = len({plain_name(key)[:10] for key, _ in lists}) == 1  # conversation_a and conversation_b
        for listed in (one for _, several in (lists if alike else lists[:1]) for one in split_sessions(several)):
            messages = parse_conversation(spoken_order(listed, current_node(values), options.day_first))
            system = system_messages(request) or system_messages(values)
            yield from conversation_turns(with_system(system, messages), chain, options)
    else:
        yield from conversation_turns(lines_in(values), chain, options)


def find_response(values: JsonObject) -> tuple[str, Any]:
    """(name, value) of what was answered; ("", None) where nothing was."""
    name, choices = named_value(values, CHOICE_NAMES)
    return (name, {name: choices}) if isinstance(choices, list) else named_value(values, RESPONSE_NAMES)


def is_doubtful(name: str, sides: list[AnswerSide], listed: list[Any]) -> bool:
    """Whether what seems to be an answer is something else, since the conversation beside it has its answer already."""
    if plain_name(name) in SURE_RESPONSE_NAMES:
        return False
    spoken = [message for message in parse_conversation(listed[-1:]) if message.text]
    return bool(spoken) and spoken[-1].role in ("assistant", "") and spoken[-1].text != sides[0].message.text


def answered_turns(
    values: JsonObject, request: JsonObject, name: str, sides: list[AnswerSide], chain: list[JsonObject],
    options: ReadOptions, notes: tuple[str, ...],
) -> Iterator[Turn]:  # fmt: skip
    """The turns of a question with its answers; of the conversation that an answer tells as a whole."""
    response = values.get(name)
    notes += (NOT_PREFERRED_NOTE,) if named_value(values, REJECTED_NAMES)[0] else ()
    told = conversation_in(response)
    try:
        asked = asked_messages(values, request, name)
    except NoChat:
        told = told or (spoken_lines(response) if isinstance(response, str) else None)
        if told is None:
            raise
        asked = []
    if told is None:
        yield from pair_turns(asked, sides, chain, options, notes)
        return
    messages = parse_conversation(spoken_order(told, day_first=options.day_first))
    texts = {message.text for message in messages if message.role == "user"}
    repeated = any(message.text in texts for message in asked if message.role == "user")
    for turn in conversation_turns(messages if repeated else [*asked, *messages], chain, options):
        yield replace(turn, notes=(*turn.notes, *notes))


def conversation_in(response: object) -> list[Any] | None:
    """The conversation that an answer tells with what was asked; None where it is an answer only."""
    lists = conversation_lists(as_object(response))
    listed = response if isinstance(response, list) else lists[0][1] if lists else None
    if listed is None or not is_message_list(listed):
        return None
    return listed if any(known_role(role_name(message_values(raw))) == "user" for raw in listed) else None


def asked_messages(values: JsonObject, request: JsonObject, answer_name: str) -> list[ReadMessage]:
    """The messages of what was asked in a row. NoChat where it asks nothing."""
    rest = {name: value for name, value in values.items() if name != answer_name}
    for asking in filter(None, (request, rest)):
        try:
            return with_system(system_messages(values), read_asked(asking))
        except Explained as problem:
            if problem.what != NOT_ASKED_TEXT:
                raise
    raise NoChat(BATCH_TEXT if "custom_id" in values else "There is an answer, but no question in it.")


def lines_in(values: JsonObject) -> list[ReadMessage]:
    """The messages in a text whose lines begin with who speaks. NoChat, with what stands there, where there is none."""
    for value in values.values():
        listed = spoken_lines(value) if isinstance(value, str) else None
        if listed is not None:
            return parse_conversation(listed)
    if "custom_id" in values and values.get("response"):
        raise NoChat(BATCH_TEXT)
    if question_text(values) or as_object(named_value(values, REQUEST_NAMES)[1]):
        raise NoChat(NO_ANSWER)
    names = [f"“{name[:40]}”" for name in values][:MAX_NAMES_TOLD]
    more = len(values) - len(names)
    names += [f"{more:,} more"] if more else []
    only = f", only {join_names(names)}" if names else ""
    raise NoChat(f"There are neither messages nor a question and its answer in it{only}.")
