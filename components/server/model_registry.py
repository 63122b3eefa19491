"""Model registry: the models that this server can ask, each opened when it is first needed."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock

from components.core.card import Card
from components.core.explained import Explained
from components.core.recording import Recording
from components.models.build_model import build_model
from components.models.endpoint.bound_key import FindKey
from components.models.endpoint.endpoint import Endpoint
from components.models.local.local_model import LocalModel
from components.models.model import Model
from components.models.source import Settings, Source
from components.models.written.person_model import PersonCompany
from components.store import RegisteredModel, Store

MAX_LOCAL_MODELS = 3  # models that run on this computer at once: each is a process with its weights in memory
UNKNOWN_MODEL = Explained(
    "The model that was chosen is not known here.",
    "Your text is kept, and so are all recordings.",
    "Choose another one on the page Models.",
)
NO_ROOM = Explained(
    f"{MAX_LOCAL_MODELS} models are at work on this computer, and there is no room for another one.",
    "Everything is kept.",
    "Wait until one of them has answered, or pause the recording of a prompt pack, then try again.",
)


class ModelRegistry:
    """Models by their ids in the store; "" is the one that PARALLAX_MODEL names, or the bundled one.

    `find_key` finds an endpoint's key by its name. Explained where there is none.
    """

    def __init__(self, store: Callable[[], Store], find_key: FindKey) -> None:
        self.store, self.find_key = store, find_key
        self._lock = Lock()
        self._models: dict[str, Model] = {}  # the one used last comes last

    def acquire(self, id: str) -> Model:
        """The model with this id, with room to run. Explained where there is none, or no room.

        Nothing of it runs before the first question. Of the models on this computer, the idle one that was used
        longest ago ends its process to make room; it starts anew when it is asked again.
        """
        model = self.get(id)
        with self._lock:
            if isinstance(model, LocalModel) and not model.is_running:
                self._make_room()
            self._models.pop(id, None)
            self._models[id] = model
            return model

    def display_name(self, id: str) -> str:
        """A model's name for every page: what it was called, and what its recordings call it where that is another
        name. Explained where there is none.
        """
        model = self.get(id)
        own = model.card.name
        name = self.record_of(id).name if id else own
        name = name if own in name or model.card.scripted else f"{name} ({own})"
        written = "typed live by a person" if model.card.typed_live else "scripted" if model.card.scripted else ""
        where = "on this computer" if isinstance(model, LocalModel) else written
        return f"{name}, {where}" if where else name

    def get(self, id: str) -> Model:
        """The model with this id; no process is started or ended."""
        if (model := self._models.get(id)) is not None:
            return model
        model = self.build(id)  # outside of the lock: a store that keeps us waiting must not hold up other models
        with self._lock:
            return self._models.setdefault(id, model)

    def find_author(self, card: Card, ids: Iterable[str]) -> str:
        """Of the models with these ids, the one that gives answers with this card. Explained where none does."""
        for id in ids:
            with suppress(Explained):
                own = self.get(id).card
                if (own.name, own.provider) == (card.name, card.provider):
                    return id
        raise Explained(
            f"{card.name}, which gave it, cannot be asked here.", "The answer stays as it is.",
            "Add it on Models, or ask another model live.",
        )  # fmt: skip

    def build(self, id: str) -> Model:
        """A model that was not asked for before."""
        if not id:
            return build_model(source_from_env(), Settings())
        record = self.record_of(id)
        model = self.build_from(record.source, record.settings)
        tested = self.store().finding(id, "profile") if isinstance(model, Endpoint) else None
        if isinstance(model, Endpoint) and tested is not None:
            model.learn_refused(map(str, tested.get("refused", ())))
        return model

    def build_from(self, source: Source, settings: Settings) -> Model:
        """The model behind a source, with all that it may need of this server. Explained where it cannot be one."""
        company = PersonCompany(self.store, self.acquire, self.display_name)
        return build_model(source, settings, self.find_key, self.recordings_of, company)

    def recordings_of(self, prompt: str) -> tuple[Recording, ...]:
        """Every recording of a prompt, for models that only replay."""
        return self.store().recordings_for(prompt)

    def record_of(self, id: str) -> RegisteredModel:
        """What the store knows of a model. Explained where it knows none."""
        record = self.store().model(id)
        if record is None:
            raise UNKNOWN_MODEL
        return record

    def close(self) -> None:
        """End every model's process."""
        for model in tuple(self._models.values()):
            model.close()

    def _make_room(self) -> None:
        running = [model for model in self._models.values() if isinstance(model, LocalModel) and model.is_running]
        if len(running) < MAX_LOCAL_MODELS:
            return
        idle = next((model for model in running if not model.making), None)
        if idle is None:
            raise NO_ROOM
        idle.close()


def source_from_env() -> Source:
    """The model that PARALLAX_MODEL names: nothing for the bundled one, a folder, or a hub's name."""
    where = os.environ.get("PARALLAX_MODEL", "").strip()
    if not where:
        return Source()
    folder = os.path.sep in where and (where.startswith((".", "~", os.path.sep)) or os.path.isdir(where))
    return Source("folder" if folder else "hub", where)
