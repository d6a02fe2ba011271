"""The words of a document that a stranger sent: plain text, Markdown, subtitles, DOCX or PDF, told by its bytes."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pypdf
import pypdf.errors
import pysubs2
import pysubs2.exceptions
from docx import Document
from docx.document import Document as Docx
from docx.oxml.exceptions import InvalidXmlError
from docx.table import Table

from media_assets.web_text import words_of_page
from pixora.foundation.errors import BadMedia

Block = TypeVar("Block")

MOST_CHARACTERS = 60_000
"""A film speaks some 4,500; of a longer text sentences are chosen."""
MOST_PAGES = 200
MOST_UNPACKED_BYTES, MOST_PARTS = 64 << 20, 2_000
"""Of a DOCX, which is a zip, as its directory says; what unpacks to more than that is cut off by zipfile itself."""
MOST_COLUMNS, MOST_BLOCKS, MOST_MERGED, MOST_RUNS, MOST_CELLS = 64, 5_000, 500, 100_000, 20_000
FEWEST_WORDS, MOST_TIMES = 1, 5_000
"""Of a document; and lines of subtitles."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
MOST_CONTROLS = 0.01
"""Of a text's characters; a file with more is none."""
OLD_WORD, RICH_TEXT, ZIP, PDF = b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04", b"%PDF-"
PDF_BEGINS_WITHIN = 1_024
WORD_BODY = "word/document.xml"
LEGACY = "cp1252"
"""What texts are in that are not UTF-8, on most machines that still write such."""
_OPEN_MARK = re.compile(r"\{(?![^{}]{0,400}\})|<(?![^<>]{0,400}>)")
"""A mark that is not closed. For each of them pysubs2 reads all the rest of a text: half a megabyte took a minute."""
NO_TEXT = "file: the file is no text that can be read: TXT, Markdown, DOCX, PDF or SRT, please."
WRONG_IN_PDF: tuple[type[Exception], ...] = (
    pypdf.errors.PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError,
)  # fmt: skip
"""What pypdf raises where a file lies about itself."""
WRONG_IN_DOCX: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, zlib.error, SyntaxError, InvalidXmlError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, NotImplementedError, RecursionError, OSError, EOFError,
)  # fmt: skip
"""What a zip and python-docx raise where a file lies about itself."""
WRONG_IN_SUBTITLES: tuple[type[Exception], ...] = (
    pysubs2.exceptions.Pysubs2Error, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    OverflowError, RecursionError,
)  # fmt: skip
"""What pysubs2, and the reader of XML that it uses for TTML, raise for what only looks like subtitles."""
DAMAGED = "file: the file cannot be read: it is damaged, cut short or not what it seems to be."
LOCKED = "file: the file is protected by a password: save it without one, or paste its text."


@dataclass(frozen=True)
class Read:
    text: str
    format: str
    """`txt`, `srt`, `html`, `docx` or `pdf`."""
    facts: dict[str, Any] = field(default_factory=dict)


def read(file: Path) -> Read:
    """Read a document's words, a line for each of its lines. Raises BadMedia, one sentence that says what to do."""
    with file.open("rb") as opened:
        head = opened.read(PDF_BEGINS_WITHIN)
    if head.startswith(OLD_WORD):
        raise BadMedia("file: the file is in Word's old format or has a password: save it as DOCX without one.")
    if head.startswith(RICH_TEXT):
        raise BadMedia("file: the file is in Rich Text Format: save it as DOCX or TXT.")
    if PDF in head:
        return _checked(_pdf(file))
    return _checked(_docx(file) if head.startswith(ZIP) else _plain(file))


def _checked(found: Read) -> Read:
    text = CONTROLS.sub("", found.text).strip()
    words = sum(any(letter.isalnum() for letter in word) for word in text.split())
    if words < FEWEST_WORDS:
        raise BadMedia("file: there are no words in this file; choose another, or paste the text.")
    if len(text) > MOST_CHARACTERS:
        raise BadMedia(
            f"file: this text has {len(text):,} characters, and at most {MOST_CHARACTERS:,} are read: upload the part"
            " that the film is to be of."
        )
    return Read(text, found.format, {**found.facts, "characters": len(text), "words": words})


def _plain(file: Path) -> Read:
    data = file.read_bytes()
    text = _decoded(data)
    if len(CONTROLS.findall(text)) > MOST_CONTROLS * len(text):
        raise BadMedia(NO_TEXT)
    if PAGE.match(text):
        return Read(words_of_page(text), "html")
    return _subtitles(text) if "-->" in text else Read(text, "txt")


def _decoded(data: bytes) -> str:
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", LEGACY]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadMedia(NO_TEXT)


def _subtitles(text: str) -> Read:
    """Keep what is said, without numbers and marks, and its times beside; a text with an arrow in it stays one."""
    said = subtitles_in(text)
    times = [[start, end] for start, end, _ in said]
    return Read("\n".join(line for *_, line in said), "srt", {"times_ms": times}) if said else Read(text, "txt")


def subtitles_in(text: str) -> list[tuple[int, int, str]]:
    """Read subtitles: from when to when, in milliseconds, each line is shown; none where the text is none."""
    try:
        found = pysubs2.SSAFile.from_string(_OPEN_MARK.sub("", text))
        events = [event for event in found if not event.is_comment]
    except WRONG_IN_SUBTITLES:
        return []
    said = [(event.start, event.end, _without_marks(event.plaintext)) for event in events[:MOST_TIMES]]
    return [each for each in said if each[2]]


def _without_marks(line: str) -> str:
    return " ".join(re.sub(r"<[^<>]{1,60}>|\{\\[^{}]{1,60}\}", "", line).split())


def _docx(file: Path) -> Read:
    try:
        _check_zip(file)
        document = Document(str(file))
        _check_runs(document)
        return Read("\n\n".join(_blocks(document)), "docx")
    except WRONG_IN_DOCX as error:
        raise BadMedia(DAMAGED) from error


def _check_zip(file: Path) -> None:
    """Check what a zip says of itself, before any of it is unpacked."""
    with zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise BadMedia(LOCKED)
    if WORD_BODY not in {part.filename for part in parts}:
        raise BadMedia("file: the file is a zip, and no DOCX: upload the document that is in it.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise BadMedia("file: the file unpacks to far more than a document has: save its text alone.")


def _check_runs(document: Docx) -> None:
    """Check the runs, of which a text has one for each change of its looks, and the cells. Raises BadMedia."""
    body = document.element.body
    if body.xpath("count(.//w:r)") > MOST_RUNS or body.xpath("count(.//w:tc)") > MOST_CELLS:
        raise BadMedia("file: the document is in far more pieces than a text has: save its text alone.")


def _blocks(document: Docx) -> Iterator[str]:
    """Paragraphs and tables in their order: headings, points and numbers as Markdown has them."""
    number, names = 0, _style_names(document)
    for block in _no_more_than(MOST_BLOCKS, document.iter_inner_content()):
        if isinstance(block, Table):
            _check_merged(block)
            yield "\n".join(f"| {' | '.join(_cells(row))} |" for row in _no_more_than(MOST_BLOCKS, block.rows))
            continue
        text = block.text.strip()
        style = names.get(block._p.style or "", "")
        number = number + 1 if text and style.startswith("list number") else 0
        if text:
            yield f"{_mark(style, number)}{text}"


def _check_merged(table: Table) -> None:
    """Check merged cells: to read one that is merged with those above, all rows above are looked at. Raises
    ValueError."""
    if len(table._tbl.xpath(".//w:vMerge")) > MOST_MERGED:
        raise ValueError("merged")


def _no_more_than(most: int, blocks: Iterable[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        if number >= most:
            raise BadMedia(
                f"file: this document has more than {most:,} paragraphs or rows of a table: upload the part that the"
                " film is to be of."
            )
        yield block


def _cells(row: Any) -> list[str]:
    """A cell stands in each column that it says to reach over. Raises ValueError for more than any table has."""
    if sum(cell.grid_span for cell in row._tr.tc_lst) > MOST_COLUMNS:
        raise ValueError("columns")
    return [" ".join(cell.text.split()).replace("|", "\\|") for cell in row.cells]


def _style_names(document: Docx) -> dict[str, str]:
    """Return the names of all styles by their ids: to look for each paragraph's among all of them took minutes."""
    return {style.styleId: (style.name_val or "").lower() for style in document.styles.element.style_lst}


def _mark(style: str, number: int) -> str:
    if style.startswith(("heading", "title", "überschrift", "titel")):
        return "# "
    return f"{number}. " if number else "- " if style.startswith("list bullet") else ""


def _pdf(file: Path) -> Read:
    try:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadMedia(LOCKED)
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            raise BadMedia(
                f"file: this document has {pages:,} pages, and at most {MOST_PAGES} are read: upload the part that the"
                " film is to be of."
            )
        text = _joined(_pages(reader))
    except WRONG_IN_PDF as error:
        raise BadMedia(DAMAGED) from error
    if not text.strip():
        raise BadMedia("file: there is no text in this PDF, only pictures of pages: paste its text.")
    return Read(text, "pdf", {"pages": pages})


def _pages(reader: pypdf.PdfReader) -> Iterator[str]:
    """Read pages until there is more than is read at all."""
    length = 0
    for page in reader.pages:
        text = page.extract_text() or ""
        length += len(text)
        yield text
        if length > 2 * MOST_CHARACTERS:
            return


def _joined(pages: Iterator[str]) -> str:
    """Join the pages without their numbers, and with words whole that were parted at a line's end."""
    lines = [line.rstrip() for page in pages for line in (*page.splitlines(), "") if not line.strip().isdigit()]
    return re.sub(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])", "", "\n".join(lines))
