"""Files as other systems export them, before and after our scores are put in: bob has one already, roy gets none."""

import codecs
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A file before and after, and the changes that are told."""

    before: bytes
    after: bytes
    changes: list[tuple[str, str, str]]


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

MOODLE = """\
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
Participant 501,"Ann Doe",ann,"Submitted for grading - ",{ann},5.00,Yes,"Monday, 1 April",-,"kept, as it is"
Participant 502,"Bob Roe",bob,"Submitted for grading - ",0.00,5.00,Yes,-,"Tuesday, 2 April",mine
Participant 503,"Zoë Low",zoë,"Submitted for grading - ",{zoe},5.00,Yes,-,-,mine
Participant 504,"Roy Roy",roy,"Submitted for grading - ",,5.00,Yes,-,-,
Participant 505,"=cmd()",stranger,"No submission",,5.00,Yes,-,-,
"""
BLACKBOARD = """\
"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\t"A small assignment [Total Pts: 5 Score] |409586"\
\t"Total [Total Pts: up to 505 Score] |409587"
"Doe"\t"Ann"\t"ann"\t"s01"\t"Yes"\t"{ann}"\t"88"
"Roe"\t"Bob"\t"bob"\t"s02"\t"Yes"\t"0.00"\t""
"Low"\t"Zoë"\t"zoë"\t"s03"\t"No"\t"{zoe}"\t""
"Roy"\t"Roy"\t"roy"\t"s04"\t"Yes"\t""\t""
"""
BRIGHTSPACE = """\
OrgDefinedId,Username,Last Name,A small assignment Points Grade <Numeric MaxPoints:5>,\
Other Points Grade <Numeric MaxPoints:20>,End-of-Line Indicator
#s01,#ann,Doe,{ann},12,#
#s02,#bob,Roe,0,,#
#s03,#zoë,Low,{zoe},,#
#s04,#roy,=Roy,,,#
"""


def _sample(text: str, encoding: str = "utf-8", mark: bytes = b"") -> Sample:
    before, after = text.format(ann="4.24", zoe=""), text.format(ann="4.25", zoe="5.00")
    changes = [("ann", "4.24", "4.25"), ("zoë", "", "5.00")]
    return Sample(mark + before.encode(encoding), mark + after.encode(encoding), changes)


#: As Canvas, a site of Moodle, Blackboard's tab-separated download and Brightspace write them.
PATCHED = {
    "blackboard": _sample(BLACKBOARD.replace("\n", "\r\n"), "utf-16-le", codecs.BOM_UTF16_LE),
    "brightspace": _sample(BRIGHTSPACE),
    "canvas": _sample(CANVAS, mark=codecs.BOM_UTF8),
    "moodle": _sample(MOODLE),
}
