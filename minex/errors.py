"""Every error that a user can meet: what happened, where, and what to do about it.

A :class:`MinexError` is shown without a stack trace. `exit_code` is 1 when something failed and 2 when the
call was wrong. `code` is short and stable, for programs.
"""

from __future__ import annotations


class MinexError(Exception):
    """What happened, where, and the cure; `code` names the kind of error.

    Examples:
        >>> print(InputError("empty", "the file is empty", where="a.xml", cure="check the download"))
        a.xml: the file is empty; check the download
    """

    exit_code = 1

    def __init__(self, code: str, message: str, *, where: str = "", cure: str = "") -> None:
        self.code = code
        self.message = message
        self.where = where
        self.cure = cure
        super().__init__(code, message, where, cure)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.code, self.message, self.where, self.cure)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f"; {self.cure}" if self.cure else ""
        return f"{place}{self.message}{cure}"


class InputError(MinexError):
    """A file, a line or a record that cannot be read."""


class LexiconError(MinexError):
    """A lexicon source or the compiled lexicon is missing, damaged or inconsistent."""


class PatternError(MinexError):
    """A rule file that breaks the rule language: with file, line and the words allowed."""


class ModelError(MinexError):
    """A pipeline that is missing, damaged or of a version that does not fit."""


class StoreError(MinexError):
    """A database that cannot be opened, written or understood."""


class RemoteError(MinexError):
    """PubMed or PMC cannot be asked, or gave no answer that can be trusted: never the same as an empty answer.

    Codes: `no-email`, `bad-address`, `bad-key`, `bad-query`, `unreachable`, `throttled`, `server-error`,
    `bad-answer`, `unsteady`, `too-many`.
    """


class QueryError(MinexError):
    """A saved query that is not there or not as it must be: its user has to mend it, trying again cannot help."""

    exit_code = 2


class WorkerError(MinexError):
    """Worker processes that cannot be started, or cannot work together."""


class UsageError(MinexError):
    """A call that was wrong."""

    exit_code = 2


def _again(kind: type[MinexError], code: str, message: str, where: str, cure: str) -> MinexError:
    """Return an error that came from another process."""
    return kind(code, message, where=where, cure=cure)
