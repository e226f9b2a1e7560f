# Makes the worker's encoder write what its decoder would refuse: refused or killed
import sys


def machinery(name):
    """An object of the worker, by the name of a variable in one of its frames or modules."""
    frame = sys._getframe()
    while frame is not None:
        for space in (frame.f_locals, frame.f_globals):
            if name in space and space is not globals():
                return space[name]
        frame = frame.f_back
    raise LookupError(name)


def attempt():
    machinery("Encoder").payload = lambda self: b"v" + machinery("decoder").nonce + b"NZ"
    machinery("Encoder").add = lambda self, value: self.parts.append(b"Z\x00\x01")
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
