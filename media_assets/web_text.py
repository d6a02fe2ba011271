"""The words of a web page: headings and paragraphs of its article, without menus, forms and scripts."""

from __future__ import annotations

from html.parser import HTMLParser

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
    reader.feed(html)
    reader.close()
    paragraphs = reader.inside or reader.paragraphs
    return "\n\n".join(paragraphs)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.inside: list[str] = []
        """Those of the article."""
        self._text: list[str] = []
        self._hidden = self._depth = 0
        self._heading = self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_of_block(tag)
        if tag in LEFT_OUT:
            self._hidden += 1
        elif tag in MIDDLE:
            self._depth += 1
        elif tag in HEADINGS:
            self._heading = True
        elif tag == "title":
            self._in_title = True

    def handle_endtag(self, tag: str) -> None:
        self._end_of_block(tag)
        if tag in LEFT_OUT:
            self._hidden = max(0, self._hidden - 1)
        elif tag in MIDDLE:
            self._depth = max(0, self._depth - 1)
        elif tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if not self._hidden and not self._in_title:
            self._text.append(data)

    def close(self) -> None:
        super().close()
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
