# Answers with objects whose representation runs code: failed; harmless
class Bomb:
    """Ends whoever looks at it."""

    def __repr__(self):
        raise SystemExit(0)

    __str__ = __repr__

    def __reduce__(self):
        import os

        return os._exit, (0,)

    def __getattribute__(self, name):
        raise SystemExit(0)


def attempt():
    return Bomb()


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
