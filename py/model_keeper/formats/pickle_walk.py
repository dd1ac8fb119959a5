"""A walk over the opcodes of a pickle that loads nothing and imports nothing.

The walk keeps just enough of the stack and the memo to know which names the pickle would import and
what it would call: strings, whole numbers, names, and short tuples of those. Everything else is
opaque. Where a name or a callee is opaque, that is a finding itself: the walk never guesses.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, BinaryIO, Final, Union

from model_keeper.formats.pickle_names import ALLOWED
from model_keeper.formats.reading import Broken, Ended, skip

_OPCODES: Mapping[bytes, pickletools.OpcodeInfo] = MappingProxyType(
    {opcode.code.encode("latin-1"): opcode for opcode in pickletools.opcodes}
)
_NEWEST_PROTOCOL = 5
_MOST_STEPS = 5_000_000
_MOST_KEPT = 1_000_000  # values on the stack, and values in the memo
_LONGEST_ARGUMENT = 256  # longer ones are passed over and are opaque; no allowed name has as many
_LONGEST_TUPLE = 8  # a persistent id has six parts
_MOST_FINDINGS = 20
_WHAT = "its pickle"


@dataclass(frozen=True)
class Name:
    """Something that the pickle imports, as ``module.name``."""

    full: str


class _Opaque:
    """A value that the walk does not follow."""


_OPAQUE: Final = _Opaque()
Value = Union[str, int, Name, tuple[Any, ...], _Opaque]  # noqa: UP007 - a runtime alias on 3.10


@dataclass(frozen=True)
class Storage:
    """A PyTorch storage that a persistent id names: its type, its key, how many elements."""

    type: str
    key: str
    count: int


@dataclass
class Walked:
    """What one pickle asks for.

    ``findings`` are short phrases, each about something that is not on the list of harmless names;
    ``calls`` counts what it would call; ``result`` is the loaded value where the walk knows it.
    ``complete`` is False where the pickle is longer than the walk goes, which is a finding too.
    """

    findings: list[str] = field(default_factory=list)
    storages: dict[str, Storage] = field(default_factory=dict)
    calls: int = 0
    steps: int = 0
    complete: bool = False
    result: Value = _OPAQUE

    def find(self, finding: str) -> None:
        if finding not in self.findings and len(self.findings) < _MOST_FINDINGS:
            self.findings.append(finding)


def walk(stream: BinaryIO, walked: Walked | None = None) -> Walked:
    """Walk one pickle, from where ``stream`` stands to just behind its STOP.

    ``walked`` may be given to keep what was found before the pickle turned out to be broken.
    Raises :class:`Broken` for what no unpickler would read to its end.
    """
    return _Machine(stream, walked if walked is not None else Walked()).run()


class _Machine:
    """An unpickler's stack, marks and memo, with shadows of values instead of values."""

    def __init__(self, stream: BinaryIO, walked: Walked) -> None:
        self._stream = stream
        self._walked = walked
        self._stack: list[Value] = []
        self._marks: list[int] = []
        self._memo: dict[int, Value] = {}
        self._special = self._handlers()

    def run(self) -> Walked:
        walked = self._walked
        while not self._is_too_long():
            opcode = self._read_opcode()
            argument = self._argument(opcode)
            if opcode.name == "STOP":
                walked.result = self._pop()
                walked.complete = True
                return walked
            handler = self._special.get(opcode.name)
            if handler is not None:
                handler(argument)
            else:
                self._follow(opcode)
        walked.find("more instructions than can be looked through")
        return walked

    # -- reading ------------------------------------------------------------------------------

    def _read_opcode(self) -> pickletools.OpcodeInfo:
        code = self._stream.read(1)
        if not code:
            raise Ended(_WHAT)
        opcode = _OPCODES.get(code)
        if opcode is None:
            raise Broken(f"its pickle holds the unknown instruction 0x{code[0]:02x}")
        return opcode

    def _argument(self, opcode: pickletools.OpcodeInfo) -> Any:
        """The argument: a string, a number, two lines for a name, or opaque."""
        shape = opcode.arg
        if shape is None:
            return None
        if opcode.name in ("GLOBAL", "INST"):
            return self._line(), self._line()
        if shape.n == pickletools.UP_TO_NEWLINE:
            return _read_line_value(opcode.name, self._line())
        if shape.n >= 0:
            raw = self._take(shape.n)
        else:
            raw_or_none = self._counted(shape.n)
            if raw_or_none is None:
                return _OPAQUE
            raw = raw_or_none
        return _read_raw_value(opcode.name, raw)

    def _counted(self, size: int) -> bytes | None:
        width = {
            pickletools.TAKEN_FROM_ARGUMENT1: 1,
            pickletools.TAKEN_FROM_ARGUMENT4: 4,
            pickletools.TAKEN_FROM_ARGUMENT4U: 4,
            pickletools.TAKEN_FROM_ARGUMENT8U: 8,
        }[size]
        signed = size == pickletools.TAKEN_FROM_ARGUMENT4
        length = int.from_bytes(self._take(width), "little", signed=signed)
        if length < 0:
            raise Broken("its pickle claims a negative length")
        if length > _LONGEST_ARGUMENT:
            skip(self._stream, length, _WHAT)
            return None
        return self._take(length)

    def _take(self, count: int) -> bytes:
        data = self._stream.read(count)
        if len(data) != count:
            raise Ended(_WHAT)
        return data

    def _line(self) -> bytes | None:
        """A line without its end, or None for one that is too long to be kept."""
        line = self._stream.readline(_LONGEST_ARGUMENT)
        if line.endswith(b"\n"):
            return line[:-1]
        if len(line) < _LONGEST_ARGUMENT:
            raise Ended(_WHAT)
        while piece := self._stream.readline(_LONGEST_ARGUMENT):
            if piece.endswith(b"\n"):
                return None
        raise Ended(_WHAT)

    # -- the stack ----------------------------------------------------------------------------

    def _push(self, value: Value) -> None:
        self._stack.append(value)

    def _pop(self) -> Value:
        if len(self._stack) <= (self._marks[-1] if self._marks else 0):
            raise Broken("its pickle takes more values than it has")
        return self._stack.pop()

    def _pop_to_mark(self) -> list[Value]:
        if not self._marks:
            raise Broken("its pickle takes more values than it has")
        mark = self._marks.pop()
        items = self._stack[mark:]
        del self._stack[mark:]
        return items

    def _top(self) -> Value:
        if len(self._stack) <= (self._marks[-1] if self._marks else 0):
            raise Broken("its pickle takes more values than it has")
        return self._stack[-1]

    def _is_too_long(self) -> bool:
        self._walked.steps += 1
        return (
            self._walked.steps > _MOST_STEPS
            or len(self._stack) > _MOST_KEPT
            or len(self._memo) > _MOST_KEPT
        )

    def _follow(self, opcode: pickletools.OpcodeInfo) -> None:
        """An instruction that only builds data: what it takes and what it leaves is opaque."""
        taken = len(opcode.stack_before)
        if pickletools.stackslice in opcode.stack_before:
            self._pop_to_mark()
            taken -= 2
        for _ in range(taken):
            self._pop()
        self._stack.extend([_OPAQUE] * len(opcode.stack_after))

    # -- the instructions that matter ---------------------------------------------------------

    def _handlers(self) -> dict[str, Callable[[Any], None]]:
        texts = (
            "STRING", "BINSTRING", "SHORT_BINSTRING",
            "UNICODE", "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8",
        )  # fmt: skip
        numbers = ("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4")
        handlers: dict[str, Callable[[Any], None]] = dict.fromkeys((*texts, *numbers), self._push)
        handlers.update(dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), self._get))
        handlers.update(dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT"), self._put))
        handlers.update(dict.fromkeys(("EXT1", "EXT2", "EXT4"), self._extension))
        return handlers | {
            "PROTO": self._protocol,
            "FRAME": lambda _: None,  # a hint for buffers; the instructions go on as they are
            "MARK": lambda _: self._marks.append(len(self._stack)),
            "POP": self._pop_one,
            "DUP": lambda _: self._push(self._top()),
            "MEMOIZE": lambda _: self._put(len(self._memo)),
            "TUPLE": lambda _: self._push_tuple(self._pop_to_mark()),
            "TUPLE1": lambda _: self._take_tuple(1),
            "TUPLE2": lambda _: self._take_tuple(2),
            "TUPLE3": lambda _: self._take_tuple(3),
            "BINPERSID": self._persistent,
            "GLOBAL": self._global,
            "STACK_GLOBAL": self._stack_global,
            "INST": self._instance,
            "OBJ": self._object,
            "REDUCE": lambda _: self._call(arguments=1),
            "NEWOBJ": lambda _: self._call(arguments=1),
            "NEWOBJ_EX": lambda _: self._call(arguments=2),
            "BUILD": self._build,
        }

    def _protocol(self, version: int) -> None:
        if version > _NEWEST_PROTOCOL:
            raise Broken(f"its pickle has the unknown protocol {version}")

    def _pop_one(self, _: None) -> None:
        if self._marks and self._marks[-1] == len(self._stack):
            self._marks.pop()
        else:
            self._pop()

    def _get(self, index: int) -> None:
        if index not in self._memo:
            raise Broken("its pickle refers to a value that it does not have")
        self._push(self._memo[index])

    def _put(self, index: int) -> None:
        self._memo[index] = self._top()

    def _take_tuple(self, count: int) -> None:
        self._push_tuple([self._pop() for _ in range(count)][::-1])

    def _push_tuple(self, items: list[Value]) -> None:
        if len(items) > _LONGEST_TUPLE:
            self._push(_OPAQUE)
        else:  # tuples of tuples are not followed, so nothing nests without end
            self._push(tuple(_OPAQUE if isinstance(item, tuple) else item for item in items))

    def _persistent(self, _: None) -> None:
        identity = self._pop()
        self._push(_OPAQUE)
        if not isinstance(identity, tuple) or len(identity) < 5 or identity[0] != "storage":
            return
        kind, key, count = identity[1], identity[2], identity[4]
        if isinstance(kind, Name) and isinstance(key, str) and isinstance(count, int):
            self._walked.storages.setdefault(key, Storage(kind.full, key, count))

    def _global(self, lines: tuple[bytes | None, bytes | None]) -> None:
        self._push(self._named(*(None if line is None else _text(line) for line in lines)))

    def _stack_global(self, _: None) -> None:
        name, module = self._pop(), self._pop()
        self._push(
            self._named(
                module if isinstance(module, str) else None, name if isinstance(name, str) else None
            )
        )

    def _named(self, module: str | None, name: str | None) -> Value:
        if module is None or name is None:
            self._walked.find("a name that is only known when it is loaded")
            return _OPAQUE
        full = f"{module}.{name}"
        if full not in ALLOWED:
            self._walked.find(_shown(full))
        return Name(full)

    def _extension(self, code: int) -> None:
        self._walked.find(f"the registered extension {code}")
        self._push(_OPAQUE)

    def _instance(self, lines: tuple[bytes | None, bytes | None]) -> None:
        self._pop_to_mark()
        self._walked.calls += 1
        self._global(lines)
        self._pop()
        self._push(_OPAQUE)

    def _object(self, _: None) -> None:
        items = self._pop_to_mark()
        if not items:
            raise Broken("its pickle takes more values than it has")
        self._called(items[0])

    def _call(self, arguments: int) -> None:
        for _ in range(arguments):
            self._pop()
        self._called(self._pop())

    def _called(self, callee: Value) -> None:
        self._walked.calls += 1
        if not isinstance(callee, Name):
            self._walked.find("a call of something that is only known when it is loaded")
        self._push(_OPAQUE)

    def _build(self, _: None) -> None:
        self._pop()
        changed = self._top()
        if isinstance(changed, Name):
            self._walked.find(f"a change to {_shown(changed.full)} itself")


def _read_line_value(name: str, line: bytes | None) -> Value:
    """The argument of an instruction of the text protocol."""
    if line is None:
        return _OPAQUE
    if name == "STRING":
        return _text(line.strip(b" ")[1:-1])
    if name == "UNICODE":
        return line.decode("raw-unicode-escape", "replace")
    if name not in ("INT", "LONG", "GET", "PUT"):
        return _OPAQUE
    try:
        return int(line.strip().removesuffix(b"L"))
    except ValueError as exc:
        raise Broken("its pickle holds a number that is none") from exc


def _read_raw_value(name: str, raw: bytes) -> Value:
    """The argument of an instruction of the binary protocols."""
    if "UNICODE" in name or "STRING" in name:
        return _text(raw)
    if name in ("BININT", "LONG1", "LONG4"):
        return int.from_bytes(raw, "little", signed=True)
    if name.startswith(("BININT", "EXT", "PROTO", "BINGET", "BINPUT", "LONG_BIN")):
        return int.from_bytes(raw, "little")
    return _OPAQUE


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _shown(name: str) -> str:
    """A name that the file chose, fit for a message."""
    printable = "".join(c if c.isprintable() else "?" for c in name)
    return printable if len(printable) <= 120 else printable[:119] + "…"
