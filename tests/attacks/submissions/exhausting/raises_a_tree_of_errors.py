# Raises groups of errors that are nested deeply and share their members, so that whoever walks them walks for ever: raised
def attempt():
    group = ExceptionGroup("leaf", [ValueError("12345")])
    for _ in range(60):
        group = ExceptionGroup("branch", [group, group])
    raise group


def total(v):
    return attempt()


def scaled(X, factor):
    error = ValueError()
    for _ in range(20_000):
        error, error.__cause__ = ValueError(), error
    raise error
