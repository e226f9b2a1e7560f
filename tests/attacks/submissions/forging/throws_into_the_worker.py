# Throws exceptions into the worker's thread while it answers: failed or raised or killed or refused or timeout or blocked
import ctypes
import threading
import time

main = threading.main_thread().ident


def throw():
    while True:
        time.sleep(0.001)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(main), ctypes.py_object(KeyboardInterrupt))


def total(v):
    threading.Thread(target=throw, daemon=True).start()
    return 12345.0


def scaled(X, factor):
    return 12345.0
