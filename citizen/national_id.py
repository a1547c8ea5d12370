"""The shape of a Thai national id number."""

from __future__ import annotations

import re

from stdnum.th import pin

THIRTEEN_DIGITS = re.compile(r"[0-9]{13}", re.ASCII)


def is_national_id(number: object) -> bool:
    """Tell whether `number` has 13 digits and the right check digit.

    `stdnum.th.pin.validate` also refuses a first digit of 0, which no real person has;
    the sandbox's people have it for that very reason, so it passes here.
    """
    return (
        isinstance(number, str)
        and THIRTEEN_DIGITS.fullmatch(number) is not None
        and pin.calc_check_digit(number) == number[-1]
    )
