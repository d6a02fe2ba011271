from __future__ import annotations

from django.urls import path

from pixora.urls import urlpatterns as ours
from tests.bench.rest.bare import bare

urlpatterns = [*ours, path("bare/", bare.urls)]
