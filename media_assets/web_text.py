"""The words of a web page: headings and paragraphs of its article, without menus, forms and scripts."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

LEFT_OUT = frozenset(
    {
        *("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select"),
        *("option", "svg", "figure", "iframe", "object"),
    }
)
BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "main", "li", "blockquote", "pre", "td", "th", "tr", "br", "ul", "ol"),
        *("table", "title", "h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
MIDDLE = ("article", "main")
"""Where a page's text is, if it says so."""


def words_of_page(html: str) -> str:
    """Return a paragraph for each block, headings marked with #."""
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, no_network=True, remove_comments=True, remove_pis=True)
    try:
        parser.feed(html)
        parser.close()
    except etree.XMLSyntaxError:
        return ""
    return "\n\n".join(reader.inside or reader.paragraphs)


class _Reader:
    """Hears what lxml finds: its reading takes as long as a page is, whatever is open in it and never closed."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.inside: list[str] = []
        """Those of the article."""
        self._text: list[str] = []
        self._hidden = self._depth = 0
        self._heading = self._in_title = False

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self._end_of_block(tag)
        self._hidden += tag in LEFT_OUT
        self._depth += tag in MIDDLE
        self._heading = self._heading or tag in HEADINGS
        self._in_title = self._in_title or tag == "title"

    def end(self, tag: str) -> None:
        self._end_of_block(tag)
        self._hidden -= tag in LEFT_OUT
        self._depth -= tag in MIDDLE
        self._in_title = self._in_title and tag != "title"

    def data(self, data: str) -> None:
        if not self._hidden and not self._in_title:
            self._text.append(data)

    def close(self) -> None:
        self._end_of_block("p")

    def _end_of_block(self, tag: str) -> None:
        if tag not in BLOCKS:
            return
        said = " ".join("".join(self._text).split())
        self._text = []
        if said:
            told = f"# {said}" if self._heading else said
            self.paragraphs.append(told)
            if self._depth:
                self.inside.append(told)
        self._heading = False
