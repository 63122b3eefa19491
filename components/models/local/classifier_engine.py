"""Classes: a model that sorts texts. Its answer is the name of one class, with the probability of each."""

import time
from collections.abc import Iterator
from typing import Any

import torch

from components.core.event import Event
from components.core.explained import Explained
from components.core.prompt import Prompt
from components.core.recording import events_after
from components.models.local.token_engine import ENGINE_ERRORS, NumberedEvents

NO_CLASSES = Explained(
    "This model gives a number and no class.",
    "The models you have added stay as they are.",
    "Add a model that names at least two classes.",
)


class ClassifierEngine:
    """Sorts a text at once, whole: an engine that has never anything left to do."""

    idle = True

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self.model, self.tokenizer = model, tokenizer
        named = getattr(model.config, "id2label", None) or {}
        self.names = [str(named.get(index, index)) for index in range(int(model.config.num_labels))]
        if len(self.names) < 2:
            raise NO_CLASSES
        longest = getattr(model.config, "max_position_embeddings", 0) or tokenizer.model_max_length
        self.context = min(int(longest), int(tokenizer.model_max_length))

    def begin(self, number: int, prompt: Prompt, began: float) -> NumberedEvents:
        """The class of what the person said last: one token, the other classes its alternatives."""
        try:
            events = tuple(events_after(self.events(prompt.text), prompt.partial))
        except ENGINE_ERRORS as error:
            events = (Event(0.0, "error", f"{type(error).__name__}: {error}", {"fault": "server"}),)
        at = time.monotonic() - began
        return ((number, event.with_time(at)) for event in events)

    def stop(self, _: int) -> NumberedEvents:
        """Nothing: an answer is over as soon as it begins."""
        return iter(())

    def advance(self) -> NumberedEvents:
        """Nothing: an answer is over as soon as it begins."""
        return iter(())

    def events(self, text: str) -> Iterator[Event]:
        """The token event with every class's logprob and the end, both at 0 s; an error where the text is too long."""
        inputs = self.tokenizer(text, return_tensors="pt")
        if (length := inputs["input_ids"].shape[1]) > self.context:
            cause = f"ContextLengthError: this text is {length:,} tokens long; the model reads {self.context:,}"
            yield Event(0.0, "error", cause, {"fault": "context"})
            return
        with torch.inference_mode():
            scores = self.model(**inputs.to(self.model.device)).logits[0].float().cpu()
        several = self.model.config.problem_type == "multi_label_classification"
        chances = torch.nn.functional.logsigmoid(scores) if several else scores.log_softmax(-1)
        best = chances.argsort(descending=True).tolist()
        likely = [[self.names[index], round(float(chances[index]), 4)] for index in best]
        yield Event(0.0, "token", likely[0][0], {"logprob": likely[0][1], "alternatives": likely})
        yield Event(0.0, "end", data={"reason": "stop"})
