"""Transformers: a model on this computer: the bundled one, a folder of weights, or one that a hub knows by name."""

from pathlib import Path

from components.core.card import Card
from components.core.event import Stream
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.layers.confidence.score import CLASSIFICATION_TASK
from components.models.bundled import prepare_bundled
from components.models.generation import Generation
from components.models.local.model_task import is_classifier_source
from components.models.local.worker_client import WorkerClient
from components.models.source import Settings, Source


class LocalModel:
    """A model that runs here, in a process of its own. `card` says which one; `answer` waits, `ask` does not."""

    def __init__(self, source: Source | None = None, settings: Settings | None = None) -> None:
        self.source = resolve_folder(source or Source())
        self.settings = settings or Settings()
        self.worker = WorkerClient(self.source, self.settings)

    @property
    def card(self) -> Card:
        """Which model it is. Explained where the bundled one is not prepared."""
        settings = self.settings.to_json()
        if self.source.kind == "bundled":
            return Card(
                prepare_bundled.MODEL_NAME,
                "bundled",
                prepare_bundled.weights_revision(),
                {**settings, "weights": "8 bit"},
            )
        name = Path(self.source.where).name if self.source.kind == "folder" else self.source.where
        if is_classifier_source(self.source):
            settings = {
                "temperature": 0.0,
                "task": CLASSIFICATION_TASK,
            }  # it picks the likeliest class, and is told nothing
        return Card(name, "transformers", self.source.where, {**settings, "weights": "float32"})

    def ask(self, prompt: Prompt) -> Generation:
        """An answer in the making. Explained where the weights are missing or plainly damaged."""
        self.check()
        return self.worker.ask(prompt)

    def answer(self, prompt: Prompt) -> Stream:
        """The answer's events, waiting between them."""
        yield from self.ask(prompt).answer()

    def start(self) -> None:
        """Load it before the first question. Explained as in `ask`."""
        self.check()
        self.worker.start()

    def check(self) -> None:
        """Explained where the weights are missing or plainly damaged; takes about a millisecond."""
        if self.source.kind == "bundled":
            prepare_bundled.read_manifest()

    @property
    def making(self) -> tuple[Generation, ...]:
        """The answers that are being made or wait in the queue."""
        return self.worker.making

    @property
    def is_running(self) -> bool:
        """Whether its process runs."""
        return self.worker.pid is not None

    def close(self) -> None:
        """End its process."""
        self.worker.close()


def resolve_folder(source: Source) -> Source:
    """The source with its folder as an absolute path. Explained where no model lies in the folder."""
    if source.kind != "folder":
        return source
    folder = Path(source.where).expanduser().absolute()
    if not (folder / "config.json").is_file():
        raise Explained(
            f"There is no model in {folder}.",
            "The model in use stays as it is.",
            "Name a folder that holds a config.json, its weights and its tokenizer.",
        )
    return Source("folder", str(folder))
