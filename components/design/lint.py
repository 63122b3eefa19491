"""Lint: what a designer should know about a prototype before people see it."""

from collections.abc import Mapping
from dataclasses import replace

from components.core.card import Card
from components.core.layer import Family, Layer, name_as_words, pattern_title
from components.core.prototype import Prototype
from components.core.remark import NO_DELIVERY, NO_RECOVERY, Remark


def lint(prototype: Prototype, card: Card | None = None) -> tuple[Remark, ...]:
    """Every remark on a prototype in front of the model of this card; none of them stops it from playing."""
    remarks = [(Family.DELIVERY, remark) for remark in lint_delivery(prototype)]
    remarks += [(layer.family, remark) for layer in prototype.playing_layers for remark in layer.remarks(card)]
    remarks += [(Family.FAILURE, remark) for remark in lint_failure(prototype)]
    remarks += [(layer.family, remark) for layer in prototype.layers for remark in contradictions(layer, prototype)]
    return tuple(remark for _, remark in sorted(remarks, key=lambda pair: pair[0]))


def apply_cure(prototype: Prototype, remark: Remark, patterns: Mapping[str, type[Layer]]) -> Prototype:
    """The prototype with the remark's cure applied: patterns taken away, turned, and added with their usual dials."""
    layers = [turned_layer(layer, remark) for layer in prototype.layers if type(layer).__name__ not in remark.without]
    return prototype.with_layers((*layers, *(kind() for kind in curing_patterns(remark, patterns))))


def cure_all(prototype: Prototype, patterns: Mapping[str, type[Layer]]) -> Prototype:
    """The prototype with every remark cured that has a cure."""
    for _ in range(len(patterns)):
        remark = next((remark for remark in lint(prototype) if cure_words(remark, patterns)), None)
        if remark is None:
            break
        prototype = apply_cure(prototype, remark, patterns)
    return prototype


def cure_words(remark: Remark, patterns: Mapping[str, type[Layer]]) -> str:
    """The step that cures a remark in a few words; "" where there is none."""
    steps = (("take away", remark.without), ("add", [kind.__name__ for kind in curing_patterns(remark, patterns)]))
    words = [f"{verb} {' and '.join(map(name_as_words, patterns))}" for verb, patterns in steps if patterns]
    words += [
        f"set {dial.replace('_', ' ')} of {name_as_words(name)} to “{value}”" for name, dial, value in remark.turns
    ]
    return " and ".join(words)


def turned_layer(layer: Layer, remark: Remark) -> Layer:
    """The layer with the dials turned that the remark names for it."""
    name = type(layer).__name__
    return replace(layer, **{dial: value for pattern, dial, value in remark.turns if pattern == name})


def curing_patterns(remark: Remark, patterns: Mapping[str, type[Layer]]) -> list[type[Layer]]:
    """The pattern that gives a prototype what it lacks; none where it lacks nothing."""
    return [kind for kind in patterns.values() if remark.lacks and kind.cures == remark.lacks][:1]


def lint_delivery(prototype: Prototype) -> tuple[Remark, ...]:
    """The remarks on delivery: there should be exactly one pattern that releases words, and at most one waiting
    sign.
    """
    releases = [layer for layer in prototype.layers if layer.releases]
    signs = [layer for layer in prototype.layers if layer.waits]
    remarks = []
    if not releases:
        text = "No delivery pattern: the words are shown as the model gives them. Choose how they arrive."
        remarks.append(Remark(text, lacks=NO_DELIVERY))
    if len(releases) > 1:
        text = f"{join_titles(releases)} both decide when words are shown. The slower one wins; keep one of them."
        remarks.append(Remark(text, without=class_names(releases[:-1])))
    if len(signs) > 1:
        text = f"{join_titles(signs)} share one wait. Only {join_titles(signs[-1:])} will be seen; keep one of them."
        remarks.append(Remark(text, without=class_names(signs[:-1])))
    return tuple(remarks)


def lint_failure(prototype: Prototype) -> tuple[Remark, ...]:
    """The remarks on failure: some pattern should take over when the answer breaks, also after the last retry."""
    layers = prototype.layers_of(Family.FAILURE)
    if any(not layer.retries for layer in layers):
        return ()
    if layers:
        text = (
            f"{join_titles(list(layers))} has nothing after it: when the last attempt fails, people see the raw error. "
        )
        return (Remark(text + "Add a failure pattern.", lacks=NO_RECOVERY),)
    return (Remark("No failure pattern: when the answer breaks, people see the raw error.", lacks=NO_RECOVERY),)


def contradictions(layer: Layer, prototype: Prototype) -> tuple[Remark, ...]:
    """A remark for each rival of a pattern that stands in the same prototype."""
    present = {type(other).__name__ for other in prototype.layers}
    own = (type(layer).__name__,)
    return tuple(Remark(text, without=own) for name, text in layer.rivals.items() if name in present)


def join_titles(layers: list[Layer]) -> str:
    """The patterns' titles joined by “and”."""
    return " and ".join(pattern_title(type(layer)) for layer in layers)


def class_names(layers: list[Layer]) -> tuple[str, ...]:
    """The patterns' class names."""
    return tuple(type(layer).__name__ for layer in layers)
