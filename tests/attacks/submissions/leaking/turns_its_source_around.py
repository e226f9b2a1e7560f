# Turns the lines of its own source around with marks of direction, where a traceback shows them: raised
def total(v):
    raise ValueError("smuggled ‮⁦ backwards ‬")  # ‮ } ⁦ if admin ⁩ ⁦


def scaled(X, factor):
    return {}["‮smuggled⁦"]  # ‮
