from __future__ import annotations

import pytest

from pixora import checks


def test_it_is_told_where_no_neural_voice_can_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_voices() == []
    monkeypatch.setattr(checks, "what_is_missing", lambda: "hibari is not installed.")
    (warning,) = checks.check_voices()
    assert (warning.id, warning.msg) == ("pixora.W002", "espeak-ng speaks English too: hibari is not installed.")
