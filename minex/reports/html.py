"""Pages of HTML that need nothing from elsewhere: no script, no font, no network."""

from __future__ import annotations

from html import escape

from minex.reports.wording import plain

_STYLE = """
body { font: 16px/1.45 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #222;
  background: #fff }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid #ccc }
ul { padding-left: 1.2rem } li { margin: .4rem 0 } li li { margin: .1rem 0 }
blockquote { margin: .2rem 0; padding-left: .8rem; border-left: 3px solid #ccc; color: #444 }
.detail, .why { color: #555 } a { color: #0550ae }
"""


def text(value: str) -> str:
    """Return text with all that HTML would take for markup escaped, quotes too."""
    return escape(plain(value), quote=True)


def link(address: str, words: str) -> str:
    """Return a link, or only its words where there is no address."""
    return (
        f'<a href="{escape(address, quote=True)}" rel="noreferrer">{text(words)}</a>' if address else text(words)
    )


def page(title: str, body: str) -> str:
    """Return a whole page; `body` is HTML already."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
