"""Turns the files of a submission into a module, inside the worker.

The top level runs until its first error; what was defined before is kept. Files are imported from memory. Packages that
the assignment does not allow are replaced by a placeholder that complains only when a graded call uses it.

Standard library and numpy only: a worker imports this.
"""

import ast
import builtins
import importlib.util
import linecache
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from types import FrameType, FunctionType, ModuleType, TracebackType
from typing import Any

from grader.sandbox import newer, placeholder, stateless
from grader.sandbox.notebook import SUFFIX, Cells, cell_in, names_defined
from grader.sandbox.placeholder import Placeholder

#: Names that a submission's own files must not take.
RESERVED = frozenset(sys.stdlib_module_names) | {"numpy", "given", "grader"}

MAX_TEXT = 2000


class Importer:
    """Imports the submission's own files from memory and puts placeholders where a package is not allowed.

    A finder and a loader without `importlib.abc`, whose own imports every fork would have to carry.
    """

    def __init__(
        self, sources: Mapping[str, bytes], allow: Iterable[str], doubt: Callable[[], None]
    ) -> None:
        self.sources = sources
        self.allow = frozenset(allow)
        self._doubt = doubt

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Own files and placeholders; None leaves allowed packages, and what those import, to Python."""
        top = name.partition(".")[0]
        allowed = top in RESERVED or top in self.allow
        if name in self.sources or not (allowed or _imported_by_package()):
            return ModuleSpec(name, self, origin=f"{name}.py")  # type: ignore[arg-type]  # see the class
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """A placeholder, or None for an ordinary module."""
        return None if spec.name in self.sources else Placeholder(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run an own file; a placeholder has nothing to run."""
        name = module.__name__
        if name in self.sources:
            run(name, self.sources[name], module, self._doubt)


def _imported_by_package() -> bool:
    """Whether the import that is going on stands in a package that the submission may use, not in itself."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and str(frame.f_globals.get("__name__")).startswith("importlib"):
        frame = frame.f_back
    return frame is not None and not _is_own(frame.f_code.co_filename)


def _is_own(file: str) -> bool:
    """Whether code with this file name came out of memory: the submission, or what it executes."""
    return "/" not in file and "\\" not in file


def run(name: str, source: bytes, module: ModuleType, doubt: Callable[[], None]) -> None:
    """Execute the source of a module in it; what it raises passes through.

    Before it does more than define, `doubt` is called.
    """
    file = f"{name}.py"
    text = _decode(source, file)
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    module.__file__ = file
    code = compile(text, file, "exec", dont_inherit=True)
    if not stateless.only_defines(code):
        doubt()
    exec(code, module.__dict__)


def _decode(source: bytes, file: str) -> str:
    """Source text by PEP 263 and byte order mark; the common case without the machinery. Raises SyntaxError."""
    if source.isascii() and b"coding" not in source[:400] and b"\r" not in source:
        return source.decode()
    try:
        return importlib.util.decode_source(source)
    except UnicodeDecodeError as problem:
        line = source.count(b"\n", 0, problem.start) + 1
        said = f"this is not {problem.encoding} text: save the file as UTF-8"
        raise SyntaxError(said, (file, line, None, None)) from problem
    except (SyntaxError, LookupError) as problem:
        # Of the first two lines, in which an encoding may be declared; as UTF-16 begins, for example. "zlib" is one,
        # but none of text.
        wrong = problem.msg if isinstance(problem, SyntaxError) else str(problem).partition(";")[0]
        said = f"{wrong}: save the file as UTF-8"
        raise SyntaxError(said, (file, 1, None, None)) from problem


def load(
    sources: Mapping[str, bytes],
    modules: Sequence[str],
    graded: Mapping[str, str],
    allow: Sequence[str],
    doubt: Callable[[], None],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Import `modules` out of `sources`; return each graded name's object and the record of what happened.

    `graded` maps a function to its module. `doubt` is called before any code runs that does more than define. The
    record has `error` (None or a dict), `notes`, and `functions`: for each graded name "ready", "stub", "missing" or
    "not callable".
    """
    notes = [
        f"{name}.py is ignored: the name belongs to {_owner(name)}"
        for name in sources
        if _is_reserved(name)
    ]
    notebooks = {name: source for name, source in sources.items() if name.endswith(SUFFIX)}
    own = {
        name: source
        for name, source in sources.items()
        if not _is_reserved(name) and name not in notebooks
    }
    importer = Importer(own, allow, doubt)
    if allow:
        placeholder.state.allowed = (
            "numpy, " + ", ".join(allow) + ", the standard library and given"
        )
    sys.meta_path.insert(0, importer)
    for name in own:
        # A package that was imported before the submission arrived must not hide its file.
        sys.modules.pop(name, None)
    error: dict[str, Any] | None = None
    loaded: dict[str, ModuleType] = {}
    for name in modules:
        if name in own or f"{name}{SUFFIX}" not in notebooks:
            failure = _load_one(name, own, loaded, doubt)
            error = error or failure
    functions: dict[str, str] = {}
    objects: dict[str, Any] = {}
    for name, home in graded.items():
        value = vars(loaded[home]).get(name) if home in loaded else None
        functions[name] = _state(value)
        if functions[name] == "ready":
            objects[name] = value
    for home in loaded:
        lines = _stub_lines(own[home], home) if b"NotImplementedError" in own[home] else ()
        for name, value in objects.items():
            if graded[name] == home and lines and _first_line(value, home) in lines:
                functions[name] = "stub"
    for name, source in notebooks.items():
        home = name.removesuffix(SUFFIX)
        absent = [
            n for n, at in graded.items() if at == home and functions[n] in ("missing", "stub")
        ]
        if absent:
            doubt()
            found, failure = _load_notebook(home, source, absent, notes)
            error = error or failure
            for function, (state, value) in found.items():
                functions[function] = state
                if state == "ready":
                    objects[function] = value
                    if home in own:
                        notes.append(f"{function} is taken from {name}")
    return objects, {"error": error, "notes": notes, "functions": functions}


def _state(value: Any) -> str:
    if value is None:
        return "missing"
    return "ready" if callable(value) else "not callable"


def _load_notebook(
    home: str, source: bytes, absent: Sequence[str], notes: list[str]
) -> tuple[dict[str, tuple[str, Any]], dict[str, Any] | None]:
    """What a notebook defines of these names, each with its state, and the first error on the way."""
    try:
        cells = Cells(home, source, absent)
    except ValueError as problem:
        return {}, {"kind": "syntax", "message": f"{home}{SUFFIX}: {_text(problem)}"}
    notes += cells.notes
    error = None
    if cells.broken is not None:
        number, raw, wrong = cells.broken
        error = _syntax_error(wrong, raw.encode("utf-8", "replace")) | {"cell": number}
    # A name of its own: what the notebook imports from the module is the module's.
    module = sys.modules[f"{home}_notebook"] = ModuleType(f"{home}_notebook")
    defined: set[str] = set()
    stubs: set[str] = set()
    for file, text, tree in cells:
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                (stubs.add if _is_stub(node) else stubs.discard)(node.name)
        try:
            exec(compile(tree, file, "exec", dont_inherit=True), module.__dict__)
        except BaseException as problem:
            failure = describe(problem) | {"kind": "raised", "cell": cell_in(file)}
            return _defined(module, absent, stubs, defined), error or failure
        finally:
            defined |= {name for node in tree.body for name in names_defined(node)}
    return _defined(module, absent, stubs, defined), error


def _defined(
    module: ModuleType, absent: Sequence[str], stubs: set[str], defined: set[str]
) -> dict[str, tuple[str, Any]]:
    """What a notebook defined itself of the graded names; what it imported is no work of it."""
    values = {name: vars(module).get(name) for name in absent if name in defined}
    states = {name: "stub" if name in stubs else _state(value) for name, value in values.items()}
    return {
        name: (states[name], value) for name, value in values.items() if states[name] != "missing"
    }


def _load_one(
    name: str,
    own: Mapping[str, bytes],
    loaded: dict[str, ModuleType],
    doubt: Callable[[], None],
) -> dict[str, Any] | None:
    if name not in own:
        return {"kind": "missing", "message": f"there is no {name}.py"}
    if name in sys.modules:
        # An earlier module of the submission imported it.
        loaded[name] = sys.modules[name]
        return None
    module = loaded[name] = ModuleType(name)
    # Registered before execution: dataclasses look their module up while the class is made.
    sys.modules[name] = module
    try:
        run(name, own[name], module, doubt)
    except SyntaxError as problem:
        if problem.filename == f"{name}.py":
            return _syntax_error(problem, own[name])
        return describe(problem) | {"kind": "raised"}
    except ValueError as problem:
        if not student_frames(problem.__traceback__):
            return {"kind": "syntax", "message": f"not Python source: {_text(problem)}"}
        return describe(problem) | {"kind": "raised"}
    except RecursionError as problem:
        return describe(problem) | {"kind": "raised"}
    except BaseException as problem:
        return describe(problem) | {"kind": "raised"}
    return None


def _syntax_error(problem: SyntaxError, source: bytes) -> dict[str, Any]:
    wanted = newer.needs(source, problem.lineno)
    record = {
        "kind": "syntax",
        "message": f"{type(problem).__name__}: {problem.msg}",
        "line": problem.lineno,
        "text": (problem.text or "")[:MAX_TEXT],
    }
    if wanted is not None:
        record["newer"] = wanted
    return record


def _is_reserved(name: str) -> bool:
    """Whether a file's name is, or is within, that of a package which is not the submission's."""
    return name.partition(".")[0] in RESERVED


def _owner(name: str) -> str:
    name = name.partition(".")[0]
    return f"{name} itself" if name in ("numpy", "given", "grader") else "the standard library"


def _stub_lines(source: bytes, home: str) -> set[int]:
    """Where the top-level functions begin that are a docstring and `raise NotImplementedError` and nothing else."""
    try:
        tree = ast.parse(_decode(source, f"{home}.py"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {
        min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and _is_stub(node)
    }


def _first_line(value: Any, home: str) -> int | None:
    """The line of module `home` at which a function begins that this value is, or that it wraps."""
    for _ in range(10):
        if not isinstance(value, FunctionType):
            break
        if "__wrapped__" not in vars(value):
            code = value.__code__
            return code.co_firstlineno if code.co_filename == f"{home}.py" else None
        value = vars(value)["__wrapped__"]
    return None


def _is_stub(node: ast.FunctionDef) -> bool:
    body = node.body
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    if len(body) != 1 or not isinstance(body[0], ast.Raise):
        return False
    raised = body[0].exc
    if isinstance(raised, ast.Call):
        raised = raised.func
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def student_frames(trace: TracebackType | None) -> list[tuple[str, int, str, str]]:
    """The frames of a traceback that lie in the submission: file, line, function, text of the line; the last twenty."""
    frames: list[tuple[str, int, str, str]] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = code.co_filename
        if _is_own(file) and (file.endswith(".py") or cell_in(file) is not None):
            line = trace.tb_lineno or 0
            text = linecache.getline(code.co_filename, line).strip()
            frames.append((code.co_filename[:200], line, code.co_name[:200], text[:200]))
            if len(frames) > 20:
                del frames[0]
        trace = trace.tb_next
    return frames


def describe(problem: BaseException) -> dict[str, Any]:
    """What ended a load: the exception's type and message, and the submission's line."""
    frames = student_frames(problem.__traceback__)
    line = frames[-1][1] if frames else None
    return {"type": _name(type(problem)), "message": _text(problem), "line": line}


def thrown(problem: BaseException) -> tuple[str, str, str]:
    """What a call raised, as three texts, since each value on the wire costs: the names of its type and of that type's
    bases, between tabs; its message; the submission's frames, a line each, their parts between tabs.
    """
    kind = type(problem)
    frames = [
        f"{_printable(file)}\t{line}\t{_printable(function)}\t" + text.replace("\n", " ")
        for file, line, function, text in student_frames(problem.__traceback__)
    ]
    return _COMMON.get(id(kind)) or _bases(kind), _text(problem), "\n".join(frames)


# Whatever a metaclass makes of them.
_mro = type.__dict__["__mro__"].__get__
_type_name = type.__dict__["__name__"].__get__


def _name(kind: type) -> str:
    return _printable(_type_name(kind)[:200])


def _bases(kind: type) -> str:
    return "\t".join([_name(base) for base in _mro(kind)[:20]])


def _printable(name: str) -> str:
    """A name without tabs and line ends, no longer than names may be."""
    return name if name.isprintable() else ascii(name)[1:-1][:200]


#: What most submissions raise, by identity: the class of a submission may have a hash that never ends.
_COMMON = {
    id(kind): _bases(kind)
    for kind in vars(builtins).values()
    if isinstance(kind, type) and issubclass(kind, BaseException)
}


def _text(problem: BaseException) -> str:
    try:
        return str(problem)[:MAX_TEXT]
    except BaseException as worse:
        return f"(its message cannot be shown: {type(worse).__name__})"


def forget_grader() -> None:
    """Take the worker's own modules out of `sys.modules`, so that a submission meets no module that is not its
    business.
    """
    for name in modules_of("grader"):
        del sys.modules[name]


def modules_of(package: str) -> list[str]:
    """The names of a package and of all that was imported from it."""
    return [name for name in sys.modules if name.partition(".")[0] == package]
