"""What can go wrong: exceptions that carry an exit code and a remedy.

Three channels, never mixed: a `BilanError` (cannot go on), a `Warning` in the plan (went on, look here) and
`logging` for developers. The sentences are French because a person reads them on the command line.
"""

from __future__ import annotations

_SPACES = "\u00a0\u202f"  # that do not break, as French has before its colons


def printable(text: str) -> str:
    """The text without the signs that would steer a terminal or begin a line: names of files may hold anything."""
    return "".join(sign if sign.isprintable() or sign in _SPACES else "\ufffd" for sign in text)


class BilanError(Exception):
    """Extraction cannot go on.

    Attributes:
        code: a stable name for tools, e.g. "not_a_pdf".
        exit_code: what the command ends with.
        remedy: what the person at the command can do, in French, "" where the message says it.
    """

    code = "error"
    exit_code = 2
    remedy = ""


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
    remedy = "vérifiez le chemin et le nom du fichier"


class NotAPdfError(InputError):
    """The bytes are not a PDF, or are too damaged to be one."""

    code = "not_a_pdf"
    remedy = "vérifiez qu'il s'ouvre dans un lecteur de PDF et qu'il a été téléchargé en entier"


class OtherFormatError(NotAPdfError):
    """The bytes are a document of another program (Word, LibreOffice, RTF)."""

    remedy = "enregistrez-le en PDF, ou en texte brut"


class EncryptedError(InputError):
    """The PDF needs a password, or another one."""

    code = "encrypted"
    remedy = "donnez le bon mot de passe avec --password"


class NoPagesError(InputError):
    """The document has no page."""

    code = "no_pages"
    remedy = "vérifiez qu'il a été produit et téléchargé en entier"


class NoTextError(InputError):
    """No page has a text layer: a scan that needs OCR."""

    code = "no_text"


class OutputError(BilanError):
    """The output cannot be written."""

    code = "output"
