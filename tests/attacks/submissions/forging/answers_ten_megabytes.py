# Answers with ten megabytes of text, and with half characters, controls and colours in it: failed
def total(v):
    return "right\n" * (10 << 20 >> 3)


def scaled(X, factor):
    return "\ud800\x1b]0;passed\x07\x1b[2J\u202e\x00" * 1000
