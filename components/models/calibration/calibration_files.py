"""Calibrations: what is known about each model's scores: those that come with Parallax, and those made here."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from components.core.calibration import Calibration
from components.core.card import Card
from components.core.explained import Explained
from components.core.folders import PROJECT_ROOT, data_folder
from components.models.calibration.answer_sets import LABELS_PREFIX

SHIPPED_FOLDER = PROJECT_ROOT / "assets" / "calibration"


def local_folder() -> Path:
    """The folder of what was calibrated on this computer."""
    return data_folder() / "calibration"


def calibrations_for(card: Card) -> tuple[Calibration, ...]:
    """Every calibration of just this model, those made here first and in place of those that come with Parallax.

    Explained where a file is damaged.
    """
    files = [*sorted(local_folder().glob("*.json")), *sorted(SHIPPED_FOLDER.glob("*.json"))]
    by_identity: dict[tuple[object, ...], Calibration] = {}
    for calibration in (
        calibration for file in files for calibration in read_calibrations(file) if calibration.made_for(card)
    ):
        by_identity.setdefault(calibration_identity(calibration), calibration)
    return tuple(by_identity.values())


def closest_calibration(card: Card, source: str, look: int = 0) -> Calibration | None:
    """The calibration of this model for one kind of score, at the temperature closest to the model's."""
    temperature = float(card.settings.get("temperature", 0.0))
    suited = [calibration for calibration in calibrations_for(card) if calibration.suits(source, look)]
    return min(suited, key=lambda calibration: abs(calibration.temperature - temperature), default=None)


def read_calibrations(file: Path) -> tuple[Calibration, ...]:
    """The calibrations in a file."""
    try:
        return tuple(Calibration.from_json(values) for values in json.loads(file.read_text("utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise Explained(
            f"The calibration in {file.name} cannot be read.",
            "Badges stay as they are.",
            "Calibrate the model again, or take the file away.",
        ) from error


def write_calibrations(file: Path, calibrations: Iterable[Calibration]) -> None:
    """Keep calibrations in a file, in place of what was there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    values = ",\n".join(json.dumps(calibration.to_json(), ensure_ascii=False) for calibration in calibrations)
    file.write_text(f"[\n{values}\n]\n", "utf-8")


def keep_calibrations(calibrations: tuple[Calibration, ...]) -> Path:
    """Keep what was calibrated here, in place of what was known of the same; what was kept last counts."""
    name = re.sub(r"[^\w.-]+", "-", calibrations[0].model).strip("-.") or "model"
    file = local_folder() / f"{name}.json"
    anew = {calibration_identity(calibration) for calibration in calibrations}
    before = read_calibrations(file) if file.exists() else ()
    write_calibrations(
        file, (*calibrations, *(calibration for calibration in before if calibration_identity(calibration) not in anew))
    )
    return file


def calibration_identity(calibration: Calibration) -> tuple[object, ...]:
    """What only one calibration is kept for; what people judged does not replace what was asked, nor the other way."""
    return (
        calibration.model,
        calibration.revision,
        calibration.temperature,
        calibration.source,
        calibration.look,
        rests_on_labels(calibration),
    )


def rests_on_labels(calibration: Calibration) -> bool:
    """Whether it rests on recordings that people judged right or wrong."""
    return calibration.asked.startswith(LABELS_PREFIX)


def label_calibrations(model: str) -> tuple[Calibration, ...]:
    """Every calibration of a model of this name that rests on what people judged. Explained where a file is damaged."""
    several = (calibration for file in sorted(local_folder().glob("*.json")) for calibration in read_calibrations(file))
    return tuple(calibration for calibration in several if calibration.model == model and rests_on_labels(calibration))


def forget_labels(model: str) -> None:
    """Take them away again: what was known without them counts. Explained where a file is damaged."""
    for file in sorted(local_folder().glob("*.json")):
        write_calibrations(
            file,
            [
                calibration
                for calibration in read_calibrations(file)
                if calibration.model != model or not rests_on_labels(calibration)
            ],
        )
