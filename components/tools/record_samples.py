"""Record samples: asks the bundled model the first-run questions and keeps its answers in assets/recordings."""

import json
from datetime import UTC, datetime

from components.core.folders import PROJECT_ROOT
from components.core.prompt import Prompt
from components.core.recording import Recording
from components.layers.clarification.options import Options
from components.models.local.local_model import LocalModel
from components.models.make_recording import make_recording
from components.models.source import Settings

SAMPLES_FILE = PROJECT_ROOT / "assets" / "prompts" / "samples.json"
RECORDINGS_FOLDER = PROJECT_ROOT / "assets" / "recordings"
SAMPLE_SETTINGS = Settings(temperature=0.6, top_p=0.9, max_tokens=120)


def sample_prompts() -> dict[str, Prompt]:
    """File name -> prompt: every sample, and what follows each option of the first one."""
    samples = json.loads(SAMPLES_FILE.read_text())
    prompts = {sample["name"]: Prompt.from_typed(sample["prompt"]) for sample in samples}
    first, asks = samples[0]["name"], Options()
    options = [line.strip() for line in asks.options.splitlines() if line.strip()]
    chosen = {f"{first}-choice-{i}": prompts[first].with_choice(asks.question, o) for i, o in enumerate(options, 1)}
    return prompts | chosen


def write_sample(name: str, recording: Recording) -> None:
    """Keep one recording as a file."""
    (RECORDINGS_FOLDER / f"{name}.json").write_text(json.dumps(recording.to_json(), ensure_ascii=False) + "\n")


def main() -> None:
    """Record every sample anew."""
    model, today = LocalModel(settings=SAMPLE_SETTINGS), datetime.now(UTC).date().isoformat()
    try:
        for name, prompt in sample_prompts().items():
            recording = make_recording(model.answer(prompt), prompt, model.card, today)
            write_sample(name, recording)
            print(f"{name}: {recording.token_count} tokens, {recording.seconds:.1f} s\n{recording.text}\n")  # noqa: T201
    finally:
        model.close()


if __name__ == "__main__":
    main()
