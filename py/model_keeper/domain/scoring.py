"""Scores: how sure it is that an offered file is the wanted one, and why. Pure, by one table.

The points are those of ``REASONS``. A file whose name merely fits stays below what is taken without
asking, unless who offers it is known for the original; a file whose SHA256 is the wanted one is
proven, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from model_keeper.domain.candidates import AUTOMATIC, Candidate, Evidence, Source, Wanted
from model_keeper.domain.downloads import Asset
from model_keeper.domain.model_names import NameMatch, name_match

_SAME_SIZE = 0.05  # sizes in lists are rounded
_BEST = 100


@dataclass(frozen=True)
class Reason:
    """A row of the table. ``text`` is a ``str.format`` template."""

    points: int
    text: str


REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        "sha256": Reason(100, "Its SHA256 is the one that is wanted."),
        "sha256_differs": Reason(-60, "Its SHA256 is not the one that is wanted."),
        "name": Reason(60, "It is called {name}."),
        "name_normalised": Reason(-15, "The name is not exactly the wanted {wanted}."),
        "listed": Reason(30, "{by} names this address for it."),
        "canonical": Reason(15, "{owner} is known to publish originals."),
        "mirror": Reason(-25, "It is somebody's copy of another publisher's file."),
        "licence": Reason(10, "Its licence is {licence}."),
        "licence_unknown": Reason(-30, "Nobody knows its licence."),
        "licence_disallowed": Reason(-60, "Its licence {licence} is not allowed here."),
        "integrity": Reason(10, "{how}"),
        "size_differs": Reason(-10, "It has {size} bytes where {wanted} were expected."),
        "context": Reason(5, "{how}"),
        "category_differs": Reason(-20, "It is for {category}, and {wanted} is wanted."),
        "risk": Reason(-20, "{what}"),
        "remark": Reason(0, "{what}"),
    }
)


class LicenceStanding(str, Enum):
    """What may be thought of a licence. Nobody's silence is held against a file."""

    UNTOLD = "untold"  # the provider says nothing about licences
    ALLOWED = "allowed"
    UNKNOWN = "unknown"  # the provider says that it is not known
    DISALLOWED = "disallowed"


@dataclass(frozen=True)
class Risk:
    """Something that speaks against a file. ``blocks``: it can or must not be fetched as it is.

    A mere ``remark`` costs no points: it is to be known, and says nothing about the file.
    """

    code: str
    text: str
    blocks: bool = False
    remark: bool = False


@dataclass(frozen=True)
class Traits:
    """What is known about an offer, beside the file itself.

    ``listed_by`` is who names this address for this name: a list made by people. ``owner`` is set
    where it is known to publish originals. ``about`` is a rounded size in bytes, used only where
    the exact one is not known.
    """

    listed_by: str | None = None
    owner: str | None = None
    mirror: bool = False
    licence: str | None = None
    standing: LicenceStanding = LicenceStanding.UNTOLD
    base_model: str | None = None
    about: int | None = None
    risks: tuple[Risk, ...] = ()


NOTHING_KNOWN = Traits()


def scored(
    source: Source, wanted: Wanted, asset: Asset, traits: Traits = NOTHING_KNOWN
) -> Candidate:
    """``asset`` as a candidate for ``wanted``, with the evidence for its score.

    A differing SHA256, a licence that is not allowed and blocking risks block it; a size that is
    off by more than 5 % keeps it from being taken by itself.
    """
    name = asset.name or ""
    proven = asset.sha256 is not None and asset.sha256 in wanted.hashes
    another = asset.sha256 is not None and bool(wanted.hashes) and not proven
    match = name_match(wanted.file_name, name)
    size = asset.size if asset.size is not None else traits.about
    resized = not proven and _differs(size, wanted.size)
    evidence = (
        *_identity(wanted, name, match, proven=proven, another=another),
        *_place(traits),
        *_integrity(wanted, asset, size, proven=proven, resized=resized),
        *_context(wanted, asset, traits),
        *_risks(traits),
    )
    score = min(_BEST, max(0, sum(reason.points for reason in evidence)))
    if proven:
        score = max(score, AUTOMATIC)
    elif resized:
        score = min(score, AUTOMATIC - 1)
    disallowed = traits.standing is LicenceStanding.DISALLOWED
    return Candidate(
        source=source,
        name=name or wanted.file_name,
        score=score,
        evidence=evidence,
        url=asset.url,
        sha256=asset.sha256,
        size=asset.size,
        category=wanted.category or asset.category,
        title=asset.title,
        page=asset.page,
        note=asset.note,
        exact=proven or match is NameMatch.EXACT,
        blocked=another or disallowed or any(risk.blocks for risk in traits.risks),
        facts=asset.facts,
    )


def _identity(
    wanted: Wanted, name: str, match: NameMatch | None, *, proven: bool, another: bool
) -> Iterator[Evidence]:
    if proven:
        yield _said("sha256")
        return
    if match is not None:
        yield _said("name", name=name)
    if match is NameMatch.ALIKE:
        yield _said("name_normalised", wanted=wanted.file_name)
    if another:
        yield _said("sha256_differs")


def _place(traits: Traits) -> Iterator[Evidence]:
    if traits.listed_by:
        yield _said("listed", by=traits.listed_by)
    if traits.owner:
        yield _said("canonical", owner=traits.owner)
    elif traits.mirror:
        yield _said("mirror")
    if traits.standing is LicenceStanding.ALLOWED:
        yield _said("licence", licence=traits.licence)
    elif traits.standing is LicenceStanding.UNKNOWN:
        yield _said("licence_unknown")
    elif traits.standing is LicenceStanding.DISALLOWED:
        yield _said("licence_disallowed", licence=traits.licence)


def _integrity(
    wanted: Wanted, asset: Asset, size: int | None, *, proven: bool, resized: bool
) -> Iterator[Evidence]:
    if resized:
        yield _said("size_differs", size=size, wanted=wanted.size)
    elif proven:
        return
    elif asset.sha256 is not None and not wanted.hashes:
        yield _said("integrity", how="Its SHA256 is known, so what arrives can be checked.")
    elif size is not None and wanted.size is not None:
        yield _said("integrity", how="It has the expected size.")


def _context(wanted: Wanted, asset: Asset, traits: Traits) -> Iterator[Evidence]:
    based = (traits.base_model or "").casefold()
    if wanted.category and asset.category and wanted.category != asset.category:
        yield _said("category_differs", category=asset.category, wanted=wanted.category)
    elif wanted.category and asset.category:
        yield _said("context", how=f"It is for {asset.category}.")
    elif based and based in {hint.casefold() for hint in wanted.base_models}:
        yield _said("context", how=f"It is made for {traits.base_model}, like the rest.")


def _risks(traits: Traits) -> Iterator[Evidence]:
    for risk in traits.risks:
        yield _said("remark" if risk.remark else "risk", code=risk.code, what=risk.text)


def _differs(size: int | None, wanted: int | None) -> bool:
    return size is not None and wanted is not None and abs(size - wanted) > wanted * _SAME_SIZE


def _said(row: str, *, code: str | None = None, **details: object) -> Evidence:
    reason = REASONS[row]
    return Evidence(code or row, reason.points, reason.text.format(**details))
