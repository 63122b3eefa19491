"""Mutants: how many small changes to the code the tests noticed, by module, and which ones they did not."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "mutants"
SURVIVED, UNTESTED = 0, 33  # exit codes in mutmut's files: every test passed; no test comes by


def exit_codes(folder: Path = FOLDER) -> Iterator[tuple[str, int]]:
    """The name of every change that was tried, as `mutmut show` takes it, with its exit code."""
    for file in sorted(folder.rglob("*.meta")):
        for name, code in json.loads(file.read_text())["exit_code_by_key"].items():
            if code is not None:
                yield name, code


def module_table(codes: Mapping[str, int]) -> Iterator[str]:
    """A line for each module with its share noticed, worst first, and one for all."""
    modules: dict[str, list[bool]] = defaultdict(list)
    for name, code in codes.items():
        modules[name.rpartition(".")[0]].append(code not in (SURVIVED, UNTESTED))
    for module, noticed in sorted(modules.items(), key=lambda row: sum(row[1]) / len(row[1])):
        yield f"{sum(noticed):6,} of {len(noticed):6,}  {100 * sum(noticed) / len(noticed):5.1f} %  {module}"
    every = [one for noticed in modules.values() for one in noticed]
    if every:
        yield f"{sum(every):6,} of {len(every):6,}  {100 * sum(every) / len(every):5.1f} %  noticed in all"


def main() -> None:
    """Print the changes that no test noticed, then the table."""
    codes = dict(exit_codes())
    missed = [f"{name}{' (no test)' * (code == UNTESTED)}" for name, code in codes.items() if code in (0, UNTESTED)]
    print("\n".join([*missed, *module_table(codes)]))  # noqa: T201


if __name__ == "__main__":
    main()
