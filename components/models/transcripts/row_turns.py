"""Row turns: the answers of a conversation, and of a question with its answer, as turns, with what was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from components.core.explained import Explained
from components.core.prompt import Role
from components.models.transcripts.answer_facts import (
    ReadOptions,
    answer_facts,
    answer_times,
    failure_facts,
    token_probabilities,
)
from components.models.transcripts.conversation_forms import message_moment
from components.models.transcripts.message_forms import (
    ReadMessage,
    count_letters,
    join_names,
    left_out_notes,
    spoken_messages,
    without_thoughts,
)
from components.models.transcripts.message_parts import TOOLS, JsonObject
from components.models.transcripts.pair_sides import AnswerSide
from components.models.transcripts.transcript_turn import NO_ANSWER, TimedThoughts, Turn

PERSON_LAST = "The last message is the person's, so the answer before it was taken."
MODEL_BEGAN = "The model speaks first and nobody asks it anything."


def conversation_turns(
    read: Sequence[ReadMessage], chain: Sequence[JsonObject], options: ReadOptions, notes: tuple[str, ...] = ()
) -> Iterator[Turn]:
    """The turns inside a conversation: its last answer, or every one. Explained where there is none.

    What is told of the row as a whole, its times and probabilities, belongs to the last message alone, and so do the
    `notes`.
    """
    named, speaker_notes = named_speakers(answering_system(read))
    messages = [without_thoughts(message) for message in named]
    answers = [index for index, m in enumerate(messages) if m.role == "assistant" and m.text]
    if not answers:
        raise Explained(no_answer_text(messages))
    spoken = [index for index, m in enumerate(messages) if m.text and m.role in ("user", "assistant")]
    taken = answers if options.every_answer else answers[-1:]
    kept = {id(m) for index in taken for m in thinking_messages(messages, index)}
    for index in taken:
        message, before = messages[index], messages[:index]
        last = index == answers[-1]
        around = [message.values, *chain]
        times = around if index == spoken[-1] else [message.values]
        read_here = messages if last else messages[: index + 1]
        rest = [replace(m, thoughts="") if id(m) in kept else m for m in read_here]
        told = (*left_out_notes(rest), *speaker_notes, *(notes if last else ()))
        told = (*told, PERSON_LAST) if last and index != spoken[-1] else told
        thinking, question = thinking_messages(messages, index), last_question(before)
        yield Turn(
            spoken_messages(before), message.text, notes=told,
            thoughts=timed_thoughts(thinking, question, message, options), **answer_facts(around, options),
            **answer_times(times, options, question, message), **token_probabilities(times),
        )  # fmt: skip


def last_question(messages: Sequence[ReadMessage]) -> ReadMessage | None:
    """The last message in which a person says something; None where none does."""
    return next((m for m in reversed(messages) if m.role == "user" and m.text), None)


def thinking_messages(messages: Sequence[ReadMessage], index: int) -> list[ReadMessage]:
    """The messages with the thoughts of the answer at `index`: its own, and those since anybody spoke before it."""
    spoken = (n for n in reversed(range(index)) if messages[n].text and messages[n].role in ("user", "assistant"))
    return [m for m in messages[next(spoken, -1) + 1 : index + 1] if m.thoughts]


def timed_thoughts(
    thinking: Sequence[ReadMessage], question: ReadMessage | None, answer: ReadMessage, options: ReadOptions
) -> TimedThoughts:
    """The thoughts of an answer, each with its seconds since the question, None where the file does not tell them."""
    asked = message_moment(question.values, options.day_first) if question else None
    told: TimedThoughts = ()
    for message in thinking:
        moment = message_moment(message.values, options.day_first) if message is not answer else None
        since = (moment - asked).total_seconds() if moment and asked else None
        told += ((since, message.thoughts),)
    return told


def untimed_thoughts(thoughts: str) -> TimedThoughts:
    """Thoughts of which nobody tells when they were thought."""
    return ((None, thoughts),) if thoughts else ()


def answering_system(messages: Sequence[ReadMessage]) -> Sequence[ReadMessage]:
    """The messages; where a system answers a person and nobody else does, it is the assistant."""
    asked = next((index for index, m in enumerate(messages) if m.role == "user" and m.text), len(messages))
    if any(m.role == "assistant" for m in messages) or all(m.role != "system" for m in messages[asked:]):
        return messages
    answered = [replace(m, role="assistant") if m.role == "system" else m for m in messages[asked:]]
    return [*messages[:asked], *answered]


def named_speakers(messages: Sequence[ReadMessage]) -> tuple[Sequence[ReadMessage], tuple[str, ...]]:
    """The messages, and what to say of them: the one speaker whose role is not known has the one that nobody has."""
    roles = {m.role for m in messages if m.text}
    missing: list[Role] = [role for role in ("user", "assistant") if role not in roles]
    unknown = {m.named for m in messages if m.text and not m.role}
    if len(missing) != 1 or len(unknown) != 1 or unknown == {""}:
        return messages, ()
    [name] = unknown
    who = "person" if missing == ["user"] else "model"
    note = f"“{name[:40]}” was taken for the {who}, since nobody else is."
    return [replace(m, role=missing[0]) if m.text and not m.role else m for m in messages], (note,)


def no_answer_text(messages: Sequence[ReadMessage]) -> str:
    """Why a conversation has no answer, with what was found in its place."""
    unknown = list(dict.fromkeys(m.named[:40] for m in messages if m.text and not m.role))
    if any(m.role == "assistant" and (m.thoughts or m.left_out) for m in messages) or not unknown:
        return no_words_text(messages)
    if unknown == [""]:
        return "It is not told who says what: there are no roles in it."
    names = join_names([f"“{name}”" for name in unknown[:4] if name])
    return f"Its roles are called {names}: which of them is the model is not known."


def no_words_text(messages: Sequence[ReadMessage]) -> str:
    """Why there is no answer, from what a model's messages hold instead of words."""
    from_model = [m for m in messages if m.role == "assistant"]
    thoughts = sum(len(m.thoughts) for m in messages)
    if any(TOOLS in m.left_out for m in from_model):
        return "There is no answer in words, only tools and their results."
    if thoughts:
        return f"There is no answer: {count_letters(thoughts)} of reasoning, and then nothing."
    left_out = list(dict.fromkeys(name for m in from_model for name in m.left_out))
    return f"There is no answer in words, only {join_names(left_out)}." if left_out else NO_ANSWER


def pair_turns(
    asked: list[ReadMessage], sides: Sequence[AnswerSide], chain: Sequence[JsonObject], options: ReadOptions,
    notes: tuple[str, ...] = (),
) -> Iterator[Turn]:  # fmt: skip
    """A turn for each answer to what was asked. An answer that stands among what was asked already stands once."""
    asked = [without_thoughts(message) for message in asked]
    for attempt, side in enumerate(sides):
        before = asked
        if before and before[-1].role == "assistant" and before[-1].text == side.message.text:
            before = before[:-1]
        around = [*side.chain, *chain]
        text = side.message.text
        empty = () if text else (no_words_text([side.message]),)
        if empty and empty != (NO_ANSWER,):
            raise Explained(*empty)
        yield Turn(
            spoken_messages(before), text, attempt=attempt,
            notes=(*left_out_notes([*before, replace(side.message, thoughts="")]), *notes),
            thoughts=untimed_thoughts(side.message.thoughts), **answer_facts(around, options),
            **answer_times(around, options), **token_probabilities(around),
        )  # fmt: skip


def failure_turn(asked: list[ReadMessage], error: object, chain: Sequence[JsonObject], options: ReadOptions) -> Turn:
    """The turn of a question that was answered by an error."""
    facts: dict[str, Any] = answer_facts(chain, options) | failure_facts(error, chain)
    return Turn(
        spoken_messages(asked), "", notes=left_out_notes(asked), **facts, **answer_times(chain, options),
    )  # fmt: skip
