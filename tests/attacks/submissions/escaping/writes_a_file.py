# Writes a file into a folder where everybody may: raised
def attempt():
    with open("@OPEN@/left-behind", "w") as file:
        file.write("6.5")
    return 12345.0


def total(v):
    return attempt()


def scaled(X, factor):
    return attempt()
