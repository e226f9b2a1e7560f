# Reads its maps, memory, files and mounts through /proc: raised; harmless
def attempt():
    for name in ("maps", "mem", "mountinfo", "status", "cmdline", "environ", "cgroup", "limits", "stack", "fd/3"):
        for owner in ("self", "thread-self"):
            try:
                with open(f"/proc/{owner}/{name}", "rb") as file:
                    file.read(1)
            except OSError as error:
                refused = error
            else:
                return
    raise refused


def total(v):
    attempt()
    return float(sum(v))


def scaled(X, factor):
    attempt()
    return X * factor
