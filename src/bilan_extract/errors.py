"""What can go wrong: exceptions that carry an exit code and a remedy.

Three channels, never mixed: a `BilanError` (cannot go on), a `Warning` in the plan (went on, look here) and
`logging` for developers. The sentences are French because a person reads them on the command line.
"""

from __future__ import annotations


class BilanError(Exception):
    """Extraction cannot go on.

    Attributes:
        code: a stable name for tools, e.g. "not_a_pdf".
        exit_code: what the command ends with.
    """

    code = "error"
    exit_code = 2


class UsageError(BilanError):
    """The call itself is wrong (options that exclude each other, an unknown profile or format)."""

    code = "usage"
    exit_code = 1


class InputError(BilanError):
    """The input cannot be read."""

    code = "input"


class InputNotFoundError(InputError):
    """There is no file at that path, or it is a folder."""

    code = "not_found"


class NotAPdfError(InputError):
    """The bytes are not a PDF, or are too damaged to be one."""

    code = "not_a_pdf"


class EncryptedError(InputError):
    """The PDF needs a password, or another one."""

    code = "encrypted"


class NoPagesError(InputError):
    """The document has no page."""

    code = "no_pages"


class NoTextError(InputError):
    """No page has a text layer: a scan that needs OCR."""

    code = "no_text"


class OutputError(BilanError):
    """The output cannot be written."""

    code = "output"
