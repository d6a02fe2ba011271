"""What a user reads of a piece that failed says what to do next, and promises no try that does not come."""

from __future__ import annotations

from pipeline.engine.step_errors import ONCE_MORE, given_up
from pipeline.models import OUTCOME_UNKNOWN
from pipeline.providers.base import answer_lost
from pipeline.providers.refusals import refused_picture
from pixora.foundation.errors import PixoraError, ProviderError


def test_what_was_tried_in_vain_is_to_be_started_again() -> None:
    busy = given_up(ProviderError("The generator is overloaded.", retryable=True))
    assert busy.message == f"The generator is overloaded. {ONCE_MORE}"
    assert given_up(answer_lost()).message.endswith(ONCE_MORE)
    assert given_up(PixoraError("It is unknown.", code=OUTCOME_UNKNOWN)).code == OUTCOME_UNKNOWN


def test_what_was_refused_says_itself_what_to_do() -> None:
    assert given_up(refused_picture()).message == refused_picture().message
