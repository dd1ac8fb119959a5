"""Licences by the Hub's keys: which are well known and free to use. Pure."""

from __future__ import annotations

from model_keeper.domain.scoring import LicenceStanding

#: Licences that allow use for any purpose, at most with conditions on what is made with it.
WELL_KNOWN = frozenset(
    {"afl-3.0", "agpl-3.0", "apache-2.0", "artistic-2.0", "bigscience-openrail-m", "bsd"}
    | {
        "bsd-2-clause",
        "bsd-3-clause",
        "cc-by-4.0",
        "cc-by-sa-4.0",
        "cc0-1.0",
        "cdla-permissive-2.0",
    }
    | {"creativeml-openrail-m", "gpl", "gpl-3.0", "isc", "lgpl-3.0", "mit", "mpl-2.0"}
    | {"openrail", "openrail++", "pddl", "unlicense", "wtfpl", "zlib"}
)


def licence_standing(
    licence: str | None, *, disallowed: frozenset[str] = frozenset()
) -> LicenceStanding:
    """What may be thought of ``licence``; ``disallowed`` are those that nobody here may use.

    Licences of their own (``other``) and those for some uses only are not judged: whether they fit
    is the person's business.
    """
    if licence is None:
        return LicenceStanding.UNTOLD
    if licence in disallowed:
        return LicenceStanding.DISALLOWED
    if licence == "unknown":
        return LicenceStanding.UNKNOWN
    return LicenceStanding.ALLOWED if licence in WELL_KNOWN else LicenceStanding.UNTOLD
