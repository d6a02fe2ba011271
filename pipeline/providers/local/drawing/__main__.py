"""Reads an order (see `job.py`), draws the picture."""

from __future__ import annotations

from typing import Any

import cv2

from pipeline.providers.local.child import Order, Report, serve
from pipeline.providers.local.drawing.job import draw


def make(order: Order, report: Report) -> dict[str, Any]:
    cv2.setNumThreads(1)
    return draw(order)


if __name__ == "__main__":
    serve(make)
