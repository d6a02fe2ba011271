"""The sentence encoder takes one core, whatever else the machine does."""

from __future__ import annotations

import time

from threadpoolctl import threadpool_limits

from chat.llm.local.meanings import encoder


def test_a_sentence_takes_one_thread() -> None:
    """Threads that wait for each other spin: two took twenty times as much of both cores."""
    encoder.vectors(["The first sentence loads it"])
    with threadpool_limits(1, user_api="blas"):
        alone = spent_on("one thread")
    assert spent_on("as it is") < 3 * alone


def spent_on(name: str) -> float:
    """CPU seconds of this process for sentences that nobody has asked for yet."""
    before = time.process_time()
    for number in range(8):
        encoder.vectors([f"take the boat out of scene {number}, {name}"])
    return time.process_time() - before
