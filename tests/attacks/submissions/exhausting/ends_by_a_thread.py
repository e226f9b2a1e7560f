# Ends its process from another thread: killed
import os
import threading
import time


def attempt():
    threading.Thread(target=os._exit, args=(0,)).start()
    time.sleep(60)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
