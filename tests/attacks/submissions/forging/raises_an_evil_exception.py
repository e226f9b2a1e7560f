# Raises an exception whose text and type run code: raised; harmless
class Meta(type):
    def __getattribute__(cls, name):
        raise SystemExit(0)


class Evil(AssertionError, metaclass=Meta):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


def attempt():
    raise Evil


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
