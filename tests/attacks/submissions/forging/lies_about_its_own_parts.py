# Raises exceptions whose traceback, cause and text are properties that run code, and that cause each other: raised or killed or refused
class Liar(ValueError):
    @property
    def __traceback__(self):
        raise SystemExit(0)

    @property
    def __cause__(self):
        return self

    @property
    def args(self):
        return (self,)

    def __str__(self):
        return Text("right")


class Text(str):
    def __getitem__(self, part):
        return 6.5


class Ring(Exception):
    pass


def total(v):
    raise Liar


def scaled(X, factor):
    one, two = Ring(), Ring()
    one.__cause__, two.__cause__ = two, one
    one.__context__, two.__context__ = two, one
    raise one
