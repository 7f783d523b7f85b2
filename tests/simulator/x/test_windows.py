"""The limits of fifteen minutes, on a clock of ours."""

from reportgen.simulator.faults import Faults
from reportgen.simulator.x.windows import SECONDS, Windows

AT = 1_794_830_400.5
PATH = "/2/users/{id}/tweets"


def told(windows: Windows, now: float, path: str = PATH, who: str = "app") -> tuple[bool, str, str, str]:
    admitted, headers = windows.take(path, who, now)
    limit, left, reset = (headers[f"x-rate-limit-{name}"] for name in ("limit", "remaining", "reset"))
    return admitted, limit, left, reset


def test_calls_up_to_the_limit_are_admitted_and_none_over_it_until_the_window_ends() -> None:
    windows = Windows(Faults(x_calls_per_window=2))
    reset = "1794831301"
    assert [told(windows, AT + second) for second in (0, 10, 20, SECONDS - 0.1)] == [
        (True, "2", "1", reset),
        (True, "2", "0", reset),
        (False, "2", "0", reset),
        (False, "2", "0", reset),
    ]
    assert told(windows, AT + SECONDS) == (True, "2", "1", "1794832201")


def test_a_client_that_waits_until_the_reset_it_was_told_is_admitted() -> None:
    windows = Windows(Faults(x_calls_per_window=1))
    *_, reset = told(windows, AT)
    assert told(windows, float(reset))[0]


def test_each_path_and_each_credential_has_a_window_of_its_own() -> None:
    windows = Windows(Faults(x_calls_per_window=1))
    assert all(told(windows, AT, path, who)[0] for path in (PATH, "/2/tweets") for who in ("app", "@acme"))
    assert not told(windows, AT, "/2/tweets", "@acme")[0]


def test_without_a_limit_all_are_admitted_and_the_headers_count_from_10_000() -> None:
    windows = Windows(Faults())
    assert [told(windows, AT)[:3] for _ in range(2)] == [(True, "10000", "9999"), (True, "10000", "9998")]


def test_a_limit_of_0_admits_nothing() -> None:
    assert told(Windows(Faults(x_calls_per_window=0)), AT) == (False, "0", "0", "1794831301")
