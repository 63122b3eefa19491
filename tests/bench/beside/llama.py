"""llama.cpp on the same weights, for comparison: reads prompts and a number of threads a line, says its figures.

Run by tests.bench.model in an environment of its own: python llama.py WEIGHTS TOKENS
"""

import json
import sys
import time
from typing import Any

import llama_cpp as c
import numpy as np

SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
WRITTEN = "<|im_start|>system\n{}<|im_end|>\n<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n"


class Batch:
    """Tokens for llama.cpp to read in one go, each in the row of one conversation."""

    def __init__(self, size: int) -> None:
        self.made = c.llama_batch_init(size, 0, 1)

    def add(self, token: int, place: int, row: int, scored: bool) -> None:
        """One more token."""
        n, made = self.made.n_tokens, self.made
        made.token[n], made.pos[n], made.n_seq_id[n], made.logits[n] = token, place, 1, scored
        made.seq_id[n][0] = row
        made.n_tokens += 1


def room(model: Any) -> Any:
    """Memory for eight conversations."""
    params = c.llama_context_default_params()
    params.n_ctx, params.n_seq_max, params.kv_unified = 4096, 8, True
    return c.llama_init_from_model(model.model, params)


def answer(model: Any, context: Any, prompts: list[str], tokens: int) -> dict[str, float]:
    """Greedy answers to all prompts at once: the median first token in seconds, and the whole."""
    began = time.monotonic()
    c.llama_memory_clear(c.llama_get_memory(context), True)
    words = c.llama_vocab_n_tokens(c.llama_model_get_vocab(model.model))
    read = [model.tokenize(WRITTEN.format(SYSTEM, text).encode(), add_bos=False, special=True) for text in prompts]
    firsts, following = [], []
    for row, ids in enumerate(read):
        batch = Batch(len(ids))
        for place, id in enumerate(ids):
            batch.add(id, place, row, place == len(ids) - 1)
        c.llama_decode(context, batch.made)
        following.append(likeliest(context, -1, words))
        firsts.append(time.monotonic() - began)
    for n in range(tokens - 1):
        batch = Batch(len(prompts))
        for row, id in enumerate(following):
            batch.add(id, len(read[row]) + n, row, True)
        c.llama_decode(context, batch.made)
        following = [likeliest(context, row, words) for row in range(len(prompts))]
    return {"first": float(np.median(firsts)), "seconds": time.monotonic() - began}


def likeliest(context: Any, place: int, words: int) -> int:
    """The token that is likeliest to come next."""
    return int(np.ctypeslib.as_array(c.llama_get_logits_ith(context, place), (words,)).argmax())


def main() -> None:
    """Answer until standard input closes."""
    weights, tokens = sys.argv[1], int(sys.argv[2])
    model = c.Llama(weights, n_ctx=64, verbose=False)
    context = room(model)
    for line in sys.stdin:
        prompts, threads = json.loads(line)
        c.llama_set_n_threads(context, threads, threads)
        print(json.dumps(answer(model, context, prompts, tokens)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
