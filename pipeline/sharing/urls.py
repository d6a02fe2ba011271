from __future__ import annotations

from django.urls import path

from pipeline.sharing import pages

FILES = ("film", "poster", "thumbnail", "captions")

urlpatterns = [
    path("s/<str:token>", pages.page, name="share"),
    path("s/<str:token>/review", pages.review),
    path("s/<str:token>/notes", pages.leave_note),
    path("s/<str:token>/notes/<uuid:note_id>/resolve", pages.resolve_note),
    path("s/<str:token>/approvals", pages.approve),
    path("s/<str:token>/embed", pages.embed),
    path("s/<str:token>/oembed.json", pages.told_to_embedders),
    *(path(f"s/<str:token>/{what}", pages.media, {"what": what}) for what in FILES),
]
