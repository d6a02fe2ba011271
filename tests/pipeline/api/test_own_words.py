"""Films of their users' own words over REST: given with the order, told in the answer, followed otherwise later."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from media_assets import documents
from pipeline.film.own_words.reading import MOST_CHARACTERS
from pipeline.models import Task
from pipeline.planning.film_plan import settings_of
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.script import written_by
from pipeline.services import films, own_words
from pixora.accounts.models import User
from tests.pipeline.api.caller import ROOT, Caller
from tests.pipeline.user_files import picture
from tests.pixora.accounts.doors import bearer

SCRIPT = 'Scene 1: A dog. Narration: "Rex never barks." Scene 2: A cat. Narration: "Minka always does."'
WORDS = ["Rex never barks.", "Minka always does."]
STORY = "The bakery opens at six. Nobody remembers a morning when it did not. By nine the baker is alone again."


def written(task_id: str) -> list[str]:
    """The narrations that the local writer gives it; the run that would have it written is called off."""
    task = Task.objects.get(id=task_id)
    settings = settings_of(task)
    request = ScriptRequest(
        task.prompt, settings.duration, settings.aspect_ratio, settings.style, settings.language, settings.voice,
        False, 0, source=task.source, source_mode=settings.source,
    )  # fmt: skip
    assert films.cancel(task=task)
    return [scene.script for scene in written_by(request).scenes]


def uploaded(user: User, name: str, data: bytes, *, status: int = 201, wanted: str = "") -> Any:
    answer = Client().post(f"{ROOT}uploads{wanted}", {"file": SimpleUploadedFile(name, data)}, headers=bearer(user))
    assert answer.status_code == status, answer.content
    return answer.json()


def docx() -> bytes:
    document, written = Document(), io.BytesIO()
    document.add_heading("Tea", 0)
    for step in ("Boil water.", "Pour it.", "Wait."):
        document.add_paragraph(step, style="List Number")
    document.save(written)
    return written.getvalue()


def docx_of(body: Callable[[bytes], bytes]) -> bytes:
    """The same document with another body."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            data = source.read(name)
            packed.writestr(name, body(data) if name == "word/document.xml" else data)
    return written.getvalue()


def entities(told: str, named: str) -> bytes:
    """A document that has its words from entities."""
    declared = f"?><!DOCTYPE r [{told}]>".encode()
    return docx_of(lambda body: body.replace(b"?>", declared, 1).replace(b"Boil", f"Boil &{named};".encode()))


LAUGHS = "<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
LONG_BODY = docx_of(lambda body: body.replace(b"Boil", b"Boil " + b"a " * (5 << 20)))


def lying() -> bytes:
    """A bomb that says of itself that it is small."""
    data, name = bytearray(LONG_BODY), b"word/document.xml"
    at = next(
        found.start() for found in re.finditer(b"PK\x01\x02", data) if data[found.start() + 46 :].startswith(name)
    )
    data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    return bytes(data)


def overlapping() -> bytes:
    """A bomb whose parts are all the same few bytes."""
    begins, ends = LONG_BODY.index(b"PK\x01\x02"), LONG_BODY.index(b"PK\x05\x06")
    parts, tail, times = LONG_BODY[begins:ends], bytearray(LONG_BODY[ends:]), 60
    count = int.from_bytes(tail[10:12], "little") * times
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = (len(parts) * times).to_bytes(4, "little")
    return LONG_BODY[:begins] + parts * times + bytes(tail)


def pdf(pages: int = 1, *, password: str = "") -> bytes:
    writer, written = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(written)
    return written.getvalue()


def zipped(name: str, size: int = 1) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, b"0" * size)
    return written.getvalue()


def test_a_prompt_that_is_a_script_is_the_script(caller: Caller) -> None:
    task = caller.post("tasks", {"prompt": SCRIPT, "resolution": "72p"}, status=201)
    assert task["settings"]["source"] == "verbatim"
    assert (task["settings"]["duration"], task["source"]["kind"], task["source"]["scenes"]) == (10, "script", 2)
    assert written(task["id"]) == WORDS


def test_a_wish_has_no_source(caller: Caller) -> None:
    task = caller.post("tasks", {"prompt": "A film about cats"}, status=201)
    assert task["source"] is None
    assert "source" not in task["settings"]


@pytest.mark.parametrize("mode", ["condensed", {"mode": "condensed"}, {"mode": "Condensed"}])
def test_a_mode_is_chosen_with_the_order(caller: Caller, mode: Any) -> None:
    task = caller.post("tasks", {"prompt": SCRIPT, "source": mode}, status=201)
    assert task["settings"]["source"] == "condensed"
    assert written(task["id"]) == WORDS[:1]


def test_a_text_beside_the_prompt_is_spoken_and_the_prompt_says_how(caller: Caller) -> None:
    body = {"prompt": "Make it vertical, no music", "source": {"text": STORY}}
    task = caller.post("tasks", body, status=201)
    assert (task["settings"]["aspect_ratio"], task["settings"]["music"]) == ("9:16", False)
    assert " ".join(written(task["id"])) == STORY


def test_a_text_needs_no_prompt(caller: Caller) -> None:
    task = caller.post("tasks", {"source": {"mode": "verbatim", "text": STORY}}, status=201)
    assert task["prompt"] == "The bakery opens at six"
    assert " ".join(written(task["id"])) == STORY


def test_a_film_of_nothing_is_refused(caller: Caller) -> None:
    assert caller.refused("POST", "tasks", {})[:2] == (422, "invalid")
    assert caller.refused("POST", "tasks", {"source": {"mode": "verbatim"}})[:2] == (422, "invalid")
    assert caller.refused("POST", "tasks", {"source": {"text": "… !"}})[:2] == (422, "invalid")
    both = {"prompt": "A film", "source": {"text": STORY, "asset": "upload_1"}}
    assert caller.refused("POST", "tasks", both)[:2] == (422, "invalid")


def test_another_mode_has_the_script_written_anew(caller: Caller) -> None:
    task = caller.post("tasks", {"prompt": SCRIPT}, status=201)["id"]
    assert written(task) == WORDS
    changed = caller.ask("PATCH", f"tasks/{task}", {"source": {"mode": "condensed"}, "duration": 5}).json()
    assert changed["settings"]["source"] == "condensed"
    assert written(task) == WORDS[:1]
    assert caller.ask("PATCH", f"tasks/{task}", {"source": "verbatim"}).json()["settings"]["duration"] == 10
    assert written(task) == WORDS


def test_a_film_without_words_of_its_own_follows_none(caller: Caller) -> None:
    task = caller.post("tasks", {"prompt": "A film about cats"}, status=201)["id"]
    written(task)
    status, code, _ = caller.refused("PATCH", f"tasks/{task}", {"source": {"mode": "inspired_by"}})
    assert (status, code) == (422, "invalid")
    caller.ask("PATCH", f"tasks/{task}", {"source": {"text": SCRIPT}})
    assert written(task) == WORDS


def test_what_has_no_room_is_told_before_anything_is_paid(caller: Caller) -> None:
    task = caller.post("tasks", {"source": {"text": STORY * 40}}, status=201)
    left = task["source"]["left_out"]
    assert task["settings"]["duration"] <= 300
    spoken = written(task["id"])
    assert len(" ".join(spoken).split()) + left["words"] == len((STORY * 40).split())


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("story.txt", STORY.encode(), [STORY]),
        ("story.txt", STORY.encode("utf-16"), [STORY]),
        ("Köln.txt", "Grüße aus Köln.".encode("cp1252"), ["Grüße aus Köln."]),
        ("script.md", f"# Two\n\n{SCRIPT}".encode(), WORDS),
        ("tea.docx", docx(), ["Boil water.", "Pour it.", "Wait."]),
        (
            "film.srt",
            b"1\n00:00:01,000 --> 00:00:03,000\n<i>Hello there.</i>\n\n2\n00:00:03,500 --> 00:00:05,000\nHow are\nyou?",
            ["Hello there.", "How are you?"],
        ),
    ],
)
def test_documents_are_sources(caller: Caller, name: str, data: bytes, words: list[str]) -> None:
    kept = uploaded(caller.user, name, data)
    assert kept["kind"] == "text"
    task = caller.post("tasks", {"source": {"asset": kept["upload_id"]}}, status=201)["id"]
    assert " ".join(written(task)) == " ".join(words)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("long.pdf", pdf(1_000), "1,000 pages"),
        ("locked.pdf", pdf(password="secret"), "password"),
        ("scan.pdf", pdf(), "only pictures of pages"),
        ("cut.pdf", pdf(50)[:2_000], "damaged"),
        ("bomb.docx", zipped("word/document.xml", 80 << 20), "unpacks to far more"),
        ("lying.docx", lying(), "damaged"),
        ("overlapping.docx", overlapping(), "unpacks to far more"),
        ("laughs.docx", entities(LAUGHS, "l9"), "damaged"),
        ("paragraphs.docx", docx_of(lambda body: body.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 6_000)), "5,000"),
        ("other.docx", zipped("a.txt"), "no DOCX"),
        ("wrong.docx", zipped("word/document.xml", 200), "damaged"),
        ("old.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "old format"),
        ("rich.txt", b"{\\rtf1 hello}", "Rich Text"),
        ("data.txt", bytes(range(256)) * 40, "no text that can be read"),
        ("empty.txt", b"", "empty"),
        ("none.txt", b"... ---", "no words"),
        ("book.txt", b"Word after word. " * 9_000, "at most 60,000"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(caller: Caller, name: str, data: bytes, sentence: str) -> None:
    refused = uploaded(caller.user, name, data, status=415)["error"]
    assert sentence in refused["message"]
    assert refused["message"].startswith("file: ")


def test_a_document_names_no_file_of_this_machine(caller: Caller, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    kept = uploaded(caller.user, "leak.docx", entities(f"<!ENTITY file SYSTEM '{secret.as_uri()}'>", "file"))
    task = caller.post("tasks", {"source": {"asset": kept["upload_id"]}}, status=201)["id"]
    assert "secret" not in Task.objects.get(id=task).source


def test_a_picture_is_no_text_whatever_it_is_called(caller: Caller, tmp_path: Path) -> None:
    data = picture(tmp_path / "a.png").read_bytes()
    assert uploaded(caller.user, "script.pdf", data)["kind"] == "picture"
    assert (
        "not a text" in uploaded(caller.user, "script.pdf", data, status=415, wanted="?wanted=text")["error"]["message"]
    )
    kept = uploaded(caller.user, "a.png", data)["upload_id"]
    assert caller.refused("POST", "tasks", {"source": {"asset": kept}})[0] == 422


def test_a_text_of_somebody_else_is_not_there(caller: Caller, bob: Caller) -> None:
    kept = uploaded(bob.user, "story.txt", STORY.encode())["upload_id"]
    assert caller.refused("POST", "tasks", {"source": {"asset": kept}})[:2] == (404, "not_found")


def test_a_page_of_the_web_is_read_where_that_is_switched_on(
    caller: Caller, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def page(address: str) -> bytes:
        assert address == "https://example.org/bakery"
        return f"<!doctype html><html><nav>Home</nav><article><p>{STORY}</p></article></html>".encode()

    body = {"source": {"address": "https://example.org/bakery"}}
    assert caller.refused("POST", "tasks", body)[:2] == (422, "invalid")
    settings.PIXORA_SOURCE_ADDRESSES = True
    monkeypatch.setattr(own_words, "fetch_page", page)
    assert " ".join(written(caller.post("tasks", body, status=201)["id"])) == STORY


def test_as_much_is_read_of_a_document_as_of_a_text() -> None:
    assert documents.MOST_CHARACTERS == MOST_CHARACTERS
