"""A request token becomes an access token once, with its PIN, and not for ever."""

import pytest

from reportgen.simulator.accounts import accounts_of
from reportgen.simulator.signin.pins import LASTS, NoSignInError, SignIns, WrongPinError

NOW = 1_794_830_400.0
ACME, HELP, *_ = accounts_of(1)


def test_a_pin_has_seven_digits_and_gives_the_account_that_authorized_it() -> None:
    sign_ins = SignIns(1)
    first, second = sign_ins.begin(NOW), sign_ins.begin(NOW)
    pins = [sign_ins.authorize(first.token, ACME, NOW), sign_ins.authorize(second.token, HELP, NOW)]
    assert [len(pin) for pin in pins if pin.isdecimal()] == [7, 7]
    assert sign_ins.redeem(second.token, pins[1], NOW) == HELP
    assert sign_ins.redeem(first.token, pins[0], NOW) == ACME


def test_a_pin_works_once() -> None:
    sign_ins = SignIns(1)
    token = sign_ins.begin(NOW).token
    pin = sign_ins.authorize(token, ACME, NOW)
    sign_ins.redeem(token, pin, NOW)
    with pytest.raises(NoSignInError):
        sign_ins.redeem(token, pin, NOW)


@pytest.mark.parametrize("wrong", ["", "0", "12345678"])
def test_a_wrong_pin_is_refused_and_the_right_one_still_works(wrong: str) -> None:
    sign_ins = SignIns(1)
    token = sign_ins.begin(NOW).token
    pin = sign_ins.authorize(token, ACME, NOW)
    with pytest.raises(WrongPinError):
        sign_ins.redeem(token, wrong, NOW)
    assert sign_ins.redeem(token, pin, NOW) == ACME


def test_the_pin_of_another_sign_in_is_wrong() -> None:
    sign_ins = SignIns(1)
    mine, theirs = sign_ins.begin(NOW).token, sign_ins.begin(NOW).token
    sign_ins.authorize(mine, ACME, NOW)
    with pytest.raises(WrongPinError):
        sign_ins.redeem(mine, sign_ins.authorize(theirs, ACME, NOW), NOW)


def test_nothing_is_given_before_somebody_authorizes() -> None:
    sign_ins = SignIns(1)
    with pytest.raises(WrongPinError):
        sign_ins.redeem(sign_ins.begin(NOW).token, "", NOW)


def test_a_sign_in_is_good_for_a_quarter_of_an_hour() -> None:
    sign_ins = SignIns(1)
    token = sign_ins.begin(NOW).token
    pin = sign_ins.authorize(token, ACME, NOW + LASTS - 0.1)
    for late in (lambda: sign_ins.find(token, NOW + LASTS), lambda: sign_ins.redeem(token, pin, NOW + LASTS)):
        with pytest.raises(NoSignInError):
            late()
    assert sign_ins.redeem(token, pin, NOW + LASTS - 0.1) == ACME


def test_those_that_took_too_long_are_forgotten_when_another_begins() -> None:
    sign_ins = SignIns(1)
    sign_ins.begin(NOW)
    token = sign_ins.begin(NOW + LASTS).token
    assert list(sign_ins._under_way) == [token]
