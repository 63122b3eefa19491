"""How fast the bundled model answers, beside plain `transformers`. Run: python -m tests.bench.model"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

from components.core.prompt import Prompt
from components.models import bundled, convert
from components.models.source import Settings
from components.models.transformers import Transformers

ROUNDS, TOKENS = 5, 100
ASK = Prompt.read("Tell me a long story about the sea.")
Row = dict[str, float]


class Plain:
    """What most products do today: `generate` with a `TextIteratorStreamer`, in float32, settings as they come."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        convert.write_float32(convert.Shipped(bundled.shipped()), folder)
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.model: Any = AutoModelForCausalLM.from_pretrained(folder).eval()

    def answer(self, prompt: Prompt) -> Row:
        """One answer's figures."""
        from transformers import TextIteratorStreamer

        began = time.monotonic()
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True)
        turns = [{"role": message.role, "content": message.text} for message in prompt.messages]
        read = self.tokenizer.apply_chat_template(
            turns, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        fixed = {"max_new_tokens": TOKENS, "min_new_tokens": TOKENS, "do_sample": False}
        Thread(target=self.model.generate, kwargs={**read, **fixed, "streamer": streamer}).start()
        at = [time.monotonic() - began for text in streamer if text]
        return figures(at[0], time.monotonic() - began)


def figures(first: float, seconds: float, tokens: int = TOKENS) -> Row:
    """First token in milliseconds; tokens a second from the question to the end of the answer."""
    return {"first": first * 1000, "rate": tokens / seconds}


def ours(model: Transformers, prompt: Prompt) -> Row:
    """One answer's figures, as the app asks for it."""
    began = time.monotonic()
    generation = model.ask(prompt)
    at = [time.monotonic() - began for event in generation.answer() if event.kind == "token"]
    return figures(at[0], time.monotonic() - began, len(at))


def loaded() -> Row:
    """Seconds from nothing to ready."""
    model, began = Transformers(), time.monotonic()
    model.start()
    while not model.worker.ready:
        time.sleep(0.005)
    took = time.monotonic() - began
    model.close()
    return {"seconds": took}


def ratio(rows: Sequence[Row], others: Sequence[Row]) -> Row:
    """How many times the others' rate, round by round."""
    return spread([{"times": row["rate"] / other["rate"]} for row, other in zip(rows, others, strict=True)])


def spread(rows: Sequence[Row]) -> Any:
    """The median and the range of each figure."""
    said = {}
    for name in rows[0]:
        values = sorted(row[name] for row in rows)
        said[name] = [round(value, 2) for value in (statistics.median(values), values[0], values[-1])]
    return said


def say(case: str, rows: Sequence[Row], **more: Any) -> None:
    """One line: a case, each figure as [median, least, most]."""
    sys.stdout.write(json.dumps({"case": case, **spread(rows), **more, "n": len(rows)}) + "\n")
    sys.stdout.flush()


def interleaved(cases: Mapping[str, Callable[[], Row]]) -> dict[str, list[Row]]:
    """Every case once to warm up, then in turn, so that what else the machine does falls on all of them."""
    rows: dict[str, list[Row]] = {name: [] for name in cases}
    for n in range(ROUNDS + 1):
        for name, case in cases.items():
            row = case()
            if n:
                rows[name].append(row)
    return rows


def main() -> None:
    """Print one line a case."""
    model = Transformers(settings=Settings(temperature=0, max_tokens=TOKENS))
    with tempfile.TemporaryDirectory() as folder:
        plain = Plain(Path(folder))
        rows = interleaved({"plain": lambda: plain.answer(ASK), "ours": lambda: ours(model, ASK), "load": loaded})
    model.close()
    say("plain generate, float32, streamed", rows["plain"])
    say("the bundled model", rows["ours"], against_plain=ratio(rows["ours"], rows["plain"]))
    say("the bundled model loads, from the second time on", rows["load"])


if __name__ == "__main__":
    main()
