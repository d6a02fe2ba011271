"""`python -m pipeline.providers.local.drawing`: a JSON job on stdin (see `job.py`), the picture on disk."""

from __future__ import annotations

import sys

from pipeline.providers.local.drawing.job import run

if __name__ == "__main__":
    sys.exit(run(sys.stdin.buffer.read()))
