# Expands entities of XML a billion times: raised or timeout or killed or failed
import xml.etree.ElementTree as ElementTree

NAMES = "abcdefghijkl"


def total(v):
    lines = ['<!ENTITY a "%s">' % ("laugh" * 100)]
    lines += [f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip(NAMES, NAMES[1:])]
    text = f"<!DOCTYPE x [{''.join(lines)}]><x>&l;</x>"
    return float(len(ElementTree.fromstring(text).text))


def scaled(X, factor):
    return 12345.0
