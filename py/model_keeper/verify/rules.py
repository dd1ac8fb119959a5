"""The rules: evidence in, verdict out. The first refusal decides; a review never outweighs one.

The order is: an answer instead of a model, size, hash, container against extension, structure,
archive, pickle, and what is left open. A refusal cannot be approved away.
"""

from __future__ import annotations

from collections.abc import Iterator

from model_keeper.domain.downloads import Trust
from model_keeper.domain.verdicts import Decision, Reason, Verdict
from model_keeper.formats.inspection import Inspection, identify, inspect
from model_keeper.formats.sniff import Format, Sniffed
from model_keeper.verify.containers import ARCHIVES, MARKUP, MODELS, PAGE_LABELS, PROMISED, fits
from model_keeper.verify.evidence import Evidence

_LISTED = 3  # findings that fit into a sentence


def judge(evidence: Evidence) -> Verdict:
    """What the rules say about the file at ``evidence.path``, which is only read.

    Reasons of a refusal or a review are codes of ``ERRORS``; those of a pass are ``PROOFS``. All
    open reviews are listed, so that who approves has seen them. Raises file_not_found and
    storage_failed.
    """
    sniffed = identify(evidence.path)
    refusal = _promise_broken(evidence, sniffed)
    if refusal is not None:
        return Verdict(Decision.REJECTED, (refusal,), format=sniffed.format.value)
    found = inspect(evidence.path, evidence.name)
    refusal = _content_refused(found)
    if refusal is not None:
        return _verdict(Decision.REJECTED, (refusal,), found)
    reviews = tuple(_reviews(evidence, found))
    if reviews and not evidence.approved:
        return _verdict(Decision.REVIEW, reviews, found)
    return _verdict(Decision.VERIFIED, tuple(_proofs(evidence, found)), found)


def _verdict(decision: Decision, reasons: tuple[Reason, ...], found: Inspection) -> Verdict:
    return Verdict(decision, reasons, format=found.format.value, facts=found.facts)


def _promise_broken(evidence: Evidence, sniffed: Sniffed) -> Reason | None:
    """What can be refused before the structure is read."""
    if _is_answer(evidence, sniffed.format):
        return _instead_of_a_model(evidence, sniffed)
    for promised in evidence.promised_sizes:
        if promised != evidence.size:
            return Reason("size_mismatch", {"actual": evidence.size, "expected": promised})
    for sha256 in evidence.promised_hashes:
        if sha256 != evidence.sha256.lower():
            return Reason("hash_mismatch", {"actual": evidence.sha256, "expected": sha256})
    if not fits(evidence.extension, sniffed.format):
        return Reason("format_mismatch", {"name": evidence.name, "kind": sniffed.kind})
    return None


def _is_answer(evidence: Evidence, found: Format) -> bool:
    """Whether it is a server's answer, by its bytes or, where they say nothing, by its label."""
    if found in PROMISED.get(evidence.extension, frozenset()):
        return False
    label = (evidence.content_type or "").partition(";")[0].strip().lower()
    return found in MARKUP or (found is Format.UNKNOWN and label in PAGE_LABELS)


def _instead_of_a_model(evidence: Evidence, sniffed: Sniffed) -> Reason:
    if not evidence.host:
        return Reason("format_mismatch", {"name": evidence.name, "kind": sniffed.kind})
    return Reason("not_a_model", {"host": evidence.host, "kind": sniffed.kind})


def _content_refused(found: Inspection) -> Reason | None:
    """What is refused for what is inside."""
    if found.problems:
        return Reason("structure_broken", {"why": found.problems[0]})
    if found.dangers:
        return Reason("archive_unsafe", {"why": _listed(found.dangers)})
    return None


def _reviews(evidence: Evidence, found: Inspection) -> Iterator[Reason]:
    """What a person has to decide."""
    if found.findings and not evidence.allow_pickle:
        yield Reason("review_pickle", {"finding": _listed(found.findings)})
    if found.format in ARCHIVES:
        yield Reason("review_archive", {"contents": found.contents or found.kind})
    elif not _was_read_through(found.format):
        yield Reason("review_unknown_structure")
    if found.doubts:
        yield Reason("review_unchecked", {"doubt": _listed(found.doubts)})
    if evidence.trust is Trust.CANDIDATE and not evidence.promised_hashes:
        yield Reason("review_candidate", {"name": evidence.name})


def _was_read_through(found: Format) -> bool:
    return found in MODELS or found in (Format.JSON, Format.TEXT)


def _proofs(evidence: Evidence, found: Inspection) -> Iterator[Reason]:
    """Why the file passes. A hash that was compared says most, so it stands first."""
    if evidence.promised_hashes:
        yield Reason("sha256_compared", {"sha256": evidence.sha256.lower()})
    elif evidence.expected_sha256 or evidence.linked_sha256:
        yield Reason("hashes_not_verified")
    else:
        yield Reason("sha256_not_compared")
    if _was_read_through(found.format) and not found.doubts:
        yield Reason("structure_right")
    if evidence.promised_sizes:
        yield Reason("size_met")
    if found.findings and evidence.allow_pickle:
        yield Reason("pickle_allowed", {"finding": _listed(found.findings)})
    if evidence.approved and any(_reviews(evidence, found)):
        yield Reason("approved_by_person")


def _listed(phrases: tuple[str, ...]) -> str:
    shown = ", ".join(phrases[:_LISTED])
    more = len(phrases) - _LISTED
    return f"{shown} and {more} more" if more > 0 else shown
