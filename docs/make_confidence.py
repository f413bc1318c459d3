"""Draw the reliability plot of docs/confidence.md and write its tables, from what the counting left.

python training/precision/count.py PATH/TO/DATA     makes patterns/precision.json and docs/confidence.json
python docs/make_confidence.py                      makes the picture and the tables
python docs/make_confidence.py --check              exit status 1 if one is stale
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from minex.resources import find

HERE = Path(__file__).resolve().parent
PAGE = HERE / "confidence.md"
PICTURE = HERE / "images" / "reliability.svg"
_PART = re.compile(r"(<!-- counted (?P<name>\w+) -->\n).*?(<!-- end of (?P=name) -->)", re.DOTALL)
_SIDE, _GAP, _MARGIN = 190, 46, 40


def figures_part(sets: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table of figures, each before and now."""
    yield "| set | pieces | right | said | Brier | of one number | calibration error | order |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for name, told in sets.items():
        then, now = told["before"], told["now"]
        cells = [f"{then[key]:.3f} -> {now[key]:.3f}" for key in ("said", "brier", "calibration_error", "order")]
        cells.insert(2, f"{now['right'] * (1 - now['right']):.3f}")
        yield f"| {name} | {now['pieces']} | {now['right']:.3f} | {' | '.join(cells)} |"


def factors_part(counted: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table of factors."""
    yield "| factor | holds when | expected | log-odds | right | wrong |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, each in counted["factors"].items():
        expected = counted["prior"]["factor_expected"].get(name, 0.0)
        right, wrong = each["counts"]
        yield f"| {name} | {each['when']} | {expected:+.1f} | {each['log_odds']:+.2f} | {right} | {wrong} |"


def classes_part(counted: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table of classes, with the rules that have most verdicts."""
    yield "| class | precision | rules counted, most verdicts first |"
    yield "| --- | --- | --- |"
    for name, each in counted["classes"].items():
        rules = [
            (sum(map(sum, rule["counts"].values())), rule["precision"], title)
            for title, rule in counted["rules"].items()
            if rule["class"] == name and rule["counts"]
        ]
        told = ", ".join(
            f"`{title}` {value:.2f} ({number})" for number, value, title in sorted(rules, reverse=True)[:6]
        )
        yield f"| {name} | {each['precision']:.2f} | {told} |"


def sources_part(counted: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table of sources."""
    yield "| source | verdicts | weight of each | strictness, log-odds |"
    yield "| --- | --- | --- | --- |"
    for name, each in counted["sources"].items():
        yield f"| {name} | {each['verdicts']} | {each['weight']:g} | {each.get('strictness', 0):+.2f} |"


def picture(sets: Mapping[str, Any]) -> str:
    """Return the plot as SVG: for each set the share right over what was said, before and now."""
    width = _MARGIN + len(sets) * (_SIDE + _GAP)
    height = _SIDE + 2 * _MARGIN + 22
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for number, (name, told) in enumerate(sets.items()):
        pieces.extend(_panel(_MARGIN + number * (_SIDE + _GAP), name, told))
    pieces.append(
        f'<text x="{_MARGIN}" y="{height - 6}">across: confidence; up: share right; each point a fifth of the '
        "pieces. Filled: now, with 95% intervals; hollow: set by hand, before.</text></svg>"
    )
    return "\n".join(pieces) + "\n"


def _panel(left: int, name: str, told: Mapping[str, Any]) -> Iterator[str]:
    def x(value: float) -> str:
        return f"{left + value * _SIDE:.1f}"

    def y(value: float) -> str:
        return f"{_MARGIN - 10 + (1 - value) * _SIDE:.1f}"

    yield f'<text x="{left}" y="18" font-weight="bold">{name} ({told["now"]["pieces"]})</text>'
    yield (
        f'<rect x="{left}" y="{y(1)}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>'
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" stroke-dasharray="4 3"/>'
    )
    for tick in (0.0, 0.5, 1.0):
        yield f'<text x="{x(tick)}" y="{_MARGIN + _SIDE + 4}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="{left - 5}" y="{y(tick)}" text-anchor="end">{tick:g}</text>'
    for said, so, _ in told["before"]["bins"]:
        yield f'<circle cx="{x(said)}" cy="{y(so)}" r="4" fill="none" stroke="#c60"/>'
    for said, so, number in told["now"]["bins"]:
        low, high = wilson(round(so * number), number)
        yield f'<line x1="{x(said)}" y1="{y(low)}" x2="{x(said)}" y2="{y(high)}" stroke="#069"/>'
        yield f'<circle cx="{x(said)}" cy="{y(so)}" r="4" fill="#069"/>'


def wilson(right: int, number: int) -> tuple[float, float]:
    """Return Wilson's 95% interval of a share.

    Examples:
        >>> [round(each, 2) for each in wilson(8, 10)]
        [0.49, 0.94]
    """
    z = 1.96
    middle = (right + z * z / 2) / (number + z * z)
    half = z / (number + z * z) * (right * (number - right) / number + z * z / 4) ** 0.5
    return max(middle - half, 0.0), min(middle + half, 1.0)


def made() -> dict[Path, str]:
    """Return what the files should hold."""
    sets = json.loads((HERE / "confidence.json").read_text(encoding="utf-8"))["sets"]
    counted = json.loads((find("patterns") / "precision.json").read_text(encoding="utf-8"))
    parts = {
        "figures": figures_part(sets),
        "factors": factors_part(counted),
        "classes": classes_part(counted),
        "sources": sources_part(counted),
    }
    texts = {name: "\n".join(lines) + "\n" for name, lines in parts.items()}
    page = _PART.sub(lambda part: part[1] + texts[part["name"]] + part[3], PAGE.read_text(encoding="utf-8"))
    return {PAGE: page, PICTURE: picture(sets)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or with `--check` say whether they are fresh."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args(arguments).check:
        return int(any(path.read_text(encoding="utf-8") != text for path, text in made().items()))
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
