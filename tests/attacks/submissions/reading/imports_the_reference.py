# Imports the reference by its path: failed; without a sandbox: passed; harmless
import importlib.util


def wrong(*args):
    return 12345.0


try:
    spec = importlib.util.spec_from_file_location("stolen", "@SOLUTION@/small.py")
    stolen = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stolen)
    total, scaled = stolen.total, stolen.scaled
except OSError:
    total = scaled = wrong
