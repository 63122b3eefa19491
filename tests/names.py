"""Names: how many public names of components are shared, one word or participles. `python -m tests.names` prints it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROTOCOL = {  # the one name of a thing that many modules have, and why
    "main": "what `python -m` runs",
    "show": "what a page's module gives its page",
    "to_json": "every noun that is written down",
    "from_json": "every noun that is read back",
    "upgrade": "what alembic calls in each migration",
    "downgrade": "what alembic calls in each migration",
}
KEPT = {  # participles that stay, and why
    "shifted": "an event's time, as `in_order` is its order: a word of the stream, not a deed",
    "elapsed": "seconds, in every clock's own word",
}
IRREGULAR = """
    begun bound broken brought built chosen come drawn driven fed felt found given gone got grown heard held kept known
    laid led left lost made meant met paid played put said seen sent set shown sorted spoken spread stood sung sworn
    taken taught thought told understood woken won worn written
""".split()  # noqa: SIM905
FRONT = "_"


@dataclass(frozen=True)
class Definition:
    """A public function, method or class: the module-level ones of `owner` "" have to be unique."""

    file: str
    line: int
    owner: str
    name: str
    is_class: bool
    is_bool: bool

    @property
    def is_participle(self) -> bool:
        """Whether the name is a bare past participle."""
        return self.name in IRREGULAR or re.fullmatch(r"[a-z]+[^e]ed", self.name) is not None

    @property
    def place(self) -> str:
        """Where it stands, as an editor opens it."""
        return f"{self.file}:{self.line} {self.name}"


def public_definitions() -> list[Definition]:
    """Every public function, method and class in components, migrations aside."""
    files = [path for path in (ROOT / "components").rglob("*.py") if "migrations" not in path.parts]
    return [found for path in sorted(files) for found in definitions_in(path)]


def definitions_in(path: Path) -> Iterator[Definition]:
    """The public definitions of one file, methods after their class."""
    file = path.relative_to(ROOT).as_posix()
    for node in ast.parse(path.read_text()).body:
        yield from definitions_of(file, node, "")


def definitions_of(file: str, node: ast.stmt, owner: str) -> Iterator[Definition]:
    """One definition, and those inside a class; nothing where the statement is none or private."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith(FRONT):
        return
    if isinstance(node, ast.ClassDef):
        yield Definition(file, node.lineno, owner, node.name, True, False)
        for inner in node.body:
            yield from definitions_of(file, inner, node.name)
    else:
        gives = ast.unparse(node.returns) if node.returns else ""
        yield Definition(file, node.lineno, owner, node.name, False, gives == "bool")


def shared_names(found: list[Definition]) -> list[Definition]:
    """The module-level functions and classes whose name another one has too."""
    own = [one for one in found if not one.owner and one.name not in PROTOCOL]
    count = Counter(one.name for one in own)
    return [one for one in own if count[one.name] > 1]


def one_word_functions(found: list[Definition]) -> list[Definition]:
    """The module-level functions named by one word."""
    return [one for one in module_functions(found) if "_" not in one.name]


def bare_participles(found: list[Definition]) -> list[Definition]:
    """The functions and methods named by a bare participle, those that say yes or no aside."""
    own = [one for one in found if not one.is_class and one.name not in KEPT]
    return [one for one in own if one.is_participle and not (one.owner and one.is_bool)]


def module_functions(found: list[Definition]) -> list[Definition]:
    """The functions that stand in a module, not in a class."""
    return [one for one in found if not one.owner and not one.is_class]


def main() -> None:
    """Print the shares, and the names behind them."""
    found = public_definitions()
    functions, methods = module_functions(found), [one for one in found if one.owner and not one.is_class]
    own = [one for one in found if not one.owner]
    short = [one for one in methods if "_" not in one.name]
    rows = (
        ("shared names", shared_names(found), own),
        ("one-word functions", one_word_functions(found), functions),
        ("one-word functions and methods", [*one_word_functions(found), *short], [*functions, *methods]),
        ("participles", bare_participles(found), [*functions, *methods]),
    )
    for title, those, all_of_them in rows:
        print(f"{title}: {len(those)} of {len(all_of_them)}, {len(those) / len(all_of_them):.1%}")  # noqa: T201
    for one in (*shared_names(found), *bare_participles(found)):
        print("  ", one.place)  # noqa: T201


if __name__ == "__main__":
    main()
