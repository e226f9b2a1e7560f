"""Tells whether the functions of a submission can keep anything from one call to the next, without running them.

Theory of operation. A function can only leave something behind where somebody finds it again: in a global or an
attribute that it sets, in an object that outlives the call and can be written to, or in the state of a library (numpy's
error handling, the global random generator, memory that was never filled). So its code is read: what it stores, which
names it uses, and what these are in its module. Whatever is not known here to be harmless counts as a place to keep
something, so the answer "nothing is kept" can be relied on, and "perhaps" costs a fresh worker and nothing else. For
that, the code of the module itself is read before it runs: if it does more than import and define, it may have changed
anything, the reader included.

Standard library and numpy only: a worker imports this.
"""

import builtins
import collections
import itertools
import math
import opcode
import sys
from collections.abc import Iterable, Mapping
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

#: Builtins, then what is spelled with a dot before it: modules, methods, and the functions of numpy and math.
_NAMES = """
ArithmeticError AssertionError Exception False FloatingPointError IndexError KeyError LinAlgError
NotImplementedError OverflowError RuntimeError StopIteration TypeError ValueError ZeroDivisionError

abs all any bool bytes callable chr complex dict divmod enumerate filter float frozenset int
isinstance issubclass iter len list map max min next object ord pow print range repr reversed round set slice
sorted str sum tuple zip

np numpy linalg math itertools collections

add append clear copy count discard endswith extend fill get index insert intersection isdigit items join keys
lower lstrip pop popleft appendleft remove removeprefix removesuffix replace reverse rstrip setdefault sort
split startswith strip title union update upper values difference issubset issuperset most_common is_integer
bit_length conjugate

Counter defaultdict deque OrderedDict accumulate chain combinations combinations_with_replacement cycle
from_iterable islice pairwise permutations product repeat starmap takewhile zip_longest

T argmax argmin argpartition argsort astype choose clip compress conj cumprod cumsum diagonal dot dtype flat
flatten imag item itemsize mean nbytes ndim nonzero partition prod put ravel real reshape searchsorted
shape size squeeze std strides swapaxes take tolist trace transpose var

absolute acos acosh allclose amax amin angle apply_along_axis apply_over_axes arange arccos arccosh arcsin
arcsinh arctan arctan2 arctanh argwhere array array2string array_equal array_equiv array_repr array_split
array_str asarray asarray_chkfinite ascontiguousarray asfortranarray asin asinh at atan atan2 atanh atleast_1d
atleast_2d atleast_3d average bincount broadcast_arrays broadcast_shapes broadcast_to c_ cbrt ceil column_stack
concat concatenate convolve copysign copyto corrcoef correlate cos cosh count_nonzero cov cross cumulative_prod
cumulative_sum deg2rad degrees delete diag diag_indices diagflat diff digitize divide dsplit dstack e ediff1d
einsum equal errstate euler_gamma exp exp2 expand_dims expm1 extract eye fabs fill_diagonal finfo fix
flatnonzero flip fliplr flipud float16 float32 float64 float_power floating floor floor_divide fmax fmin fmod
frexp fromfunction fromiter full full_like gcd geomspace gradient greater greater_equal heaviside histogram
histogram2d histogram_bin_edges hsplit hstack hypot identity iinfo indices inexact inf inner int16 int32 int64
int8 integer interp intersect1d intp invert isclose iscomplexobj isdtype isfinite isin isinf isnan isneginf
isposinf isreal isrealobj isscalar issubdtype ix_ kron lcm ldexp less less_equal lexsort linspace log log10
log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor logspace mask_indices matmul
matrix_transpose matvec maximum median meshgrid mgrid minimum mod modf moveaxis multiply nan nan_to_num
nanargmax nanargmin nancumsum nanmax nanmean nanmedian nanmin nanprod nanquantile nanstd nansum nanvar
ndenumerate ndindex negative newaxis nextafter not_equal number ogrid ones ones_like outer percentile
permute_dims pi piecewise place polyfit polyval positive power promote_types put_along_axis putmask quantile r_
rad2deg radians reciprocal reduce reduceat remainder result_type rint roll rollaxis rot90 s_ select setdiff1d
setxor1d sign signbit sin sinc sinh sort_complex spacing sqrt square stack subtract take_along_axis tan tanh
tensordot tile trapezoid tri tril tril_indices triu triu_indices true_divide trunc uint8 uint16 uint32 uint64
union1d unique unique_counts unique_inverse unique_values unravel_index unstack vander vdot vecdot vecmat
vectorize vsplit vstack where zeros zeros_like bool_ int_ eps tiny

cholesky cond det eig eigh eigvals eigvalsh inv lstsq matrix_norm matrix_power matrix_rank multi_dot norm pinv
qr slogdet solve svd svdvals vector_norm

choice integers normal permutation permuted shuffle standard_normal uniform

comb dist erf erfc fsum gamma isqrt lgamma perm sumprod tau
"""
#: Names that a function may use, whatever they are attributes of. None leads to something that can be written to and
#: outlives the call, or to memory that nobody has filled (as `empty` does, the class `ndarray`, and a `resize` that
#: views survive), or reads attributes whose names stand in a text (as `format` and `hasattr` do).
HARMLESS = frozenset(_NAMES.split())

_NUMBERS = (type(None), bool, int, float, complex, str, bytes, np.number, np.bool_)
_MODULES = (np, np.linalg, math, itertools, collections)
_IMPORTED = (
    *("__future__", "collections", "collections.abc", "itertools", "math", "typing"),
    *("numpy", "numpy.linalg", "numpy.typing", "given"),
)
#: Of the names that Python itself reads in a module, those that change nothing: `__builtins__` would change what every
#: builtin is, and `__package__` what an import means.
_TOLD = frozenset({"__doc__", "__future__", "__all__", "__author__", "__version__"})


def _numbers(names: str) -> frozenset[int]:
    """The instructions of these names, as far as code has them: those of the compiler alone are no bytes."""
    found = (opcode.opmap.get(name, 256) for name in names.split())
    return frozenset(number for number in found if number < 256)


#: What code may do that only imports and defines: nothing here can call anything, or write to what it did not make.
_DECLARING = _numbers(
    "CACHE RESUME NOP LOAD_CONST LOAD_NAME STORE_NAME LOAD_ATTR IMPORT_NAME IMPORT_FROM POP_TOP COPY SWAP"
    " UNPACK_SEQUENCE MAKE_FUNCTION SET_FUNCTION_ATTRIBUTE BUILD_TUPLE BUILD_LIST BUILD_MAP BUILD_CONST_KEY_MAP"
    " BINARY_SUBSCR BINARY_OP UNARY_NEGATIVE RETURN_VALUE RETURN_CONST IMPORT_STAR CALL_INTRINSIC_1"
)
#: What code must not do that keeps nothing: set what outlives it, make classes, import, or use names that are not in
#: its list of names.
_KEEPING = _numbers(
    "STORE_ATTR DELETE_ATTR STORE_GLOBAL DELETE_GLOBAL STORE_NAME DELETE_NAME LOAD_NAME IMPORT_NAME IMPORT_FROM"
    " IMPORT_STAR LOAD_BUILD_CLASS LOAD_CLASSDEREF LOAD_FROM_DICT_OR_DEREF LOAD_FROM_DICT_OR_GLOBALS LOAD_LOCALS"
    " LOAD_SUPER_ATTR MATCH_CLASS SETUP_ANNOTATIONS BEFORE_ASYNC_WITH GET_AITER GET_ANEXT GET_AWAITABLE"
)
_ATTRIBUTES = _numbers("LOAD_ATTR LOAD_METHOD")
_EXTENDED = opcode.opmap["EXTENDED_ARG"]
_IMPORT = opcode.opmap["IMPORT_NAME"]
_BINARY = opcode.opmap["BINARY_OP"]
#: From Python 3.12 on, `import *` is one of the things that an instruction does which does others as well.
_INTRINSIC, _IMPORT_STAR = opcode.opmap.get("CALL_INTRINSIC_1"), 2
#: The first of the operators that write to their left side; they are numbered after the others.
_IN_PLACE = 13
#: What passes a dictionary as keywords: their names may have been put together by then.
_KEYWORDS = opcode.opmap["DICT_MERGE"]
#: What every handler of `try` and `with` begins with.
_HANDLER = opcode.opmap["PUSH_EXC_INFO"]
#: From Python 3.12 on, the lowest bit of an attribute's number says whether it is called.
_FLAGS = 1 if sys.version_info >= (3, 12) else 0
_SUSPENDED = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR
#: The instructions of later versions have not been read by anybody.
_READABLE = sys.version_info < (3, 14)

#: Functions that were found to keep nothing: those of `given`, before any submission is there.
_known: set[FunctionType] = set()


def only_defines(code: CodeType) -> bool:
    """Whether the code of a module does nothing but import what is harmless and define constants and functions."""
    if not _READABLE:
        return False
    instructions, names = code.co_code, code.co_names
    if not _DECLARING.issuperset(instructions[::2]):
        return False
    if any(name.startswith("__") and name not in _TOLD for name in names):
        return False
    for operation, number in zip(instructions[::2], instructions[1::2], strict=True):
        if operation == _BINARY and number >= _IN_PLACE:
            return False
        if operation == _INTRINSIC and number != _IMPORT_STAR:
            return False
        if operation == _IMPORT and not (
            names[number] in _IMPORTED or names[number].startswith("given.")
        ):
            return False
    return True


def keep_nothing(values: Iterable[Any]) -> bool:
    """Whether calls of these leave nothing behind that a later call could find.

    They must be what a module defined that `only_defines`, or come from code that is trusted.
    """
    seen = set(_known)
    try:
        return _READABLE and all(_is_constant(value, seen) for value in values)
    except Exception:
        # Calls that are nested too deeply to follow, or an object of `given` that answers no question.
        return False


def learn(module: ModuleType) -> None:
    """Remember which functions of a module that is trusted keep nothing."""
    for value in vars(module).values():
        if isinstance(value, FunctionType) and keep_nothing([value]):
            _known.add(value)


def _is_constant(value: Any, seen: set[FunctionType]) -> bool:
    """Whether nothing can be written to a value, and nothing is if it is called; `seen` are functions that are judged
    elsewhere.
    """
    if isinstance(value, _NUMBERS):
        return True
    if isinstance(value, tuple):
        return all(isinstance(part, _NUMBERS) for part in value)
    if isinstance(value, ModuleType):
        return value in _MODULES
    name = getattr(value, "__name__", None)
    if name in HARMLESS and any(
        vars(module).get(name) is value for module in (builtins, *_MODULES)
    ):
        return True
    if not isinstance(value, FunctionType):
        return False
    if value not in seen:
        seen.add(value)
        return _keeps_nothing(value, seen)
    return True


def _keeps_nothing(function: FunctionType, seen: set[FunctionType]) -> bool:
    constants = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return (
        function.__closure__ is None
        and not function.__dict__
        and all(_is_constant(value, seen) for value in constants)
        and _code_keeps_nothing(function.__code__, function.__globals__, seen)
    )


def _code_keeps_nothing(code: CodeType, names: Mapping[str, Any], seen: set[FunctionType]) -> bool:
    """Whether code keeps nothing whose global names are these."""
    instructions = code.co_code
    operations = frozenset(instructions[::2])
    if not _KEEPING.isdisjoint(operations):
        return False
    if _KEYWORDS in operations and names["__name__"].partition(".")[0] != "given":
        return False
    unknown = []
    for number, name in enumerate(code.co_names):
        if name in names and not _is_constant(names[name], seen):
            return False
        if name not in HARMLESS:
            if name not in names:
                return False
            unknown.append(number)
    if unknown and (_EXTENDED in operations or _as_attributes(unknown, instructions)):
        return False
    if code.co_flags & _SUSPENDED and (not code.co_flags & CO_GENERATOR or _HANDLER in operations):
        # One that is not run to its end leaves `with` open, and what `finally` does to another call.
        return False
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if not _code_keeps_nothing(constant, names, seen):
                return False
        elif isinstance(constant, tuple) and "where" in constant:
            # numpy leaves out what its argument `where` excludes: memory that nobody has filled.
            return False
    return True


def _as_attributes(numbers: list[int], instructions: bytes) -> bool:
    """Whether any of these names is used as an attribute; larger numbers than a byte holds do not occur."""
    for number in numbers:
        for argument in range(number << _FLAGS, min((number + 1) << _FLAGS, 256)):
            for operation in _ATTRIBUTES:
                used = bytes((operation, argument))
                at = instructions.find(used)
                while at >= 0:
                    if at % 2 == 0:
                        return True
                    at = instructions.find(used, at + 1)
    return False
