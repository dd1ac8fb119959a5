from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model_keeper.domain.downloads import Trust
from model_keeper.domain.errors import ERRORS
from model_keeper.domain.verdicts import PROOFS, Decision, Verdict
from model_keeper.testing import archive_files, pickles
from model_keeper.testing.answers import ANSWERS, JSON_ERROR, LOGIN_PAGE
from model_keeper.testing.model_files import (
    gguf,
    lying_safetensors,
    onnx,
    pytorch_legacy,
    pytorch_zip,
    safetensors,
    stored_zip,
)
from model_keeper.verify.evidence import Evidence
from model_keeper.verify.rules import judge

MODEL = safetensors(400)
HOSTILE = pytorch_zip(pickles.hostile()["stack global"])
RIGHT: list[tuple[str, bytes]] = [
    ("a.safetensors", MODEL),
    ("a.SFT", MODEL),
    ("no extension", MODEL),
    ("a.gguf", gguf()),
    ("a.ckpt", pytorch_zip()),
    ("a.pt", pytorch_zip()),
    ("a.pth", pytorch_legacy()),
    ("a.bin", pytorch_zip()),
    ("a.pkl", pickles.benign(4)),
    ("a.onnx", onnx()),
    ("v1-inference.yaml", b"model:\n  base_learning_rate: 1.0e-04\n"),
    ("config.json", b'{"hidden_size": 768}'),
    ("merges.txt", b"a b\nc d\n"),
]

Judge = Callable[..., Verdict]


@pytest.fixture
def judged(tmp_path: Path) -> Judge:
    def judged(name: str, raw: bytes, **facts: Any) -> Verdict:
        path = tmp_path / "staged.part"
        path.write_bytes(raw)
        evidence = Evidence(
            path=path,
            name=name,
            size=len(raw),
            sha256=hashlib.sha256(raw).hexdigest(),
            host="models.example",
        )
        return judge(replace(evidence, **facts))

    return judged


def codes(verdict: Verdict) -> tuple[str, ...]:
    return tuple(reason.code for reason in verdict.reasons)


def outcome(verdict: Verdict) -> tuple[Decision, str]:
    return verdict.decision, verdict.reasons[0].code


# -- pass ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "raw"), RIGHT)
def test_a_right_file_that_a_person_named_passes_and_says_not_compared(
    judged: Judge, name: str, raw: bytes
) -> None:
    verdict = judged(name, raw, declared_size=len(raw))
    assert verdict.decision is Decision.VERIFIED
    assert codes(verdict) == ("sha256_not_compared", "structure_right", "size_met")
    assert not verdict.compared


def test_an_equal_hash_is_a_proof_and_its_case_does_not_matter(judged: Judge) -> None:
    sha256 = hashlib.sha256(MODEL).hexdigest()
    verdict = judged("a.safetensors", MODEL, expected_sha256=sha256.upper(), linked_sha256=sha256)
    assert verdict.compared
    assert verdict.reasons[0].details == {"sha256": sha256}


def test_comparing_that_is_switched_off_is_said(judged: Judge) -> None:
    verdict = judged("a.safetensors", MODEL, expected_sha256="0" * 64, verify_hashes=False)
    assert verdict.decision is Decision.VERIFIED
    assert codes(verdict)[0] == "hashes_not_verified"


def test_the_verdict_carries_the_facts_of_the_header(judged: Judge) -> None:
    verdict = judged("a.safetensors", MODEL)
    assert verdict.format == "safetensors"
    assert verdict.facts["tensor_count"] == 1


# -- refuse -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("body", "words"), [(body, words) for _, body, words in ANSWERS])
@pytest.mark.parametrize(
    "name", ["a.safetensors", "a.gguf", "a.ckpt", "a.bin", "a.onnx", "a.zip", "no extension"]
)
def test_an_answer_is_never_taken_for_a_model(
    judged: Judge, name: str, body: bytes, words: str
) -> None:
    size, sha256 = len(body), hashlib.sha256(body).hexdigest()
    verdict = judged(name, body, declared_size=size, expected_sha256=sha256, approved=True)
    assert outcome(verdict) == (Decision.REJECTED, "not_a_model")
    assert verdict.reasons[0].sentence.startswith(f"models.example sent {words}")


def test_unknown_bytes_that_the_server_calls_a_page_are_one(judged: Judge) -> None:
    verdict = judged("a.bin", b"\x00\x01\x02", content_type="text/html; charset=utf-8")
    assert codes(verdict) == ("not_a_model",)


def test_a_model_that_the_server_calls_a_page_is_a_model(judged: Judge) -> None:
    assert judged("a.safetensors", MODEL, content_type="text/html").decision is Decision.VERIFIED


def test_a_page_that_was_on_this_machine_is_called_what_it_is(judged: Judge) -> None:
    verdict = judged("a.safetensors", LOGIN_PAGE, host="")
    assert codes(verdict) == ("format_mismatch",)


def test_a_configuration_that_only_reports_an_error_is_refused(judged: Judge) -> None:
    assert outcome(judged("config.json", JSON_ERROR.encode()))[0] is Decision.REJECTED
    assert codes(judged("config.yaml", LOGIN_PAGE)) == ("not_a_model",)


@pytest.mark.parametrize("which", ["declared_size", "expected_size", "linked_size"])
@pytest.mark.parametrize("difference", [-1, 1, 1024])
def test_every_promised_size_has_to_be_met_exactly(
    judged: Judge, which: str, difference: int
) -> None:
    verdict = judged("a.safetensors", MODEL, **{which: len(MODEL) + difference})
    assert outcome(verdict) == (Decision.REJECTED, "size_mismatch")


@pytest.mark.parametrize("which", ["expected_sha256", "linked_sha256"])
def test_every_promised_hash_has_to_be_equal(judged: Judge, which: str) -> None:
    verdict = judged("a.safetensors", MODEL, **{which: "ab" * 32}, approved=True)
    assert outcome(verdict) == (Decision.REJECTED, "hash_mismatch")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.safetensors", stored_zip({"a.safetensors": MODEL})),
        ("a.safetensors", pytorch_zip()),
        ("a.safetensors", b"\x00\x01\x02\x03"),
        ("a.ckpt", MODEL),
        ("a.pt", gguf()),
        ("a.gguf", MODEL),
        ("a.onnx", pytorch_zip()),
        ("a.pt", stored_zip({"a.txt": b"x"})),
        ("a.zip", archive_files.seven_zip()),
        ("a.safetensors", b"MZ" + bytes(100)),
        ("no extension", b"\x7fELF" + bytes(100)),
        ("a.bin", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("a.yaml", pickles.hostile()["global in protocol 0"]),
    ],
)
def test_a_name_that_promises_another_format_is_refused(
    judged: Judge, name: str, raw: bytes
) -> None:
    verdict = judged(name, raw, approved=True, allow_pickle=True)
    assert outcome(verdict) == (Decision.REJECTED, "format_mismatch")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.safetensors", MODEL[:-1]),
        ("a.safetensors", lying_safetensors({"a": 1})),
        ("a.gguf", gguf() + b"x"),
        ("a.pt", pytorch_zip()[:-1]),
        ("a.pth", pytorch_legacy()[:-1]),
        ("a.onnx", onnx()[:-1]),
        ("a.zip", archive_files.damaged_zip()),
        ("a.tar", archive_files.tar({"a": MODEL})[:600]),
        ("a.json", b'{"hidden_size": '),
        ("a.pkl", pickles.hostile()["before a fault"]),
    ],
)
def test_a_broken_structure_is_refused_whoever_approves(
    judged: Judge, name: str, raw: bytes
) -> None:
    verdict = judged(name, raw, approved=True, allow_pickle=True)
    assert outcome(verdict) == (Decision.REJECTED, "structure_broken")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.zip", archive_files.zip_with_program(MODEL)),
        ("a.zip", archive_files.escaping_zip()),
        ("a.zip", archive_files.zip_with_link()),
        ("a.zip", archive_files.zip_bomb()),
        ("a.zip", archive_files.encrypted_zip()),
        ("a.zip", stored_zip({"x.safetensors": MODEL, "y.safetensors": MODEL})),
        ("a.tar", archive_files.tar({"../a": MODEL})),
        ("a.onnx", onnx(external="/etc/passwd")),
    ],
)
def test_an_unsafe_archive_is_refused_whoever_approves(
    judged: Judge, name: str, raw: bytes
) -> None:
    assert outcome(judged(name, raw, approved=True)) == (Decision.REJECTED, "archive_unsafe")


# -- review -------------------------------------------------------------------------------------


def test_a_pickle_that_can_run_code_waits_for_a_person(judged: Judge) -> None:
    verdict = judged("a.ckpt", HOSTILE, expected_sha256=hashlib.sha256(HOSTILE).hexdigest())
    assert outcome(verdict) == (Decision.REVIEW, "review_pickle")
    assert "os.system" in verdict.reasons[0].sentence


def test_a_request_that_allows_pickles_lifts_that_review_and_says_so(judged: Judge) -> None:
    verdict = judged("a.ckpt", HOSTILE, allow_pickle=True)
    assert verdict.decision is Decision.VERIFIED
    assert "pickle_allowed" in codes(verdict)


def test_a_person_s_approval_lifts_it_too_and_says_so(judged: Judge) -> None:
    verdict = judged("a.ckpt", HOSTILE, approved=True)
    assert verdict.decision is Decision.VERIFIED
    assert "approved_by_person" in codes(verdict)
    assert "pickle_allowed" not in codes(verdict)


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.bin", b"\x00\x01\x02\x03", "review_unknown_structure"),
        ("engine.plan", b"\x00\x01\x02\x03", "review_unknown_structure"),
        ("a.zip", stored_zip({"a.safetensors": MODEL}), "review_archive"),
        ("a.tar.gz", archive_files.tar_gz({"a.safetensors": MODEL}), "review_archive"),
        ("a.7z", archive_files.seven_zip(), "review_archive"),
        (
            "a.safetensors",
            lying_safetensors({"a": {"dtype": "NEW", "shape": [1], "data_offsets": [0, 1]}}, b"x"),
            "review_unchecked",
        ),
    ],
)
def test_what_the_rules_leave_open_is_not_lifted_by_allowing_pickles(
    judged: Judge, name: str, raw: bytes, code: str
) -> None:
    assert outcome(judged(name, raw, allow_pickle=True)) == (Decision.REVIEW, code)
    approved = judged(name, raw, approved=True)
    assert approved.decision is Decision.VERIFIED
    assert "structure_right" not in codes(approved)


def test_what_was_only_found_by_a_search_needs_a_hash_or_a_person(judged: Judge) -> None:
    sha256 = hashlib.sha256(MODEL).hexdigest()
    found = {"trust": Trust.CANDIDATE}
    assert codes(judged("a.safetensors", MODEL, **found)) == ("review_candidate",)
    proven = judged("a.safetensors", MODEL, **found, expected_sha256=sha256)
    assert proven.decision is Decision.VERIFIED
    unproven = judged("a.safetensors", MODEL, **found, expected_sha256=sha256, verify_hashes=False)
    assert unproven.decision is Decision.REVIEW


def test_who_approves_has_seen_every_open_question(judged: Judge) -> None:
    verdict = judged("a.ckpt", HOSTILE, trust=Trust.CANDIDATE)
    assert codes(verdict) == ("review_pickle", "review_candidate")


# -- all of them --------------------------------------------------------------------------------


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    right=st.sampled_from(RIGHT),
    raw=st.binary(max_size=200),
    cut=st.none() | st.floats(0, 1, exclude_max=True),
    approved=st.booleans(),
)
def test_every_file_gets_a_verdict_with_known_reasons(
    judged: Judge, right: tuple[str, bytes], raw: bytes, cut: float | None, approved: bool
) -> None:
    name, valid = right
    content = raw if cut is None else valid[: int(cut * len(valid))]
    verdict = judged(name, content, approved=approved, declared_size=len(content))
    known = PROOFS if verdict.decision is Decision.VERIFIED else ERRORS
    assert verdict.reasons
    assert all(reason.code in known and reason.sentence for reason in verdict.reasons)
    assert verdict.to_json()["reason"]


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(right=st.sampled_from(RIGHT[:10]), cut=st.floats(0, 1, exclude_max=True))
def test_a_cut_model_never_passes_even_where_no_size_is_known(
    judged: Judge, right: tuple[str, bytes], cut: float
) -> None:
    name, valid = right
    verdict = judged(name, valid[: int(cut * len(valid))])
    assert verdict.decision is not Decision.VERIFIED
