"""ONNX: a protocol-buffer message whose lengths have to fit, with a graph and its operator sets.

Field numbers after https://github.com/onnx/onnx (onnx.proto, ``ModelProto``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from model_keeper.formats.reading import Broken, Window

_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5
_MOST_FIELDS = 2_000_000

_IR_VERSION, _PRODUCER, _GRAPH, _OPSET = 1, 2, 7, 8
_MODEL_FIELDS: Mapping[int, int] = MappingProxyType(
    {
        1: _VARINT, 2: _LENGTH, 3: _LENGTH, 4: _LENGTH, 5: _VARINT, 6: _LENGTH, 7: _LENGTH,
        8: _LENGTH, 14: _LENGTH, 20: _LENGTH, 25: _LENGTH, 26: _LENGTH,
    }
)  # fmt: skip
_NODE, _INITIALIZER = 1, 5
_GRAPH_FIELDS = frozenset({1, 2, 5, 10, 11, 12, 13, 14, 15, 16})
_TENSOR_EXTERNAL, _ENTRY_KEY, _ENTRY_VALUE = 13, 1, 2
_KEPT_TEXT = 1024


@dataclass(frozen=True)
class Model:
    """What the model says of itself. ``external`` are the other files that hold its weights."""

    ir_version: int
    producer: str
    node_count: int
    tensor_count: int
    external: tuple[str, ...]


@dataclass(frozen=True)
class _Field:
    number: int
    wire: int
    value: int  # the number, or the length


@dataclass
class _Graph:
    nodes: int = 0
    tensors: int = 0


def read_model(file: BinaryIO, size: int) -> Model:
    """Walk the message to its end; weights are passed over. Raises :class:`Broken`."""
    return _Reader(Window(file, 0, size)).read()


class _Reader:
    def __init__(self, window: Window) -> None:
        self._window = window
        self._fields_left = _MOST_FIELDS
        self._external: dict[str, None] = {}

    def read(self) -> Model:
        version, producer, graph, has_opset = 0, "", None, False
        for item in self._fields(self._window):
            if _MODEL_FIELDS.get(item.number, item.wire) != item.wire:
                raise Broken("one of its fields has the wrong type")
            if item.number == _IR_VERSION:
                version = item.value
            elif item.number == _PRODUCER and item.value <= _KEPT_TEXT:
                producer = self._window.take(item.value, "a name").decode("utf-8", "replace")
            elif item.number == _GRAPH:
                graph = self._graph(self._window.within(item.value, "its graph"))
                self._window.resume()
            elif item.wire == _LENGTH:
                has_opset = has_opset or item.number == _OPSET
                self._window.skip(item.value, "one of its parts")
        if not version or graph is None or not has_opset:
            raise Broken("it has no graph, or does not say which operators it needs")
        return Model(version, producer, graph.nodes, graph.tensors, tuple(self._external))

    def _graph(self, window: Window) -> _Graph:
        graph = _Graph()
        for item in self._fields(window):
            if item.number not in _GRAPH_FIELDS or item.wire != _LENGTH:
                raise Broken("its graph holds a field that does not belong there")
            graph.nodes += item.number == _NODE
            if item.number == _INITIALIZER:
                graph.tensors += 1
                self._tensor(window.within(item.value, "one of its tensors"))
                window.resume()
            else:
                window.skip(item.value, "its graph")
        return graph

    def _tensor(self, window: Window) -> None:
        for item in self._fields(window):
            if item.wire != _LENGTH:
                continue
            if item.number == _TENSOR_EXTERNAL:
                self._note_external(window.within(item.value, "one of its tensors"))
                window.resume()
            else:
                window.skip(item.value, "one of its tensors")

    def _note_external(self, window: Window) -> None:
        entry: dict[int, str] = {}
        for item in self._fields(window):
            if item.wire != _LENGTH:
                continue
            if item.value > _KEPT_TEXT:
                raise Broken("the name of a file that belongs to it is too long")
            raw = window.take(item.value, "the name of a file that belongs to it")
            entry[item.number] = raw.decode("utf-8", "replace")
        if entry.get(_ENTRY_KEY) == "location":
            self._external[entry.get(_ENTRY_VALUE, "")] = None

    def _fields(self, window: Window) -> Iterator[_Field]:
        """The fields to the window's end. The caller passes over the bytes of those with a length.

        Numbers are consumed here.
        """
        while window.remaining:
            self._fields_left -= 1
            if self._fields_left < 0:
                raise Broken("it has more parts than any model")
            key = _varint(window)
            number, wire = key >> 3, key & 7
            if number == 0:
                raise Broken("one of its fields has no number")
            if wire in (_VARINT, _LENGTH):
                yield _Field(number, wire, _varint(window))
            elif wire in (_FIXED64, _FIXED32):
                window.skip(8 if wire == _FIXED64 else 4, "one of its fields")
                yield _Field(number, wire, 0)
            else:
                raise Broken("one of its fields has an unknown type")


def _varint(window: Window) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = window.u8("one of its fields")
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value
    raise Broken("a number in it is too long")
