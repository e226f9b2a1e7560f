# Answers with a list that is 100,000 lists deep: failed; harmless
def attempt():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep


def total(v):
    return attempt()


def scaled(X, factor):
    return (attempt(), {"deep": attempt()})
