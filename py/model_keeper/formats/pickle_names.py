"""The names a pickle may call for without being a finding, and the sizes of PyTorch's storages.

Everything here only rebuilds data: none of these can run code, import a module of the file's
choice or touch a file, whatever its arguments are. What is not listed is a finding, even if it is
harmless.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_STORAGE_BYTES = {
    "Double": 8, "Float": 4, "Half": 2, "BFloat16": 2, "Long": 8, "Int": 4, "Short": 2, "Char": 1,
    "Byte": 1, "Bool": 1, "ComplexDouble": 16, "ComplexFloat": 8, "QInt8": 1, "QUInt8": 1,
    "QInt32": 4,
}  # fmt: skip

#: Bytes of one element, by the storage's full name; ``UntypedStorage`` counts bytes.
STORAGES: Mapping[str, int] = MappingProxyType(
    {f"torch.{kind}Storage": size for kind, size in _STORAGE_BYTES.items()}
    | {f"torch.cuda.{kind}Storage": size for kind, size in _STORAGE_BYTES.items()}
    | {"torch.storage.UntypedStorage": 1, "torch.UntypedStorage": 1}
)

_DTYPES = (
    "float64", "double", "float32", "float", "float16", "half", "bfloat16", "int64", "long",
    "int32", "int", "int16", "short", "int8", "uint8", "uint16", "uint32", "uint64", "bool",
    "complex32", "complex64", "complex128", "qint8", "quint8", "qint32",
    "float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "float8_e8m0fnu",
)  # fmt: skip
_TORCH = (
    "torch.Size", "torch.Tensor", "torch.device", "torch.nn.parameter.Parameter",
    "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
    "torch._utils._rebuild_qtensor", "torch._utils._rebuild_sparse_tensor",
    "torch._utils._rebuild_meta_tensor_no_storage", "torch._tensor._rebuild_from_type_v2",
    "torch.serialization._get_layout", "torch.storage.TypedStorage",
    "torch.per_tensor_affine", "torch.per_channel_affine",
)  # fmt: skip
_NUMPY = (
    "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct",
    "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
    "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer",
    "numpy.ndarray", "numpy.dtype", "numpy.bool_", "numpy.float64", "numpy.float32",
)  # fmt: skip
_BUILTINS = ("set", "frozenset", "bytes", "bytearray", "complex", "slice", "object")
_PYTHON = (
    "collections.OrderedDict", "_codecs.encode",
    "copyreg._reconstructor", "copy_reg._reconstructor",
    *(f"builtins.{name}" for name in _BUILTINS), *(f"__builtin__.{name}" for name in _BUILTINS),
)  # fmt: skip

ALLOWED: frozenset[str] = frozenset(
    {*STORAGES, *_TORCH, *_NUMPY, *_PYTHON, *(f"torch.{dtype}" for dtype in _DTYPES)}
)
