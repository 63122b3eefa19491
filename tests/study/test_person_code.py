"""A participant's code: short, read aloud without doubt, and found however it is typed."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from components.study.person_code import CODE_LETTERS, people_with_code, person_code

IDS = [str(UUID(int=number)) for number in range(300)]


def test_each_person_has_a_code_of_their_own() -> None:
    assert len({person_code(id) for id in IDS}) == len(IDS)
    assert not set("01OILU") & set(CODE_LETTERS)


@given(st.integers(0, 299), st.sampled_from(["{}", " {} ", "{}.", "({})"]), st.booleans(), st.booleans())
def test_a_code_is_found_however_it_is_typed(number: int, form: str, small: bool, bare: bool) -> None:
    code = person_code(IDS[number])
    typed = form.format(code.replace("-", " ") if bare else code)
    assert people_with_code(IDS, typed.lower() if small else typed) == (IDS[number],)


def test_an_id_is_found_whole_alone_and_nothing_by_nothing() -> None:
    assert people_with_code(IDS, f" {IDS[7].upper()} ") == (IDS[7],)
    assert people_with_code(IDS, IDS[7][:8]) == people_with_code(IDS, "") == people_with_code(IDS, "-") == ()
