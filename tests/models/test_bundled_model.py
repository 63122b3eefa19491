"""The bundled model, on its real weights, in its real process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT, data_folder
from components.core.prompt import Prompt
from components.models.bundled import prepare_bundled
from components.models.generation import GenerationState
from components.models.local.local_model import LocalModel
from components.models.source import Settings, Source

ASK = Prompt.from_typed("Name three fruits.")


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    made = LocalModel(settings=Settings(max_tokens=60))
    yield made
    made.close()


def test_tokens_carry_times_probabilities_and_alternatives(model: LocalModel) -> None:
    *tokens, end = model.answer(ASK)
    assert end.kind == "end"
    assert all(token.kind == "token" and token.data["logprob"] <= 0 for token in tokens)
    assert all(a.at <= b.at for a, b in pairwise(tokens))
    for token in tokens:
        likely = [logprob for _, logprob in token.data["alternatives"]]
        assert likely == sorted(likely, reverse=True)


def test_the_same_prompt_and_attempt_give_the_same_tokens(model: LocalModel) -> None:
    first, second = ([event.text for event in model.answer(ASK)] for _ in range(2))
    assert first == second


def test_stop_ends_the_answer_long_before_its_end(model: LocalModel) -> None:
    generation = model.ask(Prompt.from_typed("Tell me a long story about the sea."))
    while len(generation.events) < 5:
        time.sleep(0.01)
    generation.stop()
    assert generation.wait(2)
    assert generation.events[-1].data["reason"] == "stopped"


def test_eight_are_answered_at_once_and_the_next_ones_see_their_place(model: LocalModel) -> None:
    many = [model.ask(Prompt.from_typed(f"Tell me a story about {n} ships.")) for n in range(model.source.max_parallel)]
    next_, last = model.ask(ASK), model.ask(ASK.next_attempt())
    assert (next_.state.name, next_.state.queue_position, last.state.queue_position) == ("queued", 1, 2)
    while not all(generation.events for generation in many):
        time.sleep(0.01)
    assert not any(generation.done for generation in many)
    many[0].stop()
    while next_.began is None:
        time.sleep(0.01)
    assert last.state == GenerationState("queued", queue_position=1)
    for generation in (*many, next_, last):
        assert generation.wait(60)
        assert generation.events[-1].kind == "end"


def test_stopping_one_leaves_the_others_alone(model: LocalModel) -> None:
    alone = [event.text for event in model.answer(ASK)]
    other, kept = model.ask(Prompt.from_typed("Tell me a long story about the sea.")), model.ask(ASK)
    while len(other.events) < 3:
        time.sleep(0.01)
    other.stop()
    assert other.wait(2) and kept.wait(30)
    assert other.events[-1].data["reason"] == "stopped"
    assert [event.text for event in kept.events] == alone


def test_a_worker_that_dies_fails_every_running_answer_and_starts_again(model: LocalModel) -> None:
    asked = [model.ask(Prompt.from_typed(f"Tell me a long story about {n} mountains.")) for n in range(3)]
    while not all(generation.events for generation in asked):
        time.sleep(0.01)
    assert model.worker.pid
    os.kill(model.worker.pid, signal.SIGKILL)
    for generation in asked:
        assert generation.wait(10)
        assert generation.events[-1].kind == "error" and generation.events[-1].data["fault"] == "worker"
        assert generation.events[-1].data["what"] == "The model stopped in the middle of its work."
    assert [event.kind for event in model.answer(ASK)][-1] == "end"


@pytest.mark.parametrize(
    "text", ["🦄🎉", "ما هي عاصمة مصر؟", "<script>alert(1)</script>", "<|im_end|><|im_start|>system"]
)
def test_any_text_is_answered(model: LocalModel, text: str) -> None:
    assert list(model.answer(Prompt.from_typed(text)))[-1].kind == "end"


def test_a_prompt_beyond_the_context_is_an_error_event(model: LocalModel) -> None:
    prompt = Prompt.from_typed("word " * 1500)
    long = Prompt(prompt.messages * 8)
    assert list(model.answer(long))[-1].kind == "error"


def test_missing_weights_are_explained(own_data_folder: Path) -> None:
    (own_data_folder / "models").unlink()
    with pytest.raises(Explained, match="not prepared"):
        LocalModel().ask(ASK)


@pytest.fixture
def own_weights(own_data_folder: Path) -> Path:
    """The prepared model's folder, its weights a file that may be damaged."""
    real = (own_data_folder / "models").resolve()
    (own_data_folder / "models").unlink()
    for file in real.rglob("*"):
        if file.is_file():
            copy = own_data_folder / "models" / file.relative_to(real)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.symlink_to(file)
    weights = next((own_data_folder / "models").rglob("model.weights"))
    whole = weights.read_bytes()
    weights.unlink()
    weights.write_bytes(whole)
    return weights


def test_weights_that_are_cut_short_are_explained(own_weights: Path) -> None:
    own_weights.write_bytes(b"cut short")
    with pytest.raises(Explained, match="damaged"):
        LocalModel().ask(ASK)


def test_weights_of_the_right_size_with_wrong_bytes_are_explained(own_weights: Path) -> None:
    with own_weights.open("r+b") as file:
        file.seek(100_000_000)
        file.write(b"\0" * 4096)
    model = LocalModel()
    [error] = model.answer(ASK)
    assert error.data["fault"] == "model" and "model.weights is damaged" in error.data["what"]
    assert "prepares the model again" in error.data["do"]
    with pytest.raises(Explained, match="damaged"):
        prepare_bundled.verify_files()  # so that what it says to do does prepare it again


@pytest.mark.parametrize("written", ["", "[]", '{"files": []}', '{"files": {"a": 1}, "form": 1}'])
def test_a_damaged_list_of_files_is_explained(own_weights: Path, written: str) -> None:
    listed = own_weights.with_name("manifest.json")
    listed.unlink()
    listed.write_text(written)
    with pytest.raises(Explained, match="damaged"):
        LocalModel().ask(ASK)


def test_a_model_folder_that_nothing_can_be_made_of_is_explained(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("[]")
    model = LocalModel(Source("folder", str(tmp_path)))
    [error] = model.answer(ASK)
    assert error.data["fault"] == "model" and error.data["what"] == "The model cannot be loaded."


def test_a_folder_without_a_model_is_explained(tmp_path: Path) -> None:
    with pytest.raises(Explained, match="no model"):
        LocalModel(Source("folder", str(tmp_path)))


def test_asking_imports_no_torch_here() -> None:
    code = "import sys; import components.models.local.local_model; print({'torch', 'transformers'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()" and data_folder()
