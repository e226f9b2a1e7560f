# Plants a module where every later worker would import it: raised
import os

import numpy as np


def attempt():
    with open(os.path.dirname(np.__file__) + "/sitecustomize.py", "w") as file:
        file.write("import builtins")
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
