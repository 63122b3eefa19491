"""How fast the bundled model answers one and eight people. Run: python -m tests.bench.model

Beside it in the same run: plain `transformers` on the same weights in float32, and llama.cpp on the shipped ones, in an
environment of its own (.venv-bench, made here the first time: it compiles for some minutes).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

from components.core.folders import PROJECT_ROOT
from components.core.prompt import Prompt
from components.models.bundled import gguf_weights, prepare_bundled
from components.models.local.local_model import LocalModel
from components.models.source import Settings

ROUNDS, TOKENS, PEOPLE = 5, 48, 8
BENCH = PROJECT_ROOT / ".venv-bench"
LLAMA = "llama-cpp-python[server]==0.3.36"
NEW = count(1)
Row = dict[str, float]


def asked(many: int) -> list[Prompt]:
    """Prompts that nobody asked before."""
    return [Prompt.from_typed(f"Tell me a long story about {next(NEW)} people on the sea.") for _ in range(many)]


def figures(firsts: Sequence[float], seconds: float, tokens: int) -> Row:
    """The median first token in milliseconds; tokens a second from the question to the end of the last answer."""
    return {"first": statistics.median(firsts) * 1000, "rate": tokens / seconds}


class Plain:
    """What most products do today: `generate` with a `TextIteratorStreamer`, in float32, settings as they come."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        gguf_weights.write_float32(gguf_weights.ShippedWeights(prepare_bundled.shipped_weights()), folder)
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.model: Any = AutoModelForCausalLM.from_pretrained(folder).eval()

    def answers(self, prompts: Sequence[Prompt]) -> Row:
        """Answers to people who asked at the same moment, one after another."""
        began = time.monotonic()
        firsts = [self.first(prompt, began) for prompt in prompts]
        return figures(firsts, time.monotonic() - began, TOKENS * len(prompts))

    def first(self, prompt: Prompt, began: float) -> float:
        """When the first words came of an answer that was waited for to its end."""
        from transformers import TextIteratorStreamer

        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True)
        turns = [{"role": message.role, "content": message.text} for message in prompt.messages]
        read = self.tokenizer.apply_chat_template(
            turns, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        fixed = {"max_new_tokens": TOKENS, "min_new_tokens": TOKENS, "do_sample": False}
        Thread(target=self.model.generate, kwargs={**read, **fixed, "streamer": streamer}).start()
        heard = [time.monotonic() - began for text in streamer if text]
        return heard[0]


def together(model: LocalModel, prompts: Sequence[Prompt]) -> Row:
    """Answers to people who asked at the same moment, as the app asks for them."""
    began = time.monotonic()
    made = [model.ask(prompt) for prompt in prompts]
    for generation in made:
        generation.wait()
    took = time.monotonic() - began
    spoken = [[event for event in generation.events if event.kind == "token"] for generation in made]
    firsts = [(g.began or began) + tokens[0].at - began for g, tokens in zip(made, spoken, strict=True)]
    return figures(firsts, took, sum(map(len, spoken)))


def in_turn(model: LocalModel, prompts: Sequence[Prompt]) -> Row:
    """The same people, each asked after the one before has the whole answer."""
    began = time.monotonic()
    tokens = sum(event.kind == "token" for prompt in prompts for event in model.answer(prompt))
    return {"rate": tokens / (time.monotonic() - began)}


def loaded() -> Row:
    """Seconds from nothing to ready, and the first token of a first question in milliseconds."""
    model, began = LocalModel(settings=Settings(max_tokens=1)), time.monotonic()
    model.start()
    while not model.worker.ready:
        time.sleep(0.005)
    took = time.monotonic() - began
    first = next(model.answer(*asked(1))).at
    model.close()
    return {"seconds": took, "first": first * 1000}


def environment() -> Path:
    """The Python that has llama.cpp, made where there is none."""
    python = BENCH / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(BENCH)], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", LLAMA], check=True)
    return python


@contextmanager
def llama() -> Iterator[Callable[[Sequence[Prompt], int], Row]]:
    """What llama.cpp answers, in a process of its own, with so many threads."""
    python = environment()
    process = subprocess.Popen(
        [python, Path(__file__).parent / "beside" / "llama.py", prepare_bundled.shipped_weights(), str(TOKENS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip
    assert process.stdin and process.stdout
    going, coming = process.stdin, process.stdout

    def answers(prompts: Sequence[Prompt], threads: int) -> Row:
        going.write(json.dumps([[prompt.text for prompt in prompts], threads]) + "\n")
        said = json.loads(coming.readline())
        return figures([said["first"]], said["seconds"], TOKENS * len(prompts))

    try:
        yield answers
    finally:
        going.close()
        process.wait(10)


def interleaved(cases: Mapping[str, Callable[[], Row]]) -> dict[str, list[Row]]:
    """Every case in turn, round after round, so that what else the machine does falls on all; the first warms up."""
    rows: dict[str, list[Row]] = {name: [] for name in cases}
    for n in range(ROUNDS + 1):
        for name, case in cases.items():
            row = case()
            if n:
                rows[name].append(row)
    return rows


def say(rows: Mapping[str, Sequence[Row]]) -> None:
    """One line a case: each figure as [median, least, most]; `times` is its rate in those of others, round by round."""
    for name, mine in rows.items():
        times = {
            other: spread([{"rate": a["rate"] / b["rate"]} for a, b in zip(mine, theirs, strict=True)])["rate"]
            for other, theirs in rows.items()
            if other != name and name.startswith("ours") and "rate" in mine[0]
        }
        sys.stdout.write(json.dumps({"case": name, **spread(mine), "times": times, "n": len(mine)}) + "\n")


def spread(rows: Sequence[Row]) -> dict[str, list[float]]:
    """Median, least and most of each figure."""
    columns = {name: sorted(row[name] for row in rows) for name in rows[0]}
    return {name: [round(v, 2) for v in (statistics.median(c), c[0], c[-1])] for name, c in columns.items()}


def main() -> None:
    """Print one line a case: one person, eight people, loading."""
    model, cores = LocalModel(settings=Settings(temperature=0, max_tokens=TOKENS)), os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder, llama() as other:
        plain = Plain(Path(folder))
        one = {
            "plain": lambda: plain.answers(asked(1)),
            "ours": lambda: together(model, asked(1)),
            "llama.cpp on one core": lambda: other(asked(1), 1),
            "llama.cpp on every core": lambda: other(asked(1), cores),
        }
        eight = {
            "plain, 8 one after another": lambda: plain.answers(asked(PEOPLE)),
            "ours, 8 one after another": lambda: in_turn(model, asked(PEOPLE)),
            "ours, 8 together": lambda: together(model, asked(PEOPLE)),
            "llama.cpp on one core, 8 together": lambda: other(asked(PEOPLE), 1),
        }
        rows = interleaved({**one, **eight, "ours loads": loaded})
    model.close()
    for group in (one, eight, ["ours loads"]):
        say({name: rows[name] for name in group})
    sys.stdout.write(json.dumps({"load of the machine": os.getloadavg(), "cores": cores}) + "\n")


if __name__ == "__main__":
    main()
