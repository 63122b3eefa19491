"""Facts about what is made from the vocabulary of events."""

import pytest

from components.core.vocabulary import ON_SCREEN, VOCABULARY
from components.tools.write_vocabulary import BEGIN, END, TABLE, TYPES, table, typescript, with_table


def test_the_players_types_are_those_of_the_table() -> None:
    assert TYPES.read_text("utf-8") == typescript(), "stale: make vocabulary"


def test_the_page_on_the_architecture_has_the_table() -> None:
    page = TABLE.read_text("utf-8")
    assert page == with_table(page), "stale: make vocabulary"


def test_the_table_names_every_kind_and_every_key() -> None:
    rows = table()
    assert all(
        f"| `{kind}` |" in rows and all(f"`{key}`" in rows for key in spec.data) for kind, spec in VOCABULARY.items()
    )


def test_the_player_never_hears_what_only_layers_read() -> None:
    made = typescript()
    assert "partial" not in made and "tokens" not in made and "logprob" not in made
    assert all(f"readonly {kind}: " in made for kind in ON_SCREEN)


def test_a_page_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        with_table(f"# Nothing here {END}")
    assert with_table(f"{BEGIN}old{END}.").endswith(f"\n{END}.")
