"""Showing text of papers and users on a terminal: as it is, and never as a command to the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

# Controls, and what turns the direction of all that follows on the line: a name would be read as another one.
_TURNS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), *range(0x7F, 0xA0), *_TURNS, 0x2028, 0x2029)
    if chr(code) not in "\t\n"
}


def printable(text: str) -> str:
    """Return text with control characters and changes of direction, which a terminal would obey, replaced.

    Examples:
        >>> printable("miR-21" + chr(27) + "[31m")
        'miR-21\N{REPLACEMENT CHARACTER}[31m'
    """
    return text.translate(_CONTROLS)


def plain_console(**options: Any) -> Console:
    """Return a console for which `[bold]` and `:heart:` are text."""
    from rich.console import Console
    from rich.text import Text

    class Plain(Console):
        def render_str(self, text: str, **more: Any) -> Text:
            return super().render_str(printable(text), **more)

    return Plain(highlight=False, markup=False, emoji=False, **options)
