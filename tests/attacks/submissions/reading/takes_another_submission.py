# Takes the functions of another student's submission: failed; without a sandbox: passed; harmless
import os


def wrong(*args):
    return 12345.0


total = scaled = wrong
try:
    for entry in os.scandir("@OTHER@"):
        with open(entry.path + "/small.py") as file:
            exec(file.read())
except OSError:
    pass
