"""The graders that `peers.py` compares: each in a process that grades blocks of submissions and says what they cost."""
