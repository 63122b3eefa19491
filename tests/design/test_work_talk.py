"""What people say of a work: threads, dots within what each has to give, and what was decided."""

from dataclasses import replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as some

from components.core.prototype import Prototype
from components.design.work_talk import (
    COMMENT,
    DECISION,
    DOT,
    DOT_BACK,
    DOTS_EACH,
    REOPENED,
    RESOLVED,
    WorkNote,
    all_talk_lines,
    comment_threads,
    followed_notes,
    given_dots,
    made_decisions,
    notes_of_panes,
    rename_notes,
    talk_lines,
)
from components.layers.delivery.blocking import Blocking
from components.layers.delivery.streaming import Streaming

numbers = count(1)


def note(kind: str, text: str = "", about: str = "", rater: str = "ada", prototype: str = "") -> WorkNote:
    number = next(numbers)
    return WorkNote(kind, text, about, prototype=prototype, number=number, id=f"n{number}", rater=rater)


def test_comments_are_threads_and_settled_ones_come_last() -> None:
    first, second = note(COMMENT, "It died"), note(COMMENT, "Too long")
    reply = note(COMMENT, "Here too", about=first.id, rater="ben")
    threads = comment_threads([first, second, reply, note(RESOLVED, about=first.id), note(RESOLVED, about="gone")])
    assert [(thread.first.text, thread.settled) for thread in threads] == [("Too long", False), ("It died", True)]
    assert threads[1].replies == (reply,)
    again = comment_threads([first, note(RESOLVED, about=first.id), note(REOPENED, about=first.id)])
    assert not again[0].settled and comment_threads([]) == ()


@given(some.lists(some.tuples(some.sampled_from([DOT, DOT_BACK]), some.sampled_from("ab"), some.sampled_from("xyz"))))
def test_nobody_gives_more_dots_than_they_have_or_takes_back_what_they_did_not_give(
    deeds: list[tuple[str, str, str]],
) -> None:
    given = given_dots(note(kind, rater=rater, prototype=prototype) for kind, rater, prototype in deeds)
    for own in given.values():
        assert all(dots >= 0 for dots in own.values()) and sum(own.values()) <= DOTS_EACH


def test_a_dot_that_was_taken_back_can_be_given_again() -> None:
    deeds = [note(DOT, prototype="x") for _ in range(5)] + [note(DOT_BACK, prototype="x"), note(DOT, prototype="y")]
    assert given_dots(deeds) == {"ada": {"x": DOTS_EACH - 1, "y": 1}}


def test_decisions_are_told_the_newest_first() -> None:
    assert [one.text for one in made_decisions([note(DECISION, "A"), note(COMMENT), note(DECISION, "B")])] == ["B", "A"]


def test_what_was_said_is_told_in_lines_for_who_builds_it() -> None:
    first = replace(note(COMMENT, "It died", prototype="b"), moment=4.5, rater_name="Ada")
    notes = [
        first, note(COMMENT, "Here too", about=first.id), note(COMMENT, "Of another", prototype="c"),
        note(COMMENT, "Of all"), note(RESOLVED, about=first.id), replace(note(DECISION, "B ships"), at="2026-11-27T1"),
    ]  # fmt: skip
    assert talk_lines(notes, "b", ()) == (
        "Decided on 2026-11-27: B ships", "Of all", "At 4.5 s: It died (Ada) – Here too Settled.",
    )  # fmt: skip
    assert talk_lines([], "b", ()) == ()


def test_a_comment_on_a_pattern_tells_its_name_also_once_the_pattern_was_taken_away() -> None:
    first = replace(note(COMMENT, "Too fast", prototype="b"), pattern="KeepPartial", pane="B")
    at = replace(first, moment=2.0, id="other")
    assert talk_lines([first, at], "b", {"KeepPartial"}) == ("Keep partial: Too fast", "Keep partial, at 2 s: Too fast")
    assert talk_lines([first], "b", {"Streaming"}) == ("Keep partial, no longer in it: Too fast",)
    assert all_talk_lines([first]) == ("B: Keep partial: Too fast",)  # nobody knows which patterns it has now


def test_what_was_said_of_a_pane_follows_it_to_its_other_names() -> None:
    said = [note(DOT, prototype="b"), note(COMMENT, "It died", prototype="b"), note(DOT, prototype="c")]
    renamed = [note("renamed", "b", prototype="d"), note("renamed", "d", prototype="e")]
    later = note(COMMENT, "Of another that is called so now", prototype="b")
    followed = followed_notes([*said, *renamed, later])
    assert given_dots(followed)["ada"] == {"e": 1, "c": 1}
    assert [one.prototype for one in followed if one.kind == COMMENT] == ["e", "b"]
    assert followed_notes(said) == tuple(said)


def test_a_pane_is_renamed_where_only_its_name_or_its_work_is_another_and_not_where_another_stands_there() -> None:
    plain, other = Prototype("Plain", (Streaming(),)), Prototype("Other", (Streaming(),))
    [kept] = rename_notes({"A": plain, "B": other}, {"A": replace(plain, name="New"), "B": other})
    assert (kept.text, kept.pane, kept.prototype) == ("Plain", "A", "New")
    [kept] = rename_notes({"A": plain}, {"A": replace(plain, work="w-1")})
    assert (kept.text, kept.prototype) == ("Plain", "w-1")
    assert rename_notes({"A": plain, "B": other}, {"A": other, "B": plain}) == ()  # moved
    assert rename_notes({"A": plain}, {"A": Prototype("New", (Blocking(),))}) == ()  # exchanged
    assert rename_notes({"A": plain}, {"A": plain, "B": replace(plain, name="New")}) == ()
    assert rename_notes({"A": replace(plain, work="w-1")}, {"A": replace(plain, work="w-1", name="New")}) == ()


def test_the_dots_on_a_prototype_are_told_among_all_that_were_given() -> None:
    dots = [note(DOT, prototype="b"), note(DOT, prototype="b"), note(DOT, prototype="c", rater="ben")]
    assert talk_lines(dots, "b", ()) == ("Dots: 2 of the 3 that 2 people gave; each had 3",)
    assert talk_lines(dots[:1], "c", ()) == ("Dots: none of the 1 that 1 person gave; each had 3",)
    assert talk_lines([dots[0], note(DOT_BACK, prototype="b")], "b", ()) == ()
    whole = note(DECISION, "B ships")
    assert notes_of_panes([*dots, whole], [Prototype("c"), Prototype("d", work="b")]) == (*dots, whole)
    assert notes_of_panes([*dots, whole], [Prototype("b", work="w")]) == (whole,)
