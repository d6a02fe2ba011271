"""The cards of a link on other sites: Open Graph, and oEmbed 1.0 (https://oembed.com)."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape

from pipeline.models import Share
from pipeline.sharing import link_tokens
from pipeline.sharing.cuts import Cut

PROVIDER = "Pixora"
WIDEST = 1280


def card(share: Share, token: str) -> dict[str, Any]:
    """Return what the head of the page says of itself to programs. A film with a password has no
    card: nothing is told of it."""
    url = link_tokens.page_url(token)
    return {"page_url": url, "oembed_url": f"{url}/oembed.json", "can_be_embedded": bool(share.embed_origins)}


def answer(share: Share, token: str, cut: Cut | None, *, maxwidth: str = "", maxheight: str = "") -> dict[str, Any]:
    """Return a `video` with its frame where the owner allows that; a `link` else, and for what is not to be told."""
    base = {"version": "1.0", "type": "link", "provider_name": PROVIDER, "cache_age": 300}
    if cut is None:
        return base
    url, title = link_tokens.page_url(token), share.task.title
    width, height = _fitted(cut.size, _number(maxwidth), _number(maxheight))
    told = {**base, "title": title}
    if cut.poster:
        told |= {"thumbnail_url": f"{url}/poster", "thumbnail_width": cut.size[0], "thumbnail_height": cut.size[1]}
    if not share.embed_origins:
        return told
    html = (
        f'<iframe src="{escape(url)}/embed" width="{width}" height="{height}" title="{escape(title)}"'
        ' allow="fullscreen" allowfullscreen referrerpolicy="no-referrer" style="border:0"></iframe>'
    )
    return {**told, "type": "video", "width": width, "height": height, "html": html}


def _fitted(size: tuple[int, int], widest: int, highest: int) -> tuple[int, int]:
    """PURE: the film's shape, within what the asking site has room for."""
    scale = min(1.0, (widest or WIDEST) / size[0], (highest or size[1]) / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
