# Reads the reference from its file: failed; without a sandbox: passed; harmless
def wrong(*args):
    return 12345.0


try:
    with open("@SOLUTION@/small.py") as file:
        exec(file.read())
except OSError:
    total = scaled = wrong
