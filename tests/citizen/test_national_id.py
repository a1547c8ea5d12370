"""An id number has thirteen digits and the right check digit."""

import pytest

from citizen.national_id import is_national_id


@pytest.mark.parametrize("number", ["1999900000005", "0000000000019", "1999900000013"])
def test_numbers_that_cannot_be_issued_have_the_shape(number):
    """The sandbox's people have checksum-valid numbers that nobody has."""
    assert is_national_id(number)


@pytest.mark.parametrize(
    "number",
    [
        "1999900000006",
        "199990000000",
        "19999000000050",
        "1-9999-00000-00-5",
        "๑๙๙๙๙๐๐๐๐๐๐๐๕",
        1999900000005,
        "",
        None,
    ],
)
def test_anything_else_is_refused(number):
    """A number that is not one would be asked about at an agency."""
    assert not is_national_id(number)
