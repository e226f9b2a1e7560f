"""Files as other systems export them, before and after our scores are put in: bob has one already, roy gets none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A file before and after, and the changes that are told."""

    before: str | bytes
    after: str
    changes: list[tuple[str, str, str]]
    encoding: str = "utf-8"


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,A small assignment (98765),"Other, one (7)",Current Score
,,,,,,Manual Posting,,
    Points Possible,,,,,,5.00,10.00,(read only)
"Doe, Ann",11,s01,ann,"L1, L2",=not ours,{ann},9.5,88.1
"Roe, Bob",12,s02,bob,L1,"a ""b""\nc",0.0,,
"Low, Zoë",13,s03,zoë,L1,,{zoe},-,3
Student Test,99,,abc,L1,,,,
"Roy, Roy",14,s05,roy,L1,,2.00,,
"Mia, Mia",15,s04,mia,L1,,3.00,,
""".replace("\n", "\r\n").replace('b""\r\nc', 'b""\nc')

PATCHED = {
    "canvas": Sample(
        CANVAS.format(ann="4.24", zoe=""),
        CANVAS.format(ann="4.25", zoe="5.00"),
        [("ann", "4.24", "4.25"), ("zoë", "", "5.00")],
    )
}
