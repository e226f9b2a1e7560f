# Leaves threads behind that keep the locks of imports, of output and of logging: failed or timeout
import _imp
import logging
import sys
import threading
import time


def keep():
    _imp.acquire_lock()
    logging._acquireLock() if hasattr(logging, "_acquireLock") else logging._lock.acquire()
    sys.stdout.__dict__ if hasattr(sys.stdout, "__dict__") else None
    time.sleep(600)


threading.Thread(target=keep, daemon=True).start()


def total(v):
    return 12345.0


def scaled(X, factor):
    return 12345.0
