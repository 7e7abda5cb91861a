"""What can end a whole run, as against one document of it."""

from __future__ import annotations

from bilan_extract.errors import BilanError, InputError, OutputError, UsageError


class CollisionError(UsageError):
    """Two inputs would write one output."""

    code = "collision"


class BusyError(OutputError):
    """Another run writes into the same folder."""

    code = "busy"
    remedy = "attendez sa fin ou choisissez un autre dossier"


class JournalError(OutputError):
    """The journal cannot be read or written."""

    code = "journal"


class EngineError(BilanError):
    """The workers do not start, or the cluster does not answer."""

    code = "engine"
    remedy = "relancez la même commande, avec moins de --jobs si la machine est chargée ; si cela se répète, signalez-le"


class ManifestError(InputError):
    """A CSV does not read as a manifest."""

    code = "manifest"
    remedy = "enregistrez-le à nouveau en CSV, avec la colonne DELIB_URL du schéma « Délibérations »"


class InputChangedError(InputError):
    """The file was being written while it was read."""

    code = "input_changed"
    remedy = "attendez la fin de sa copie et relancez la même commande"
