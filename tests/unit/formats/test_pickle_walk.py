from __future__ import annotations

import io
import pickle
import pickletools
import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.formats import pickle_walk
from model_keeper.formats.pickle_walk import Storage, Walked, walk
from model_keeper.formats.reading import Broken
from model_keeper.testing import pickles


def walked(raw: bytes) -> Walked:
    return walk(io.BytesIO(raw))


@pytest.mark.parametrize("protocol", range(6))
def test_plain_data_of_every_protocol_is_read_to_its_stop(protocol: int) -> None:
    raw = pickles.benign(protocol)
    stream = io.BytesIO(raw + b"behind")
    found = walk(stream)
    assert (found.findings, found.complete) == ([], True)
    assert stream.read() == b"behind"


HOSTILE = [case for case in pickles.hostile() if case != "before a fault"]


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("call", pickles.HOSTILE_CALLS)
def test_a_hostile_call_is_found_whatever_instruction_makes_it(case: str, call: str) -> None:
    raw = pickles.hostile(*pickles.HOSTILE_CALLS[call])[case]
    found = walked(raw)
    assert found.findings == [call]
    assert found.calls == 1


def test_a_call_before_a_fault_is_kept() -> None:
    found = Walked()
    with pytest.raises(Broken, match="unknown instruction 0xff"):
        walk(io.BytesIO(pickles.hostile()["before a fault"]), found)
    assert found.findings == ["os.system"]


@pytest.mark.parametrize(
    ("raw", "finding"),
    [
        (pickles.computed_name(), "a name that is only known when it is loaded"),
        (pickles.extension_code(), "the registered extension 7"),
        (pickles.changed_name(), "a change to collections.OrderedDict itself"),
        (b"\x80\x02N)R.", "a call of something that is only known when it is loaded"),
        (b"c" + b"m" * 300 + b"\nx\n.", "a name that is only known when it is loaded"),
        (b"ccollections\nOrderedDict.fromkeys\n.", "collections.OrderedDict.fromkeys"),
        (b"cos\x00\nsystem\n.", "os?.system"),
    ],
)
def test_what_cannot_be_known_is_a_finding(raw: bytes, finding: str) -> None:
    assert finding in walked(raw).findings


def test_the_storages_of_a_state_dict_are_known() -> None:
    found = walked(pickles.state_dict(12))
    assert found.findings == []
    assert found.storages == {"0": Storage("torch.FloatStorage", "0", 12)}


BAD = {
    "nothing": b"",
    "an empty stack": b".",
    "a mark that is missing": b"t.",
    "a value below a mark": b"N(\x85.",
    "a memo that is empty": b"h\x00.",
    "a number that is none": b"Ix\n.",
    "a negative length": b"T\xff\xff\xff\xff.",
    "a length without bytes": b"\x80\x04\x8d" + struct.pack("<Q", 2**63) + b"x",
    "bytes without bytes": b"\x80\x04\x8e" + struct.pack("<Q", 2**64 - 1),
    "a line without end": b"S'" + b"a" * 100_000,
    "a name without its second line": b"cos\n",
    "an unknown protocol": b"\x80\x09N.",
    "an object of nothing": b"(o.",
    "no stop": b"\x80\x02N",
}


@pytest.mark.parametrize("case", BAD)
def test_what_no_unpickler_would_finish_is_broken(case: str) -> None:
    with pytest.raises(Broken):
        walked(BAD[case])


@pytest.mark.parametrize("protocol", range(6))
def test_a_pickle_cut_at_any_byte_is_broken(protocol: int) -> None:
    raw = pickles.benign(protocol)
    for cut in range(len(raw)):
        with pytest.raises(Broken):
            walked(raw[:cut])


@pytest.mark.parametrize("raw", [b"N0" * 600 + b"N.", b"N" * 600 + b".", b"(" * 1200])
def test_a_pickle_without_end_is_left_with_a_finding(
    raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pickle_walk, "_MOST_STEPS", 1000)
    monkeypatch.setattr(pickle_walk, "_MOST_KEPT", 500)
    found = walked(raw)
    assert not found.complete
    assert found.findings == ["more instructions than can be looked through"]


def test_deep_nesting_needs_no_recursion() -> None:
    assert walked(b"\x80\x02N" + b"\x85" * 200_000 + b".").complete


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner, inner, inner)
        | st.dictionaries(st.text(), inner)
        | st.frozensets(st.integers())
    ),
    max_leaves=20,
)


@given(value=PLAIN, protocol=st.integers(0, 5))
@settings(deadline=None, max_examples=150)
def test_any_plain_data_is_walked_as_it_was_written(value: object, protocol: int) -> None:
    raw = pickle.dumps(value, protocol)
    found = walked(raw)
    assert (found.findings, found.complete) == ([], True)
    assert found.steps == sum(1 for _ in pickletools.genops(raw))


@given(raw=st.binary(max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_bytes_are_walked_or_broken(raw: bytes) -> None:
    with suppress(Broken):
        walked(raw)


INSTRUCTIONS = st.sampled_from([opcode.code.encode("latin-1") for opcode in pickletools.opcodes])


@given(parts=st.lists(INSTRUCTIONS | st.binary(max_size=9) | st.just(b"os\n"), max_size=40))
@settings(deadline=None, max_examples=300)
def test_any_instructions_are_walked_or_broken(parts: list[bytes]) -> None:
    with suppress(Broken):
        walked(b"".join(parts))
