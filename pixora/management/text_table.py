from __future__ import annotations

from rich.console import Console
from rich.table import Table


def as_text(table: Table) -> str:
    """Draw a table as text, as wide as the terminal where there is one."""
    console = Console()
    with console.capture() as captured:
        console.print(table)
    return captured.get()
