from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from chat.mcp.views import mcp
from chat.views import studio
from media_assets.views import media
from pixora import health
from pixora.accounts import views as accounts
from pixora.api import api

urlpatterns = [
    path("", studio, name="home"),
    path("films/", studio),
    path("films/<path:place>", studio),
    path("account/", studio),
    path("", include("pixora.accounts.urls")),
    path("", include("pipeline.sharing.urls")),
    path("api/v1/", api.urls),
    path("mcp", mcp, name="mcp"),
    path("media/<slug:asset_id>/<str:name>", media, name="media"),
    path("admin/login/", accounts.back_office_sign_in),
    path("admin/logout/", accounts.log_out),
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
