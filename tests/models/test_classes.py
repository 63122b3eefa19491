"""A model that sorts texts into classes, small and random, on its real way through a process of its own."""

from collections.abc import Iterator
from math import exp, fsum
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import (
    AutoModelForSequenceClassification,
    BertConfig,
    BertForSequenceClassification,
    PreTrainedTokenizerFast,
)

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.layers.confidence.score import (
    CLASS_PROBABILITY,
    CLASSIFICATION_TASK,
    score_from_tokens,
    sources_for_recording,
)
from components.models.endpoint.model_profile import measure_profile
from components.models.local import hub_model
from components.models.local.classifier_engine import ClassifierEngine
from components.models.local.local_model import LocalModel
from components.models.make_recording import make_recording
from components.models.source import Settings, Source

LABELS = ("negative", "neutral", "positive")
WORDS = ("[UNK]", "[PAD]", "what", "a", "lovely", "terrible", "day", "!")
LOVELY = Prompt.from_typed("What a lovely day!")


def small(folder: Path, labels: tuple[str, ...] = LABELS, **more: object) -> Path:
    """A folder as the general library writes it."""
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64, id2label=dict(enumerate(labels)), initializer_range=1.0, **more,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    words = Tokenizer(models.WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    PreTrainedTokenizerFast(
        tokenizer_object=words, unk_token="[UNK]", pad_token="[PAD]", model_max_length=64
    ).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("sentiment"))


@pytest.fixture(scope="module")
def model(folder: Path) -> Iterator[LocalModel]:
    made = LocalModel(Source("folder", str(folder)), Settings(temperature=0.9))
    yield made
    made.close()


def loaded(folder: Path) -> ClassifierEngine:
    made = hub_model.load_hub_model(Source("folder", str(folder)), Settings(), lambda share, text: None)
    assert isinstance(made, ClassifierEngine)
    return made


def events(classes: ClassifierEngine, prompt: Prompt) -> list[Event]:
    return [event for _, event in classes.begin(1, prompt, 0.0)]


def test_its_answer_is_a_class_with_the_probability_of_each(model: LocalModel, folder: Path) -> None:
    token, end = model.answer(LOVELY)
    wanted = BertForSequenceClassification.from_pretrained(folder).eval()
    with torch.inference_mode():
        given = torch.tensor([[WORDS.index(word) for word in ("[UNK]", "a", "lovely", "day", "!")]])
        chances = wanted(given).logits[0].softmax(-1).tolist()
    best = max(range(3), key=lambda place: chances[place])
    assert (token.text, end.data["reason"]) == (LABELS[best], "stop")
    assert exp(token.data["logprob"]) == pytest.approx(chances[best], abs=1e-3)
    found = {name: exp(logprob) for name, logprob in token.data["alternatives"]}
    assert found == pytest.approx(dict(zip(LABELS, chances, strict=True)), abs=1e-3)
    assert fsum(found.values()) == pytest.approx(1.0, abs=1e-3)


def test_its_card_says_what_it_does_and_no_more(model: LocalModel) -> None:
    assert model.card.settings == {"temperature": 0.0, "task": CLASSIFICATION_TASK, "weights": "float32"}


def test_class_probability_is_the_one_score_that_works_on_it(model: LocalModel) -> None:
    recording = make_recording(model.answer(LOVELY), LOVELY, model.card, "2025-01-01")
    assert sources_for_recording(recording) == (CLASS_PROBABILITY,)
    assert Recording.from_json(recording.to_json()).id == recording.id
    token = recording.events[0]
    assert score_from_tokens(CLASS_PROBABILITY, token.tokens) == pytest.approx(exp(token.data["logprob"]))


def test_the_same_text_is_always_in_the_same_class(model: LocalModel) -> None:
    one, again = list(model.answer(LOVELY)), list(model.answer(LOVELY.next_attempt()))
    assert [(event.text, event.data) for event in one] == [(event.text, event.data) for event in again]


def test_what_was_said_already_is_not_said_twice(folder: Path) -> None:
    classes = loaded(folder)
    [token, _] = events(classes, LOVELY)
    assert [event.kind for event in events(classes, LOVELY.going_on(token.text))] == ["end"]


def test_a_text_beyond_what_it_reads_is_an_error_event(model: LocalModel) -> None:
    [event] = model.answer(Prompt.from_typed("day " * 65))
    assert (event.kind, event.data["fault"]) == ("error", "context")


def test_several_classes_at_once_each_have_their_own_probability(tmp_path: Path) -> None:
    classes = loaded(small(tmp_path, problem_type="multi_label_classification"))
    token = events(classes, LOVELY)[0]
    assert fsum(exp(logprob) for _, logprob in token.data["alternatives"]) != pytest.approx(1.0, abs=1e-3)


def test_a_model_with_a_number_and_no_class_is_explained(tmp_path: Path) -> None:
    with pytest.raises(Explained, match="no class"):
        loaded(small(tmp_path, ("score",)))


def test_its_connection_can_be_tested(model: LocalModel) -> None:
    made = measure_profile(model, calls=2)
    assert made.probabilities and [call.tokens for call in made.calls] == [1, 1]


@pytest.mark.parametrize(("seen", "wanted"), [(True, "cuda"), (False, "cpu")])
def test_models_run_where_torch_says_they_can(monkeypatch: pytest.MonkeyPatch, seen: bool, wanted: str) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: seen)
    assert hub_model.torch_device() == wanted


def test_weights_are_put_where_models_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_model, "torch_device", lambda: "meta")
    assert {weight.device.type for weight in loaded(folder).model.parameters()} == {"meta"}


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 16.00 MiB."),
        RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory: you tried to"),
        MemoryError(),
    ],
    ids=["card", "processor", "Python"],
)
def test_a_model_that_is_too_large_is_no_damaged_folder(
    error: Exception, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(AutoModelForSequenceClassification, "from_pretrained", fail)
    with pytest.raises(Explained, match="too large") as caught:
        loaded(folder)
    assert ("graphics card" in caught.value.what) == ("CUDA" in str(error))
    assert "smaller" in caught.value.do and "MiB" not in str(caught.value)
