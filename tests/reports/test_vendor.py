"""What a report carries of others' code is what the notice says, with its licence beside it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import minex.reports

VENDOR = Path(minex.reports.__file__).parent / "vendor"
ROOT = Path(__file__).resolve().parents[2]


def test_the_library_has_the_version_and_the_digest_that_the_notice_states() -> None:
    library = VENDOR / "cytoscape.min.js"
    notice = (VENDOR / "README.md").read_text(encoding="utf-8")
    (version, digest) = re.findall(r"\| (\d+\.\d+\.\d+) \|.*`([0-9a-f]{64})`", notice)[0]
    assert hashlib.sha256(library.read_bytes()).hexdigest() == digest
    assert f'"{version}"' in library.read_text(encoding="utf-8")
    assert version in (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")


def test_its_licence_lies_beside_it_and_stands_in_the_file() -> None:
    licence = (VENDOR / "cytoscape.LICENSE").read_text(encoding="utf-8")
    head = (VENDOR / "cytoscape.min.js").read_text(encoding="utf-8")[:2000]
    words = re.findall(r"\w+", licence)
    assert "Permission is hereby granted, free of charge" in " ".join(licence.split())
    assert words == re.findall(r"\w+", head.partition("*/")[0])
    assert "cytoscape.LICENSE" in (ROOT / "LICENSE-DATA.md").read_text(encoding="utf-8")


def test_nothing_in_a_script_can_end_it() -> None:
    for script in (VENDOR / "cytoscape.min.js", *(VENDOR.parent / "page" / "static").glob("*.js")):
        assert not re.search(r"</script|<!--", script.read_text(encoding="utf-8"), re.IGNORECASE), script.name
