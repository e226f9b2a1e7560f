# Opens the hidden suite without access, which landlock does not judge, and reads it through /proc: raised; harmless
import os


def attempt():
    place = os.open("@HIDDEN@/test_total.py", os.O_PATH)
    with open(f"/proc/self/fd/{place}") as file:
        text = file.read()
    return float(text.rpartition(", ")[2].partition(")")[0])


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
