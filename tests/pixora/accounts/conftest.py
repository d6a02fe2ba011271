from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def counted_anew(services: None) -> None:
    """Sign-ins and requests are limited: what other tests did counts for nothing."""
    cache.clear()
