"""SmolLM: the bundled model on its runtime, with a row of memory for each of several conversations."""

import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from components.models.local.token_draft import LikelyTokens

THREADS = 1  # a second one gains little, and the other core stays with the server
PIECE_TOKENS = 16  # tokens of a prompt read at once: those who are being answered wait for it


class SmolLM:
    """Reads tokens into its rows and scores what comes next in each; no row's sums depend on what the others hold."""

    piece, remembers = PIECE_TOKENS, True

    def __init__(self, folder: Path, rows: int) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = THREADS
        self.session = InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
        shapes = {node.name: node.shape[1:] for node in self.session.get_inputs() if node.name.startswith("past.")}
        self.memory = {name: reserve_memory((rows, *shape)) for name, shape in shapes.items()}
        self.rows, self.context = rows, int(shapes["past.0.keys"][1])

    def read(self, row: int, ids: Sequence[int], start: int) -> LikelyTokens:
        """Read tokens into a row, after the `start` it holds; the likeliest next ones and their logprobs."""
        [likely] = self.run(row, [ids], [start])
        return likely

    def step(self, ids: Sequence[int], starts: Sequence[int]) -> list[LikelyTokens]:
        """Read one more token into each of the first rows; as `read` for each."""
        return self.run(0, [[id] for id in ids], starts)

    def run(self, row: int, ids: Sequence[Sequence[int]], starts: Sequence[int]) -> list[LikelyTokens]:
        """Read as many tokens into each of some rows, from `row` on."""
        tokens = np.array(ids, np.int64)
        ends = np.array(starts, np.int32) + tokens.shape[1] - 1
        bound = self.session.io_binding()
        bound.bind_cpu_input("ids", tokens)
        bound.bind_cpu_input("ends", ends)
        bound.bind_cpu_input("longest", np.array(ends.max() + 2, np.int32))
        bound.bind_output("likely")
        bound.bind_output("logprobs")
        for name, memory in self.memory.items():  # read and written in place
            buffer = ("cpu", 0, np.float32, (len(tokens), *memory.shape[1:]), memory[row:].ctypes.data)
            bound.bind_input(name, *buffer)
            bound.bind_output(name.replace("past", "now"), *buffer)
        self.session.run_with_iobinding(bound)
        likely, logprobs = (output.numpy() for output in bound.get_outputs()[:2])
        return list(zip(likely, logprobs, strict=True))

    def swap(self, first: int, second: int, count: int) -> None:
        """Exchange the first tokens of two rows."""
        for memory in self.memory.values():
            memory[[first, second], :, :count] = memory[[second, first], :, :count]

    def copy(self, source: int, target: int, count: int) -> None:
        """Give a row the first tokens of another."""
        for memory in self.memory.values():
            memory[target, :, :count] = memory[source, :, :count]


def reserve_memory(shape: tuple[int, ...]) -> Any:
    """Room for numbers that costs nothing before they are written, and then no more than a small page at a time."""
    room = mmap.mmap(-1, int(np.prod(shape)) * np.dtype(np.float32).itemsize)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        room.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(room, np.float32).reshape(shape)
