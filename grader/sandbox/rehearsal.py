"""Runs a worker's whole conversation once in the fork server, so that each fork starts with warm code.

The interpreter specialises code as it runs, and the first run of each path touches pages that every fork would
then have to copy for itself. A rehearsal before forking pays for both once.
"""

import builtins
import linecache
import sys
import warnings
from collections import deque
from typing import Any

import numpy as np

from grader.sandbox import placeholder
from grader.sandbox.question import head_of
from grader.sandbox.wire import NONCE_SIZE, Encoder, GeneratorSlot, Message
from grader.sandbox.worker import Closed, Worker

_NAME = "rehearsed_submission"
_SOURCE = b'''
"""A submission."""

import numpy as np


def plain(x, y):
    """What most functions do."""
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    if x.shape != y.shape:
        raise ValueError(f"shape {x.shape} and {y.shape}")
    print("printed")
    return float(np.mean((x - y) ** 2))


def shaped(Z):
    Z = np.asarray(Z, dtype=float)
    shifted = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = np.where(Z > 0, shifted, -shifted) / shifted.sum(axis=1, keepdims=True)
    return P @ np.ones((Z.shape[1], 2)), Z.argmax(1)


def random(rng):
    return rng.normal(size=3) + rng.integers(0, 2, 3)


def changing(w):
    w -= 1
    return w


def numeric(X):
    """A bit of everything that exercises are made of: the first call of each looks its loop up and keeps it."""
    X = np.asarray(X, dtype=float)
    v = X[:, 0]
    n = np.asarray([1, 2, 3])
    b = v > 0
    with np.errstate(all="ignore"):
        results = [
            np.log(X + 2), np.log1p(X), np.sqrt(np.abs(X)), np.tanh(X), np.sign(X), np.square(X), np.expm1(X),
            1 / X, X**2, -X,
            X % 2, X // 2, np.maximum(X, 0), np.minimum(X, 0), np.clip(X, -1, 1), np.round(X), np.floor(X), np.isnan(X),
            np.isfinite(X), np.logaddexp(v, v), np.where(b, v, 0), v[b], X[n - 1], X[np.arange(3), [0, 1, 0]],
            np.median(v),
            X.mean(axis=0), X.std(axis=0), X.var(), X.sum(), X.prod(), X.max(), X.min(), X.cumsum(), X.any(),
            (~b).all(), b & b, b | b, np.sort(v), np.argsort(v, kind="stable"), v.argmin(), np.unique(n,
            return_counts=True), np.dot(v, v),
            np.outer(v, v), np.einsum("ij,ij->i", X, X), X.T @ X, np.linalg.norm(v), np.zeros(3), np.ones((2, 2)),
            np.eye(3), np.full(3, 1.0), np.zeros_like(v), np.linspace(0, 1, 5),
            np.concatenate([v, v]),
            np.stack([v, v]), np.column_stack([v, v]), np.vstack([v, v]), np.diff(v), np.flip(v), v[::-1], v[:,
            None] - v,
            np.broadcast_to(v, (2, 3)), np.allclose(v, v), np.array_equal(n, n), np.bincount(n), np.searchsorted(n, 2),
            np.count_nonzero(n), np.ravel(X), X.reshape(-1),
            n.astype(float), n + n, n * 2, n == n, n / 2, n.sum(), n.mean(), np.atleast_1d(1.0),
            float(v.sum()), int(n[0]),
            np.multiply.reduce(X.shape), np.argmax(X, axis=1), np.asarray([[1, 2]], dtype=float), np.asarray(True),
        ]  # fmt: skip
    return len(results)
'''


def rehearse(times: int = 12) -> None:
    """Run the conversation; the process is left as it was, but warm."""
    generator = np.random.default_rng(0)
    vector, matrix = np.arange(5.0), np.ones((3, 4))
    frames = deque([_load()])
    for _ in range(times):
        calls = [
            _call("plain", (vector, vector + 1)),
            _call("plain", ([1, 2], (1, 2)), errstate={"over": "raise"}),
            _call("plain", (vector, matrix)),
            _call("shaped", (matrix,)),
            _call(
                "random",
                (GeneratorSlot(0),),
                states=[("PCG64", generator.bit_generator.state, (0, (), 4, 0))],
            ),
            _call("changing", (vector,)),
            _call("numeric", (matrix[:3] + np.arange(4.0),)),
        ]
        frames += [
            _frame(Message.CALLS) + b"".join(calls),
            *(_frame(Message.CALL) + call for call in calls),
        ]

    def receive() -> bytes:
        if not frames:
            raise Closed
        return frames.popleft()

    def send(payload: bytes) -> None:
        if payload[0] == Message.STATEFUL:
            frames.appendleft(_frame(Message.RUN, None))
        if payload[0] == Message.RAISED and b"shape" not in payload:
            raise RuntimeError(f"the rehearsal went wrong: {payload!r}")

    before = (
        sys.stdin,
        sys.stdout,
        sys.stderr,
        builtins.input,
        warnings.showwarning,
        sys.meta_path[:],
    )
    with warnings.catch_warnings():
        try:
            worker = Worker(receive, send)
            worker.install()
            worker.serve()
        except Closed:
            pass
    sys.stdin, sys.stdout, sys.stderr, builtins.input, warnings.showwarning, sys.meta_path[:] = (
        before
    )
    sys.modules.pop(_NAME, None)
    linecache.cache.pop(f"{_NAME}.py", None)
    placeholder.state.in_call = False


def _load() -> bytes:
    graded = dict.fromkeys(("plain", "shaped", "random", "changing", "numeric", "missing"), _NAME)
    return _frame(Message.LOAD, ({_NAME: _SOURCE}, [_NAME], graded, []))


def _call(
    name: str,
    args: tuple[object, ...],
    errstate: dict[str, str] | None = None,
    states: list[Any] | None = None,
) -> bytes:
    body = Encoder(references=True)
    body.add_arguments(args, {})
    return head_of(name, errstate, states) + body.payload()


def _frame(kind: int, *values: object) -> bytes:
    encoder = Encoder()
    encoder.begin(kind, bytes(NONCE_SIZE))
    for value in values:
        encoder.add(value)
    return encoder.payload()
