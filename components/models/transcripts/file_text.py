"""File text: the bytes of an uploaded file as text, in the encoding that it is in, checked and told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from components.core.explained import Explained

MAX_FILE_BYTES = 20_000_000  # bytes
MAX_ROWS = 10_000
TOO_MANY_ROWS = f"This row and the rest were not read: a file may have {MAX_ROWS:,} rows."
NOTHING_IMPORTED, CHOOSE_FILE_TEXT = "Nothing was imported.", "Choose a JSONL, JSON or CSV file."
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8", b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be", b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}  # fmt: skip
BINARY_PREFIXES = {
    b"PK\3\4": "This is a workbook or an archive, not a text file.", b"\x1f\x8b": "This file is compressed.",
    b"BZh": "This file is compressed.", b"\xfd7zXZ": "This file is compressed.",
    b"(\xb5/\xfd": "This file is compressed.",
    b"7z\xbc\xaf": "This file is compressed.", b"\xd0\xcf\x11\xe0": "This is an old Excel workbook, not a text file.",
    b"%PDF": "This is a PDF, not a text file.", b"PAR1": "This is a Parquet file, not a text file.",
    b"ARROW1": "This is an Arrow file, not a text file.", b"SQLite format": "This is a database, not a text file.",
    b"{\\rtf": "This is a formatted text (RTF), not a table.",
}  # fmt: skip
WEB_PAGE_PATTERN = re.compile(r"\s*<(?:!doctype html|html|\?xml)", re.IGNORECASE)
SAMPLE_CHARS = 20_000  # characters of a text that are looked at
ENCODING_NAMES: Mapping[str, str] = {
    "utf-8": "Unicode (UTF-8)", "cp1252": "Western European (Windows-1252)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)", "koi8-r": "Cyrillic (KOI8-R)", "cp932": "Japanese (Shift-JIS)",
    "euc-jp": "Japanese (EUC-JP)", "gb18030": "Chinese, simplified (GBK)", "big5": "Chinese, traditional (Big5)",
    "cp949": "Korean (EUC-KR)", "cp1253": "Greek (Windows-1253)", "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)", "cp1256": "Arabic (Windows-1256)",
    "mac-roman": "Western European (old Macintosh)",
}  # fmt: skip
WESTERN_ALPHABETS = (
    "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúüïç", "àèéìíòóù", "áâãàçéêíóôõúü", "åäöæøé", "äëïéèêöüó", "áéíóúýþæöð", "äöåé",
    "àçéèíïóòúü",
)  # fmt: skip
WESTERN_SIGNS = "“”‘’„‚–—…•€£¥§©®™°«»‹›¿¡·½¼¾×÷±²³µ\xa0´ªº"
MOJIBAKE_PATTERN = re.compile("Ã[\x80-\xbf€-™]|â€[\x80-\xbf“”™œž˜¦]|Â[\xa0-\xbf]|Ð[\x80-\xbf]Ñ")


class UnknownEncoding(Explained):
    """The encoding of a file cannot be told; `samples` has, by encoding, how its foreign letters would read."""

    def __init__(self, samples: Mapping[str, str]) -> None:
        super().__init__(
            "Which letters this file is written in cannot be told: it is not in UTF-8.", NOTHING_IMPORTED,
            "Choose the encoding that shows the right letters, or save the file as “CSV UTF-8”.",
        )  # fmt: skip
        self.samples = samples


@dataclass(frozen=True)
class FileText:
    """The text of a file, and what a person should know of how its letters were read."""

    text: str
    notes: tuple[str, ...] = ()


def decode_file(content: bytes, encoding: str = "") -> FileText:
    """The text of a file, in this encoding where one is given. Explained where it is too large, empty or no text,
    UnknownEncoding where its letters cannot be told.
    """
    if len(content) > MAX_FILE_BYTES:
        raise Explained(
            f"This file has {len(content) / 1e6:,.0f} MB; {MAX_FILE_BYTES // 1_000_000} MB at the most are read.",
            NOTHING_IMPORTED,
            "Split it, or take fewer rows.",
        )  # fmt: skip
    for beginning, what in BINARY_PREFIXES.items():
        if content.startswith(beginning):
            raise Explained(what, NOTHING_IMPORTED, "Save it as CSV or JSONL, unpacked, then choose that file.")
    decoded = FileText(content.decode(encoding, "replace")) if encoding in ENCODING_NAMES else decode_text(content)
    text = decoded.text.replace("\0", "")
    if not text.strip("\ufeff \t\r\n"):
        raise Explained("This file is empty.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT)
    if WEB_PAGE_PATTERN.match(text):
        raise Explained("This is a web page or XML, not a table.", NOTHING_IMPORTED, CHOOSE_FILE_TEXT)
    return FileText(text, (*decoded.notes, *mojibake_notes(text)))


def decode_text(content: bytes) -> FileText:
    """The text without its byte order mark. UnknownEncoding where it is neither Unicode nor plainly Western."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return FileText(content[len(mark) :].decode(encoding, "replace"))
    zeros = content[:4000].count(0)
    if len(content) % 2 == 0 and zeros > len(content[:4000]) / 5:
        odd = content[1:4000:2].count(0)
        return FileText(content.decode("utf-16-le" if odd > zeros / 2 else "utf-16-be", "replace"))
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = len(content) - len(text)  # roughly: every sign beyond ASCII takes more than one byte
    if damaged < max(foreign, 1):
        return FileText(text, damage_notes(text))
    western = content.decode("cp1252", "replace")
    if is_western(western):
        return FileText(western, ("It is not in UTF-8, so its letters were read as Western European (Windows-1252).",))
    raise UnknownEncoding(encoding_samples(content))


def damage_notes(text: str) -> tuple[str, ...]:
    """What to say of signs that could not be read."""
    damaged = text.count("\ufffd")
    signs = "One letter of it is" if damaged == 1 else f"{damaged:,} letters of it are"
    return (f"{signs} damaged and shown as “\ufffd”.",) if damaged else ()


def mojibake_notes(text: str) -> tuple[str, ...]:
    """What to say of letters that were saved in a wrong encoding before."""
    match = MOJIBAKE_PATTERN.search(text[: SAMPLE_CHARS * 10])
    if match is None:
        return ()
    return (
        f"Letters such as “{match[0]}” look as if they were saved in a wrong encoding; they were left as they are.",
    )


def is_western(text: str) -> bool:
    """Whether the letters beyond ASCII are those of one Western European language, among plain ones."""
    foreign = {sign for sign in text if sign > "\x7f" and sign not in WESTERN_SIGNS}
    letters = {sign.lower() for sign in foreign}
    many = sum(sign in foreign for sign in text) > sum(sign.isascii() and sign.isalpha() for sign in text)
    return not many and any(letters <= set(alphabet) for alphabet in WESTERN_ALPHABETS)


def encoding_samples(content: bytes) -> dict[str, str]:
    """How the foreign letters of a file read in each encoding that can hold them, by encoding."""
    samples = {}
    for encoding in ENCODING_NAMES:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        words = [word for word in re.split(r"[\s,;\"|:{}\[\]]+", text[:SAMPLE_CHARS]) if not word.isascii()]
        if not any("\x7f" <= sign <= "\x9f" for word in words for sign in word):
            samples[encoding] = " ".join(words)[:60]
    return samples
