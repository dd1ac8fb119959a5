"""Pickles by their opcodes, benign and hostile. None of them is ever loaded."""

from __future__ import annotations

import collections
import pickle
import struct
from collections.abc import Mapping
from types import MappingProxyType

#: What the hostile ones would call, each with an argument that does nothing.
HOSTILE_CALLS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "os.system": ("os", "system"),
        "posix.system": ("posix", "system"),
        "builtins.eval": ("builtins", "eval"),
        "runpy._run_code": ("runpy", "_run_code"),
        "torch.hub.load": ("torch.hub", "load"),
    }
)


def benign(protocol: int) -> bytes:
    """A dictionary of plain data, with an OrderedDict, a set and a long text."""
    value = {"steps": 20, "scale": 7.5, "name": "a" * 300, "tags": collections.OrderedDict(x=1)}
    return pickle.dumps([value, {1, 2}, b"\x00\x01", None, -(1 << 70)], protocol=protocol)


def state_dict(count: int, name: str = "weight") -> bytes:
    """What PyTorch writes for one float32 tensor of ``count`` elements in the storage ``0``."""
    ordered = b"ccollections\nOrderedDict\n)R"
    length = b"J" + struct.pack("<i", count)
    storage = b"(" + _text("storage") + b"ctorch\nFloatStorage\n" + _text("0") + _text("cpu")
    storage += length + b"tQ"
    view = b"K\x00" + length + b"\x85" + b"K\x01\x85" + b"\x89" + ordered
    tensor = b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + view + b"tR"
    return b"\x80\x02" + ordered + b"q\x00(" + _text(name) + tensor + b"u."


def hostile(module: str = "os", name: str = "system", argument: str = "true") -> dict[str, bytes]:
    """Every way to call ``module.name`` from a pickle, by the instruction it uses."""
    named = f"c{module}\n{name}\n".encode()
    quoted = f"S'{argument}'\n".encode()
    short = b"\x8c" + bytes([len(module)]) + module.encode()
    short_name = b"\x8c" + bytes([len(name)]) + name.encode()
    call = b"\x8c" + bytes([len(argument)]) + argument.encode() + b"\x85R."
    return {
        "global in protocol 0": named + b"(" + quoted + b"tR.",
        "global in protocol 2": b"\x80\x02" + named + _text(argument) + b"\x85R.",
        "inst": b"(" + quoted + f"i{module}\n{name}\n.".encode(),
        "obj": b"(" + named + quoted + b"o.",
        "newobj": b"\x80\x02" + named + _text(argument) + b"\x85\x81.",
        "newobj_ex": b"\x80\x04" + short + short_name + b"\x93)}\x92.",
        "stack global": b"\x80\x04" + short + short_name + b"\x93" + call,
        "stack global through the memo": (
            b"\x80\x04" + short + b"\x94" + b"0" + short_name + b"q\x070" + b"h\x00h\x07\x93" + call
        ),
        "stack global of long strings": (
            b"\x80\x04" + _text(module) + b"\x8d" + struct.pack("<Q", len(name)) + name.encode()
            + b"\x93" + call
        ),
        "in the middle of data": (
            b"\x80\x04]\x94(K\x01K\x02" + short + short_name + b"\x93" + call[:-1] + b"e."
        ),
        "and then thrown away": b"\x80\x02" + named + _text(argument) + b"\x85R0N.",
        "before a fault": b"\x80\x02" + named + _text(argument) + b"\x85R\xff",
    }  # fmt: skip


def computed_name() -> bytes:
    """A name that only exists when the pickle is loaded: the result of a harmless call."""
    made = b"c_codecs\nencode\n" + _text("os") + b"\x85R"
    return b"\x80\x04" + made + b"\x8c\x06system\x93)R."


def extension_code() -> bytes:
    """A callee from the registry of extensions."""
    return b"\x80\x02\x82\x07)R."


def changed_name() -> bytes:
    """An allowed name whose own attributes the pickle would change."""
    return b"\x80\x02ccollections\nOrderedDict\nN}" + _text("pop") + b"Ns\x86b."


def _text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value.encode()
