"""What can be special about an input; importing this registers it."""

from grader.diagnose.traits import numbers, scalars, shapes

__all__ = ["numbers", "scalars", "shapes"]
