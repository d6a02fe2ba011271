"""The studio's pure modules, run where they run for users, against what the server says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.understanding import understand
from pipeline.film import script_edits
from pipeline.film.narration import narration_length, narration_limit
from pipeline.film.script import parse_script
from tests.chat.films import facts
from tests.e2e.site import Site
from tests.pipeline.scripts import scene, script

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CALL = """async ([module, name, ...values]) => {
    const found = await import(`/static/studio/${module}.js`)
    return found[name](...values)
}"""
SPOKEN = (
    "",
    "One small step",
    "In 1961, 12 men – and 100 dogs!",
    "2001",
    "l'été 95 … ok?",
    "他们在1969年登上月球。",
    "a-b c_d 21st",
)
SCRIPT = script(
    [scene(number, index=number, duration=10 if number == 2 else 5) for number in range(1, 5)],
    music=[{"prompt": "calm", "scene_indexes": [1, 2]}, {"prompt": "loud", "scene_indexes": [3, 4]}],
).model_dump(mode="json")
PRICES = {"scene": 4, "audio": 1, "music": 5, "character": 4}
MOMENT = """async ([at, now]) => (await import("/static/studio/words/moments.js")).moment(at, new Date(now))"""
CUT = {"fullvideo": {"take": 1}}


@pytest.fixture
def page(site: Site) -> Iterator[Page]:
    with site.opened("/films/") as opened:
        yield opened


def call(page: Page, module: str, name: str, *values: Any) -> Any:
    return page.evaluate(CALL, [module, name, *values])


def test_narrations_are_counted_as_the_server_counts_them(page: Page) -> None:
    for text in SPOKEN:
        for language in ("en", "fr", "zh"):
            assert call(page, "script/narration", "narrationLength", text, language) == narration_length(
                text, language
            ), text
    for duration in (5, 10):
        assert call(page, "script/narration", "narrationLimit", duration, "en") == narration_limit(duration, "en")
        assert call(page, "script/narration", "narrationLimit", duration, "zh") == narration_limit(duration, "zh")


def test_an_edit_is_the_servers_although_that_leaves_out_what_is_as_usual(page: Page) -> None:
    sent = call(page, "script/edits", "withChanges", SCRIPT, 2, {"duration": 5})
    stored = parse_script(sent).model_dump(mode="json")
    assert stored != sent, "the length of the slot is as usual, and left out"
    film = {"nextSceneId": 5, "script": {"version": 1, "content": SCRIPT}, "history": {"past": [], "future": []}}
    draft = {"base": 1, "content": sent, "sent": sent, "state": "saving", "problems": []}
    told = {"version": 2, "content": stored, "warnings": []}
    assert call(page, "state/draft_state", "withScript", {**film, "draft": draft}, told)["draft"] is None
    other = {**told, "content": {**stored, "voice": "Brian"}}
    left = call(page, "state/draft_state", "withScript", {**film, "draft": draft}, other)["draft"]
    assert left["state"] == "saving", "whose it is, the answer to what was sent tells"


def test_scripts_are_edited_as_the_server_edits_them(page: Page) -> None:
    edits = "script/edits"
    assert call(page, edits, "moved", SCRIPT, 2, 1) == script_edits.arranged(SCRIPT, [2, 1, 3, 4])
    assert call(page, edits, "withoutScene", SCRIPT, 2) == script_edits.arranged(SCRIPT, [1, 3, 4])
    changed = call(page, edits, "withChanges", SCRIPT, 2, {"duration": 5, "title": "New"})
    assert changed == script_edits.edited(SCRIPT, 2, {"duration": 5, "title": "New"})
    added = call(page, edits, "withScene", SCRIPT, 2, 9)
    assert added == script_edits.with_scene(SCRIPT, 2, {**added["clips"][2]["scene"]})
    joined = call(page, edits, "musicJoined", SCRIPT, 1)
    assert joined["music"] == [{"prompt": "calm", "scene_indexes": [1, 2, 3, 4]}]
    assert [group["scene_indexes"] for group in call(page, edits, "musicBeginsAt", SCRIPT, 2)["music"]] == [
        [1],
        [2],
        [3, 4],
    ]


def test_a_scene_that_moves_takes_on_the_music_of_its_place(page: Page) -> None:
    for (start, end), groups in {(1, 4): [[1], [2, 3, 4]], (3, 1): [[1, 2, 3], [4]], (2, 3): [[1], [2, 3, 4]]}.items():
        moved = call(page, "script/edits", "moved", SCRIPT, start, end)
        assert [group["scene_indexes"] for group in moved["music"]] == groups, (start, end)
        assert moved["clips"][end - 1]["scene"]["id"] == start


def test_a_film_counts_what_it_is_told_twice_once(page: Page) -> None:
    told = page.evaluate(
        """async () => {
            const { emptyFilm, saying, told } = await import("/static/studio/state/film_state.js")
            const accepted = (seq, message_id, client_message_id, content) =>
                ({ type: "message_accepted", seq, data: { message_id, client_message_id, content, attachments: [] } })
            const receipt = accepted(1, "m1", "c1", "Hello")
            const answer = { type: "agent_message", seq: 2, message_id: "m2", content: "Hi", actions: [] }
            const later = accepted(9, "m3", "c3", "Again")
            let film = saying(emptyFilm("task_1"), { id: "c1", clientId: "c1", content: "Hello" })
            for (const frame of [receipt, receipt, answer, receipt, answer, later]) film = told(film, frame)
            const lines = film.lines.map(({ role, content, state }) => [role, content, state ?? ""])
            return { lines, lastSeq: film.lastSeq }
        }"""
    )
    assert told["lines"] == [["user", "Hello", ""], ["agent", "Hi", ""], ["user", "Again", ""]]
    assert told["lastSeq"] == 2, "what lies between is still awaited"


def test_what_the_server_writes_otherwise_than_it_was_sent_is_no_conflict(page: Page) -> None:
    states = page.evaluate(
        """async () => {
            const state = await import("/static/studio/state/draft_state.js")
            const { emptyFilm } = await import("/static/studio/state/film_state.js")
            const content = (at, muted) => ({ clips: [{ scene: { id: 1, narration_at: at } }], music: [{ muted }] })
            const version = (version, at, muted = false) => ({ version, content: content(at, muted), warnings: [] })
            const begun = state.withScript(emptyFilm("task_1"), version(1, 0))
            const sent = state.saving(state.edited(begun, content(1.0009999, false)))
            const heard = state.withScript(sent, version(2, 1.001))
            const more = state.edited(sent, content(1.0009999, true))
            const told = state.withScript(more, version(2, 1.001))
            const left = state.withSaved(told, version(2, 1.001))
            const other = state.withSaved(state.withScript(told, version(3, 5)), version(2, 1.001))
            return [
                heard.draft.state, state.withSaved(heard, version(2, 1.001)).draft, told.draft.state,
                left.draft.state, left.draft.base, left.draft.content.music[0].muted, other.draft.state,
            ]
        }"""
    )
    assert states == ["saving", None, "saving", "unsaved", 2, True, "conflict"]


def test_a_note_never_comes_between_a_question_and_its_answer_and_is_not_repeated(page: Page) -> None:
    lines = page.evaluate(
        """async () => {
            const { emptyFilm, saying, told } = await import("/static/studio/state/film_state.js")
            const cut = (seq, content) => ({ type: "video_complete", seq, content, data: {} })
            const answer = (seq, content) => ({ type: "agent_message", seq, message_id: content, content, actions: [] })
            let film = saying(emptyFilm("task_1"), { id: "c1", clientId: "c1", content: "First" })
            film = told(told(film, answer(1, "Yes")), cut(2, "Cut again with new music."))
            film = saying(film, { id: "c2", clientId: "c2", content: "How long?" })
            for (const frame of [cut(3, "Cut again with new music."), cut(4, "Back."), answer(5, "A minute")]) {
                film = told(film, frame)
            }
            return film.lines.map(({ content }) => content)
        }"""
    )
    assert lines == ["First", "Yes", "Cut again with new music.", "Back.", "How long?", "A minute"]


@pytest.mark.parametrize(
    ("film", "title"),
    [
        ({}, "A keeper of light · Pixora"),
        ({"run": {}, "progress": {"stage": "generating_assets", "progress": 0}}, "● Starting · A keeper of light"),
        ({"run": {}, "progress": {"stage": "generating_assets", "progress": 45}}, "● 45 % · A keeper of light"),
        ({"run": {}, "progress": {"stage": "writing_script", "progress": 0}}, "● Writing · A keeper of light"),
        ({"status": "complete", "components": {"fullvideo": {"take": 1}}}, "Ready · A keeper of light"),
        ({"status": "failed", "script": {}}, "Needs a look · A keeper of light"),
    ],
)
def test_the_title_of_the_tab_says_how_the_film_stands(page: Page, film: dict[str, Any], title: str) -> None:
    known = {"title": "A keeper of light", "phase": "ready", "status": "scripted", "components": {}, **film}
    assert call(page, "words/title", "titleOf", {"route": {"page": "film"}, "film": known}) == title


def test_what_a_film_will_cost_is_told_as_a_range_that_holds(page: Page) -> None:
    prices = [{"component": kind, "seconds": None, "credits": credits} for kind, credits in PRICES.items()]
    clip = {"component": "video", "seconds": 5, "credits": 10}
    for duration, scenes in ((15, 2), (15, 3), (60, 9)):
        found = call(page, "start/estimate", "estimate", [*prices, clip], {"duration": duration})
        cost = scenes * (PRICES["scene"] + PRICES["audio"]) + 2 * duration + -(-scenes // 4) * PRICES["music"]
        assert found["least"] <= cost <= found["most"]
    assert call(page, "start/estimate", "estimated", [clip], {"duration": 10}) == "20 credits"


def test_moments_are_said_as_people_say_them(page: Page) -> None:
    now = "2026-03-02T18:00:00"
    for at, day in (("2026-03-02T00:01:00", "today at"), ("2026-03-01T23:59:00", "yesterday at")):
        assert page.evaluate(MOMENT, [at, now]).startswith(day)
    assert page.evaluate(MOMENT, ["2026-02-27T12:00:00", now]).startswith("on Feb 27, 2026 at")


def test_progress_never_goes_back_within_a_run(page: Page) -> None:
    shown = page.evaluate(
        """async () => {
            const { emptyFilm, told } = await import("/static/studio/state/film_state.js")
            let film = emptyFilm("task_1")
            const shown = []
            for (const [run_id, progress] of [["a", 10], ["a", 30], ["a", 20], ["b", 5]]) {
                film = told(film, { type: "progress_update", data: { run_id, progress } })
                shown.push(film.progress.progress)
            }
            return shown
        }"""
    )
    assert shown == [10, 30, 30, 5]


def test_differences_are_told_word_by_word(page: Page) -> None:
    parts = call(page, "script/diff", "wordDiff", "the sea at night", "the calm sea at night")
    assert [(part["kind"], part["text"].strip()) for part in parts] == [
        ("same", "the"),
        ("new", "calm"),
        ("same", "sea at night"),
    ]


def test_differences_are_told_in_words(page: Page) -> None:
    after = {**SCRIPT, "language": "es", "aspect_ratio": "9:16", "style": "noir"}
    after["clips"] = [{"scene": dict(clip["scene"])} for clip in SCRIPT["clips"]]
    after["clips"][0]["scene"] |= {"transition": "fade_black", "duration": 10}
    found = call(page, "script/diff", "differences", SCRIPT, after)
    said = {
        field["name"]: "".join(part["text"] for part in field["parts"]) for each in found for field in each["fields"]
    }
    assert said == {
        "Style": "Cinematic → Noir",
        "Shape": "Wide 16:9 → Tall 9:16",
        "Language": "English → Spanish",
        "Transition": "Fade → Through black",
        "Length": "5 s → 10 s",
    }
    assert call(page, "script/diff", "differences", SCRIPT, SCRIPT) == []


def test_what_was_told_while_the_film_was_read_stays(page: Page) -> None:
    told = {"type": "component_updated", "seq": 8, "timestamp": 0, "data": {"component": "video/1", "status": "making"}}
    film = call(
        page, "state/film_state", "told", {**call(page, "state/film_state", "emptyFilm", "task_1"), "lastSeq": 7}, told
    )
    read = {"price": None, "components": [{"component": "video/1", "status": "queued"}]}
    for last_seq, status in ((7, "making"), (8, "queued")):
        task: dict[str, Any] = {
            "title": "",
            "prompt": "",
            "status": "generating",
            "settings": {},
            "run": None,
            "last_seq": last_seq,
        }
        found = call(page, "state/film_state", "standing", film, {**read, "task": task})
        assert found["components"]["video/1"]["status"] == status


@pytest.mark.parametrize(
    ("state", "film"),
    [
        ("scripted", {"run": None, "status": "scripted"}),
        ("running", {"run": {"id": "run_1"}, "status": "generating"}),
        ("film", {"run": {"id": "run_1"}, "status": "complete", "components": {"fullvideo": {"take": 1}}}),
        ("failed", {"run": None, "status": "failed"}),
        ("film", {"run": None, "status": "complete", "components": {"fullvideo": {"take": 1}}}),
        ("film", {"status": "complete", "components": {"fullvideo": {"take": 1}}, "settings": {"music": False}}),
        (
            "film",
            {
                "run": None,
                "status": "complete",
                "components": {"fullvideo": {"take": 1}},
                "price": {"credits": 4, "items": [{"component": "scene/1"}]},
            },
        ),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_local_agent_understands_what_it_is_suggested_to_be_told(
    page: Page, state: str, film: dict[str, Any], language: str
) -> None:
    script = {"content": {"language": language, "music": [{"silent": language == "de"}]}}
    suggested = call(
        page, "words/suggestions", "suggestionsFor", {"components": {}, "price": None, "script": script, **film}
    )
    assert len(set(suggested)) == 3
    assert not {"Stop making it", "Stopp"} & set(suggested) or film["status"] == "generating"
    for said in suggested:
        assert language_of(said, "en") == language, said
        assert understand(said, Film(facts(state), language)).calls, said


@pytest.mark.parametrize(
    ("prompt", "said", "first"),
    [
        ("a film about my dog", [], "Looks good, generate the video"),
        ("Ein Film über meinen Hund", [], "Sieht gut aus, mach das Video"),
        ("a film about my dog", ["Mach Szene 2 bitte dunkler", "ok"], "Sieht gut aus, mach das Video"),
        ("Ein Film über meinen Hund", ["make scene 2 darker"], "Looks good, generate the video"),
    ],
)
def test_suggestions_are_in_the_language_one_talks_in(page: Page, prompt: str, said: list[str], first: str) -> None:
    film: dict[str, Any] = {
        "components": {},
        "price": None,
        "run": None,
        "status": "scripted",
        "prompt": prompt,
        "lines": [{"role": "user", "content": one} for one in said],
        "script": {"content": {"language": "fr" if said else "de", "music": []}},
    }
    assert call(page, "words/suggestions", "suggestionsFor", film)[0] == first


def test_a_note_keeps_its_place_when_the_film_is_read_again(page: Page) -> None:
    film = call(page, "state/film_state", "emptyFilm", "task_1")
    messages = [
        {"id": number, "role": role, "content": role, "created_at": f"2026-11-30T10:00:0{number}Z"}
        for number, role in enumerate(("user", "agent", "user", "agent"), 1)
    ]
    known = [{**messages[0]}, {**messages[1]}, {"id": "note-4", "role": "note", "content": "Cut again."}]
    unsent = {"clientId": "mine", "role": "user", "content": "and this", "state": "sending"}
    task: dict[str, Any] = {"title": "", "prompt": "", "status": "", "settings": {}, "run": None, "last_seq": 8}
    read = {"task": task, "script": None, "components": [], "price": None, "messages": messages}
    found = call(page, "state/film_state", "loaded", {**film, "lines": [*known, unsent]}, read)
    assert [line.get("id", "unsent") for line in found["lines"]] == [1, 2, "note-4", 3, 4, "unsent"]


@pytest.mark.parametrize(
    ("language", "returned", "line"),
    [
        ("en", 20, "Stopped. Finished pieces are kept; 20 credits are back."),
        ("en", 0, "Stopped. Finished pieces are kept."),
        ("de", 20, "Angehalten. Fertige Teile bleiben, und 20 Credits sind zurück."),
        ("de", 0, "Angehalten. Fertige Teile bleiben."),
    ],
)
def test_a_stop_is_told_in_the_language_of_the_film(page: Page, language: str, returned: int, line: str) -> None:
    assert call(page, "words/stopped", "stoppedLine", {"returned": returned}, language) == line
