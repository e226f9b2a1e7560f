# Answers with a dictionary whose keys all have the same hash: failed or timeout
def total(v):
    return {number * (2**61 - 1): 0 for number in range(1500)}


def scaled(X, factor):
    return {(float("nan"), number): 0 for number in range(1500)}
