# Reads keys, histories and settings from home folders and from /etc: raised
import os


def attempt():
    homes = ("~", "/root", "/home", "/etc")
    names = (".ssh/id_ed25519", ".ssh/id_rsa", ".bash_history", ".netrc", ".gitconfig", "passwd", "shadow", "hostname")
    for home in homes:
        for name in names:
            try:
                open(os.path.join(os.path.expanduser(home), name)).close()
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
