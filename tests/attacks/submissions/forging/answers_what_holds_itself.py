# Answers with lists and dictionaries that hold themselves: failed; harmless
def total(v):
    ring = [12345.0]
    ring.append(ring)
    return ring


def scaled(X, factor):
    ring = {}
    ring["ring"] = ([ring],)
    return ring
