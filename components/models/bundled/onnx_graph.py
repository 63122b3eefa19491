"""Graph: the bundled model's sums as an ONNX graph, for a runtime that starts and does them faster than torch."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from components.models.bundled.gguf_weights import Array, ShippedWeights

RUNTIME_DOMAIN = "com.microsoft"  # the operators that the runtime adds to the standard's
ZERO_POINT, BLOCK_SIZE = (
    128,
    32,
)  # weights in 8 bits, a scale for each 32 of them, as they were shipped in 4: next to no loss
TOP_TOKENS = 256  # only so many of the likeliest words leave the graph
NORM_OP, SKIP_NORM_OP = "SimplifiedLayerNormalization", "SkipSimplifiedLayerNormalization"


class GraphBuilder:
    """Steps and weights of a model, joined by name."""

    def __init__(self, shipped: ShippedWeights) -> None:
        self.shipped, self.shape = shipped, shipped.shape
        self.eps = self.shape["rms_norm_eps"]
        self.layers: int = self.shape["num_hidden_layers"]
        self.steps: list[Any] = []
        self.weights: list[Any] = []

    def add_weight(self, name: str, values: Any) -> str:
        """Add a weight, and return its name."""
        self.weights.append(numpy_helper.from_array(np.array(values, order="C"), name))
        return name

    def add_node(self, kind: str, inputs: list[str], *outputs: str, **fixed: Any) -> str:
        """Add a node, and return the name of its first output."""
        self.steps.append(helper.make_node(kind, inputs, outputs, **fixed))
        return outputs[0]

    def norm(self, name: str) -> str:
        """The weights of a norm, as shipped."""
        return self.add_weight(name, self.shipped.weight(name))

    def quantise_weight(self, name: str, weight: Array) -> tuple[str, str]:
        """Add a weight in 8 bits with the scales of its blocks, and return their two names."""
        blocks = weight.reshape(len(weight), -1, BLOCK_SIZE)
        scale = np.maximum(np.abs(blocks).max(axis=2), 1e-8) / (ZERO_POINT - 1)
        whole = (np.rint(blocks / scale[:, :, None]) + ZERO_POINT).astype(np.uint8)
        return self.add_weight(name, whole), self.add_weight(f"{name}.scale", scale.astype(np.float32))

    def matmul(self, source: str, target: str, weight: tuple[str, str], rows: int, columns: int) -> str:
        """Add a product of 8-bit numbers with a weight, row by row, and return its name."""
        fixed = {"N": rows, "K": columns, "bits": 8, "block_size": BLOCK_SIZE, "accuracy_level": 4}
        return self.add_node("MatMulNBits", [source, *weight], target, domain=RUNTIME_DOMAIN, **fixed)

    def linear(self, source: str, target: str, *names: str) -> str:
        """A product with some of the shipped weights, one below the other."""
        weight = np.concatenate([self.shipped.weight(name) for name in names])
        return self.matmul(source, target, self.quantise_weight(f"{target}.weight", weight), *weight.shape)

    def lookup(self, table: tuple[str, str], width: int) -> str:
        """The tokens that come in, each as its row of the embedding."""
        whole = self.add_node(
            "Cast", [self.add_node("Gather", [table[0], "ids"], "rows")], "rows.float", to=TensorProto.FLOAT
        )
        around = self.add_node(
            "Sub", [whole, self.add_weight("middle", np.array([ZERO_POINT], np.float32))], "rows.around"
        )
        scale = self.add_node("Gather", [table[1], "ids"], "rows.scale")
        blocks = self.add_node("Unsqueeze", [scale, self.add_weight("inner", np.array([-1]))], "rows.blocks")
        scaled = self.add_node("Mul", [around, blocks], "rows.scaled")
        return self.add_node("Reshape", [scaled, self.add_weight("wide", np.array([0, 0, width]))], "x")

    def add_rotary_tables(self) -> None:
        """Add the tables of the rotary position embedding (cos and sin)."""
        width = self.shape["head_dim"]
        speed = self.shape["rope_theta"] ** (-np.arange(0, width, 2) / width)
        angles = np.outer(np.arange(self.shape["max_position_embeddings"]), speed)
        self.add_weight("cos", np.cos(angles).astype(np.float32))
        self.add_weight("sin", np.sin(angles).astype(np.float32))

    def layer(self, n: int, x: str, normed: str) -> tuple[str, str]:
        """Add a transformer layer, and return the names of its output and of the normed output."""
        at, own, following = (
            f"layer.{n}",
            f"blk.{n}",
            f"blk.{n + 1}.attn_norm" if n + 1 < self.layers else "output_norm",
        )
        mixed = self.linear(normed, f"{at}.mixed", f"{own}.attn_q", f"{own}.attn_k", f"{own}.attn_v")
        taken = self.add_node(
            "GroupQueryAttention", [mixed, "", "", *cache_names("past", n), "ends", "longest", "cos", "sin"],
            f"{at}.taken", *cache_names("now", n), domain=RUNTIME_DOMAIN, num_heads=self.shape["num_attention_heads"],
            kv_num_heads=self.shape["num_key_value_heads"], scale=self.shape["head_dim"] ** -0.5,
            do_rotary=1, rotary_interleaved=1,
        )  # fmt: skip
        out = self.linear(taken, f"{at}.out", f"{own}.attn_output")
        inner, x = self.add_and_norm(x, out, f"{own}.ffn_norm", f"{at}.inner")
        gate, up = (self.linear(inner, f"{at}.{name}", f"{own}.ffn_{name}") for name in ("gate", "up"))
        opened = self.add_node("Mul", [gate, self.add_node("Sigmoid", [gate], f"{at}.sigmoid")], f"{at}.opened")
        down = self.linear(self.add_node("Mul", [opened, up], f"{at}.both"), f"{at}.down", f"{own}.ffn_down")
        following = f"blk.{n + 1}.attn_norm" if n + 1 < self.layers else "output_norm"
        normed, x = self.add_and_norm(x, down, following, f"{at}.end")
        return x, normed

    def add_and_norm(self, x: str, addend: str, norm: str, target: str) -> tuple[str, str]:
        """Add two tensors, and return the names of the normed sum and of the sum."""
        sums = [x, addend, self.norm(norm)]
        return self.add_node(
            SKIP_NORM_OP, sums, target, "", "", f"{target}.sum", domain=RUNTIME_DOMAIN, epsilon=self.eps
        ), f"{target}.sum"


def cache_names(when: str, n: int) -> tuple[str, str]:
    """The names of a layer's key and value cache."""
    return f"{when}.{n}.keys", f"{when}.{n}.values"


def write_graph(shipped: ShippedWeights, folder: Path) -> None:
    """The graph in `folder`: tokens of several conversations in, the likeliest next ones with their logprobs out."""
    graph = GraphBuilder(shipped)
    embedding = shipped.weight("token_embd")
    table = graph.quantise_weight("embedding", embedding)
    graph.add_rotary_tables()
    x = graph.lookup(table, embedding.shape[1])
    normed = graph.add_node(
        NORM_OP, [x, graph.norm("blk.0.attn_norm")], "normed", axis=-1, epsilon=graph.eps, stash_type=1
    )
    for n in range(graph.layers):
        x, normed = graph.layer(n, x, normed)
    last = graph.add_node("Gather", [normed, graph.add_weight("last", np.array(-1))], "last.row", axis=1)
    scores = graph.matmul(last, "scores", table, *embedding.shape)
    top = graph.add_node("TopK", [scores, graph.add_weight("many", np.array([TOP_TOKENS]))], "top", "likely")
    total = graph.add_node("ReduceLogSumExp", [scores, graph.add_weight("words", np.array([-1]))], "total")
    graph.add_node("Sub", [top, total], "logprobs")
    onnx.save(onnx_model(graph), folder / "model.onnx", save_as_external_data=True, location="model.weights")


def onnx_model(graph: GraphBuilder) -> Any:
    """The model with what goes in and what comes out; the last dimensions of its memory are for the whole context."""
    shape, value = graph.shape, helper.make_tensor_value_info
    memory = ["rows", shape["num_key_value_heads"], shape["max_position_embeddings"], shape["head_dim"]]
    names = {when: [name for n in range(graph.layers) for name in cache_names(when, n)] for when in ("past", "now")}
    inputs = [
        value("ids", TensorProto.INT64, ["rows", "tokens"]),
        value("ends", TensorProto.INT32, ["rows"]),
        value("longest", TensorProto.INT32, []),
        *(value(name, TensorProto.FLOAT, memory) for name in names["past"]),
    ]
    outputs = [
        value("likely", TensorProto.INT64, ["rows", TOP_TOKENS]),
        value("logprobs", TensorProto.FLOAT, ["rows", TOP_TOKENS]),
        *(value(name, TensorProto.FLOAT, memory) for name in names["now"]),
    ]
    versions = [helper.make_opsetid("", 21), helper.make_opsetid(RUNTIME_DOMAIN, 1)]
    inner = helper.make_graph(graph.steps, "model", inputs, outputs, graph.weights)
    return helper.make_model(inner, opset_imports=versions, ir_version=10)
