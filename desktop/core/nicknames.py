"""Short forms of first names in American use: a reason to ask whether two names are one person's, no more."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_GROUPS = """
alexander alex sandy xander | alexandra alex sandra lexi | allison alison allie ally | andrew andy drew | anthony tony
antonio tony | barbara barb | benjamin ben benny | bradley brad | catherine katherine kathryn cathy kathy kate katie
charles charlie chuck | christine christina chris tina | christopher chris | cynthia cindy | daniel dan danny
danielle dani | david dave | deborah debra deb debbie | donald don donny | dorothy dot dottie | douglas doug
edward ed eddie ted | elizabeth liz beth betsy betty eliza | eugene gene | francis frank | frances fran
franklin frank | frederick fred | gabriel gabe | gerald jerry | gregory greg | harold hal harry | henry hank
jacob jake | jacqueline jackie | james jim jimmy jamie | janet jan | jeffrey jeffery jeff | jennifer jen jenny
jessica jess jessie | john jack johnny jon | jonathan jon john | joseph joe joey | joshua josh | judith judy
kenneth ken kenny | kimberly kim | lawrence larry | leonard len lenny | louis lou | margaret maggie meg peg peggy
martin marty | matthew matt | melissa missy | michael mike mick mickey | michelle shelly | nathan nate
nathaniel nate nathan | nicholas nick nicky | pamela pam | patricia pat patty trish | patrick pat | peter pete
philip phillip phil | raymond ray | rebecca becky becca | richard rich rick ricky dick | robert rob bob bobby robbie
roberta bobbie | ronald ron ronnie | russell russ | samantha sam | samuel sam sammy | sandra sandy | sarah sara
stephanie steph | stephen steven steve | stuart stu | susan sue susie | theodore ted teddy theo | theresa teresa terry
thomas tom tommy | timothy tim | valerie val | vanessa nessa | victor vic | victoria vicky tori | vincent vince
virginia ginny | walter walt | william bill billy will willy | zachary zach zack
"""


def _groups() -> Mapping[str, frozenset[str]]:
    """Each name with all that it may be short for, or be shortened to."""
    found: dict[str, set[str]] = {}
    for line in _GROUPS.replace("\n", " | ").split("|"):
        names = line.split()
        for name in names:
            found.setdefault(name, set()).update(names)
    return MappingProxyType({name: frozenset(others) for name, others in found.items()})


_BY_NAME = _groups()


def alike(one: str, other: str) -> bool:
    """Whether two first names may be one by a usual short form; equal ones are not meant. Case does not matter."""
    mine, theirs = one.casefold(), other.casefold()
    return mine != theirs and theirs in _BY_NAME.get(mine, frozenset())
