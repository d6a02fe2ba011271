"""Documents made to keep their reader busy, to fill its memory, or to have it read what is not theirs."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pysubs2
import pytest
from docx import Document
from docx.oxml.styles import CT_Styles

from media_assets import documents
from pixora.foundation.errors import BadMedia

BUSY_S = 5.0
"""Of a processor; what is as long as an upload may be takes less than one."""


def docx(path: Path, old: bytes, new: bytes) -> Path:
    """A document with a table, changed inside."""
    plain, document = io.BytesIO(), Document()
    document.add_paragraph("Hello.")
    document.add_table(1, 2).rows[0].cells[0].text = "a"
    document.save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w") as after:
        for part in before.infolist():
            data = before.read(part)
            after.writestr(part.filename, data.replace(old, new, 1) if part.filename == documents.WORD_BODY else data)
    return path


def test_a_cell_over_a_thousand_million_columns_is_none(tmp_path: Path) -> None:
    made = docx(tmp_path / "a.docx", b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="1000000000"/>')
    with pytest.raises(BadMedia, match="damaged"):
        documents.read(made)


@pytest.mark.parametrize(
    ("old", "new"), [(b"<w:p>", b"<w:p/>" * 30_000 + b"<w:p>"), (b"<w:tr>", b"<w:tr/>" * 30_000 + b"<w:tr>")]
)
def test_a_document_of_tens_of_thousands_of_paragraphs_is_left(tmp_path: Path, old: bytes, new: bytes) -> None:
    made, began = docx(tmp_path / "a.docx", old, new), time.process_time()
    with pytest.raises(BadMedia, match="more than 5,000 paragraphs or rows"):
        documents.read(made)
    assert time.process_time() - began < BUSY_S


def test_a_paragraph_in_hundreds_of_thousands_of_pieces_is_left(tmp_path: Path) -> None:
    made, began = docx(tmp_path / "a.docx", b"<w:r>", b"<w:r/>" * 600_000 + b"<w:r>"), time.process_time()
    with pytest.raises(BadMedia, match="far more pieces"):
        documents.read(made)
    assert time.process_time() - began < BUSY_S


def test_a_column_merged_over_thousands_of_rows_is_left(tmp_path: Path) -> None:
    merged = b"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 3_000
    made, began = docx(tmp_path / "a.docx", b"<w:tr>", merged + b"<w:tr>"), time.process_time()
    with pytest.raises(BadMedia, match="damaged"):
        documents.read(made)
    assert time.process_time() - began < BUSY_S


def test_a_table_of_more_cells_than_letters_is_left(tmp_path: Path) -> None:
    row = b"<w:tr>" + b"<w:tc><w:p/></w:tc>" * 60 + b"</w:tr>"
    with pytest.raises(BadMedia, match="far more pieces"):
        documents.read(docx(tmp_path / "a.docx", b"<w:tr>", row * 400 + b"<w:tr>"))


def test_styles_are_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each paragraph's was looked for among all of them: a document of 200 KB took minutes."""

    def never(*_: object) -> None:
        raise AssertionError("a style is looked for")

    monkeypatch.setattr(CT_Styles, "get_by_id", never)
    styled = b'<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    made = docx(
        tmp_path / "a.docx", b"<w:p>", styled % b"Heading1" + styled % b"none" + styled % b"ListBullet" + b"<w:p>"
    )
    assert documents.read(made).text.splitlines()[:5] == ["# x", "", "x", "", "- x"]


def test_a_document_whose_body_is_none_is_damaged(tmp_path: Path) -> None:
    made = docx(tmp_path / "a.docx", b"<w:p>", b"<w:p>")
    with zipfile.ZipFile(made, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr(documents.WORD_BODY, b"<a/>")
    with pytest.raises(BadMedia, match="damaged"):
        documents.read(made)


def test_a_document_that_does_not_unpack_is_damaged(tmp_path: Path) -> None:
    made, packed = tmp_path / "a.docx", io.BytesIO()
    document = Document()
    document.add_paragraph("Hello.")
    document.save(packed)
    data = bytearray(packed.getvalue())
    data[2_000:2_200] = b"\xff" * 200
    made.write_bytes(data)
    with pytest.raises(BadMedia, match="damaged"):
        documents.read(made)


@pytest.mark.parametrize("entity", [b'SYSTEM "file:///etc/passwd"', b'"lol"'])
def test_a_document_brings_no_entities(tmp_path: Path, entity: bytes) -> None:
    made = docx(tmp_path / "a.docx", b"<w:document", b"<!DOCTYPE x [<!ENTITY a " + entity + b">]><w:document")
    again = docx(tmp_path / "b.docx", b"<w:document", b"<!DOCTYPE x [<!ENTITY a " + entity + b">]><w:document")
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(again, "w") as after:
        for part in before.infolist():
            after.writestr(part.filename, before.read(part).replace(b"Hello.", b"Hello &a;."))
    found = documents.read(again).text
    assert "root:" not in found
    assert "lol" not in found


@pytest.mark.parametrize("piece", ["<p", "<!--", "<a a='", "<div>", "&#", "<script>", "<![CDATA[", "<title>"])
def test_a_page_of_things_that_are_never_closed_is_read_in_no_time(tmp_path: Path, piece: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text("<!doctype html><p>One word.</p>" + piece * ((1 << 20) // len(piece)))
    began = time.process_time()
    with suppress(BadMedia):
        assert documents.read(page).text.startswith("One word.")
    assert time.process_time() - began < BUSY_S


@pytest.mark.parametrize("piece", ["{\\", "<b", "{", "<"])
def test_no_mark_of_subtitles_that_is_left_open_is_looked_for(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader once read all that follows for each of them: half a megabyte took 70 s."""
    given: list[str] = []
    known = pysubs2.SSAFile.from_string

    def noted(text: str) -> pysubs2.SSAFile:
        given.append(text)
        return known(text)

    monkeypatch.setattr(pysubs2.SSAFile, "from_string", noted)
    said = documents.subtitles_in("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Hello</i> there" + piece * 250_000)
    assert piece[0] * 2 not in given[0].replace("b", "").replace("\\", "")
    assert [one[2].startswith("Hello there") for one in said] == [True]


BROKEN_SUBTITLES = {
    "xml cut short": '<tt xmlns="http://www.w3.org/ns/ttml"><!-- --> <body><div><p begin="00:00:01.000"',
    "a bomb of entities": '<!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + ']><tt xmlns="http://www.w3.org/ns/ttml"><!-- --><body><div><p begin="1s" end="2s">&j;</p></div></body></tt>',
    "a file of ours": '<!DOCTYPE tt [<!ENTITY x SYSTEM "file:///etc/passwd">]><tt xmlns="http://www.w3.org/ns/ttml">'
    '<!-- --><body><div><p begin="1s" end="2s">&x; word</p></div></body></tt>',
    "frames of no rate": "{1}{1}0\n{1}{25}Hello -->\n",
    "a table without columns": "[Script Info]\n-->\n[V4+ Styles]\nFormat: Name\nStyle: x,y\n[Events]\nDialogue: 0,1\n",
    "times of no number": '{"segments": [{"start": "x", "end": 2, "text": "-->"}]}',
}


@pytest.mark.parametrize("text", BROKEN_SUBTITLES.values(), ids=BROKEN_SUBTITLES)
def test_what_only_looks_like_subtitles_is_a_text(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text)
    found = documents.read(file)
    assert found.format == "txt"
    assert "root:" not in found.text
    assert len(found.text) < 2_000
