# Raises exceptions with megabytes of text, in their names, notes, causes and frames: raised
def attempt():
    text = "\x1b[2J<script>" * (1 << 18)
    error = type("E" * (1 << 20), (ValueError,), {})(text)
    error.__notes__ = [text] * 10
    cause = error
    for number in range(10_000):
        cause.__cause__ = cause = ValueError(number)
    raise error


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
