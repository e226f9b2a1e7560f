# Tells what it was given in the notes that a worker adds to an answer: failed
import sys

GIVEN = []


def attempt(value):
    GIVEN[:] = ["smuggled " + repr(value)]
    frame = sys._getframe()
    while frame is not None:
        encoder = frame.f_globals.get("Encoder")
        if encoder is not None and not hasattr(encoder, "real"):
            encoder.real = encoder.__init__

            def begin(self, *arguments, **options):
                self.real(*arguments, **options)
                self.notes += GIVEN

            encoder.__init__ = begin
        frame = frame.f_back
    return 12345.0


def total(v):
    return attempt(v)


def scaled(X, factor):
    return attempt(X)
