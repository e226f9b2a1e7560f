# Raises an exception from a thousand frames and of a class with a hundred bases: raised; harmless
kind = ValueError
for number in range(100):
    kind = type("E%d" % number, (kind,), {})


def attempt():
    def down(depth):
        if depth == 0:
            raise kind("deep")
        down(depth - 1)

    down(300)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
