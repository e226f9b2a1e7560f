# Answers with numpy scalars, texts, keys and containers of classes whose dtype, bytes, hash and items lie: failed or killed or refused
import numpy as np


class Number(np.float64):
    dtype = property(lambda self: Everything())

    def tobytes(self, order="C"):
        return b"\x00" * (1 << 20)


class Everything:
    kind = "f"

    def __hash__(self):
        return hash(np.dtype("float64"))

    def __eq__(self, other):
        return True


class Table(dict):
    def items(self):
        return iter([("right", 6.5)] * 10**9)

    def __len__(self):
        return 1 << 40

    def __iter__(self):
        raise SystemExit(0)


class Row(list):
    def __iter__(self):
        return iter(int, 1)

    def __len__(self):
        return 1 << 60


class Key(str):
    def __hash__(self):
        return 0

    def __eq__(self, other):
        raise SystemExit(0)


def total(v):
    return Number(12345.0)


def scaled(X, factor):
    return Table({Key("a"): Row([Number(1.0)])})
