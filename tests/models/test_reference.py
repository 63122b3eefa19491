"""The bundled model in 8 bit, beside the same weights in float32 in the general library."""

import time
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from components.core.prompt import Message, Prompt, Role
from components.models.bundled import prepare_bundled
from components.models.bundled.chatml import DEFAULT_SYSTEM, ChatML
from components.models.bundled.smollm import SmolLM
from components.models.generation import GenerationState
from components.models.local.local_model import LocalModel
from components.models.source import Settings, Source

QUESTIONS = ("Name three fruits.", "What is the capital of France?", "Why is the sky blue? Explain it to a child.")


def test_every_next_word_is_as_likely_as_in_float32(reference: Path) -> None:
    model = AutoModelForCausalLM.from_pretrained(reference).eval()
    net, codec = SmolLM(prepare_bundled.bundled_folder(), 1), ChatML(prepare_bundled.bundled_folder())
    for question in QUESTIONS:
        ids = codec.encode([Message("user", question)], "")
        likely, logprobs = net.read(0, ids, 0)
        with torch.inference_mode():
            wanted = model(torch.tensor([ids])).logits[0, -1].log_softmax(-1).numpy()[likely]
        divergence = float(np.sum(np.exp(wanted) * (wanted - logprobs)))  # Kullback-Leibler, in nats
        assert abs(divergence) < 0.05, question


def test_a_conversation_is_read_as_the_models_own_template_writes_it(reference: Path) -> None:
    tokenizer, codec = AutoTokenizer.from_pretrained(reference), ChatML(prepare_bundled.bundled_folder())
    turns: list[tuple[Role, str]] = [
        ("system", DEFAULT_SYSTEM),
        ("user", "Hi <b>there</b>, 12 34"),
        ("assistant", "Hello!"),
        ("user", "ما هي؟ 🦄"),
    ]
    written = tokenizer.apply_chat_template(
        [{"role": role, "content": text} for role, text in turns], add_generation_prompt=True, return_dict=True
    )
    assert codec.encode([Message(role, text) for role, text in turns], "") == list(written["input_ids"])


def test_a_folder_of_weights_answers_one_after_another(reference: Path) -> None:
    model = LocalModel(Source("folder", str(reference)), Settings(temperature=0, max_tokens=8))
    first, second = (model.ask(Prompt.from_typed(question)) for question in QUESTIONS[:2])
    while first.began is None:
        time.sleep(0.01)
    assert second.state == GenerationState("queued", queue_position=1)
    assert first.wait(60) and second.wait(60)
    model.close()
    assert second.events[-1].kind == "end"
    assert "Paris" in "".join(event.text for event in second.events)
