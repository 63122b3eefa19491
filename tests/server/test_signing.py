"""The secret that links and tickets are signed with, and what a signature is worth."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT
from components.server.access.link_limits import MAX_BUCKETS, LinkLimits
from components.server.access.signing import SECRET_VARIABLE, Signer, kept_secret, server_secret
from components.server.participate.take_tickets import (
    ParticipantTicket,
    opens_trial,
    read_ticket,
    ticket_token,
    trial_token,
)

LETTERS = "abXY09_-"
SIGNER = Signer("a secret of thirty-two characters")


@given(st.text(min_size=1, max_size=200))
def test_what_is_signed_comes_back_and_only_for_its_purpose(payload: str) -> None:
    payload = payload.encode(errors="ignore").decode() or "x"
    token = SIGNER.sign("link", payload)
    if len(token) <= 600:
        assert SIGNER.payload("link", token) == payload
    assert SIGNER.payload("participant", token) is None
    assert Signer("another secret of thirty-two characters").payload("link", token) is None


@given(st.integers(0, 200), st.characters(codec="utf-8"))
def test_a_token_of_which_one_letter_is_another_is_worth_nothing(place: int, letter: str) -> None:
    token = SIGNER.sign("link", "7HB5uzrNiDER")
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    assert (SIGNER.payload("link", changed) is None) == (changed != token)


@given(st.text(max_size=80))
def test_whatever_is_sent_as_a_token_opens_nothing(token: str) -> None:
    assert SIGNER.payload("link", token) is None and read_ticket(SIGNER, token) is None
    assert not opens_trial(SIGNER, "preview", token, "study")


@given(
    st.text(LETTERS, min_size=16, max_size=64),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.integers(0, 20_000),
)
def test_a_ticket_comes_back_as_it_was(participant: str, study: str, slot: int) -> None:
    ticket = ParticipantTicket(participant, study, slot)
    assert read_ticket(SIGNER, ticket_token(SIGNER, ticket)) == ticket


def test_a_rehearsal_opens_its_own_study_until_its_time_and_nothing_else() -> None:
    token = trial_token(SIGNER, "rehearsal", "study", 4e9)
    assert opens_trial(SIGNER, "rehearsal", token, "study")
    assert not opens_trial(SIGNER, "rehearsal", token, "other") and not opens_trial(SIGNER, "preview", token, "study")
    assert not opens_trial(SIGNER, "rehearsal", trial_token(SIGNER, "rehearsal", "study", 1e9), "study")
    assert not opens_trial(SIGNER, "rehearsal", None, "study")


def test_a_pseudonym_is_always_the_same_and_another_with_another_secret() -> None:
    assert SIGNER.pseudonym("ada") == SIGNER.pseudonym("ada") != SIGNER.pseudonym("adb")
    assert Signer("another secret of thirty-two characters").pseudonym("ada") != SIGNER.pseudonym("ada")


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SECRET_VARIABLE, raising=False)
    monkeypatch.setenv("PARALLAX_DATA", str(tmp_path / "new"))
    first = server_secret()
    assert len(first) >= 32 and server_secret() == first
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret"]


def test_servers_that_start_at_once_have_one_secret(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from components.server.access.signing import kept_secret; "
    code += "print(kept_secret(Path(sys.argv[1])))"
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "own")], cwd=PROJECT_ROOT, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    assert len({process.communicate(timeout=60)[0] for process in started}) == 1
    assert [file.name for file in (tmp_path / "own").iterdir()] == ["secret"]


def test_the_secret_of_the_environment_counts_and_a_short_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET_VARIABLE, f" {'s' * 32} ")
    assert server_secret() == "s" * 32
    assert server_secret(lambda: "t" * 40) == "t" * 40
    monkeypatch.setenv(SECRET_VARIABLE, "too short")
    with pytest.raises(Explained, match="too short") as error:
        server_secret()
    assert "too short to sign" in str(error.value) and error.value.do


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 40])
def test_a_file_that_holds_no_secret_is_left_alone_and_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    with pytest.raises(Explained):
        kept_secret(tmp_path)
    assert (tmp_path / "secret").read_bytes() == content


def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Explained, match="cannot be kept") as error:
        kept_secret(tmp_path / "file")
    assert error.value.kept and error.value.do


def test_a_bucket_fills_again_with_time_and_each_key_has_its_own() -> None:
    now = [0.0]
    limits = LinkLimits(rate=2.0, burst=3, clock=lambda: now[0])
    assert [limits.take_token("a") for _ in range(4)] == [True, True, True, False]
    assert limits.take_token("b")
    now[0] = 0.5
    assert [limits.take_token("a") for _ in range(2)] == [True, False]
    now[0] = 1000.0
    assert [limits.take_token("a") for _ in range(4)] == [True, True, True, False]


def test_buckets_do_not_grow_without_end() -> None:
    limits = LinkLimits(1.0, 1)
    for number in range(MAX_BUCKETS + 5):
        limits.take_token(str(number))
    assert len(limits._buckets) == MAX_BUCKETS
