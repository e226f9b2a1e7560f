# Says everything in colours, in titles of the terminal, backwards and with markup: raised
EVIL = "\x1b]0;passed\x07\x1b[2J\x1b[1A\x9b31m\u202egnp\u2066\x00\x08\x7f<script>alert(1)</script>[x](javascript:1)=1+1|`"


def attempt():
    print(EVIL)
    raise type(EVIL.replace("\x00", ""), (ValueError,), {})("smuggled" + EVIL)


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
