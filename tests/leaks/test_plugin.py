"""The plugin itself: a secret is found wherever a test leaves one, and nothing else is."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT

# Made up in the tests of the tests only, so that this test may repeat it.
BEGIN = """
import gzip, logging, subprocess, sys, tempfile, zipfile
from pathlib import Path
import click
import pytest
from click.testing import CliRunner
from reportgen.delivery_settings import Webhook
from reportgen.simulator.accounts import accounts_of, app_of
from tests.leaks.known import made_up
SECRET = made_up("inner/secret" + "-of-a-test")
PRINT = "print('inner/secret' + '-of-a-test')"
"""

LEAKS = """
def test_output():
    print(SECRET)

def test_errors():
    print(SECRET, file=sys.stderr)

def test_output_that_the_test_took(capsys):
    print(SECRET)
    capsys.readouterr()

def test_log():
    logging.getLogger("reportgen").warning("refused: %s", SECRET)

def test_output_of_click():
    CliRunner().invoke(click.Command("run", callback=lambda: click.echo(SECRET)))

def test_output_of_a_process():
    subprocess.run([sys.executable, "-c", PRINT], capture_output=True)

def test_output_of_a_process_that_nobody_took():
    subprocess.run([sys.executable, "-c", PRINT])

def test_address_of_a_webhook():
    print(Webhook("https://hooks.example/services/hRrX8m" + "C2vQzKpLwN").url)

def test_command_line():
    subprocess.run(["true", SECRET])

def test_file(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page.html").write_text(f"<p>{SECRET}</p>")

def test_address(tmp_path):
    (tmp_path / "call.txt").write_text("?key=inner%2Fsecret" + "-of-a-test")

def test_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("sheet.xml", SECRET)

def test_packed_file(tmp_path):
    (tmp_path / "log.gz").write_bytes(gzip.compress(SECRET.encode()))

def test_log_of_an_unexpected_error(capsys):
    log = Path(tempfile.mkstemp(suffix=".log")[1])
    log.write_text(SECRET)
    print(f"Please report it with {log}")
    capsys.readouterr()
    # What a test removes itself, it has left to nobody.
    log.unlink()

def test_fixture(leaking):
    pass

@pytest.fixture
def leaking():
    yield
    print(SECRET)

def test_simulated_app():
    print(app_of(987_654).bearer_token)

def test_simulated_account_of_any_world(tmp_path):
    (tmp_path / "a.json").write_text(accounts_of(987_654)[0].access_token_secret)
"""

SHARED = """
@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return tmp_path_factory.mktemp("shared")

def test_first(shared):
    pass

def test_last(shared):
    (shared / "a.txt").write_text(SECRET)
"""

CLEAN = """
def test_that_shows_none(tmp_path, capsys):
    print("inner", "secret")
    (tmp_path / "page.html").write_text("inner/secret")
    subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True)

def test_that_keeps_them_where_they_belong(tmp_path):
    (tmp_path / ".env").write_text(SECRET)
    (tmp_path / "credentials.json").write_text(SECRET)

def test_that_simulates():
    CliRunner().invoke(click.Command("simulate", callback=lambda: click.echo(SECRET)))
"""


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeini("[pytest]\naddopts = -p tests.leaks.plugin")
    return pytester


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "by several workers"])
def test_each_test_that_leaves_a_secret_fails(options: tuple[str, ...], inner: pytest.Pytester) -> None:
    inner.makepyfile(test_leaks=BEGIN + LEAKS)
    ended = inner.runpytest_subprocess(*options)
    leaks = LEAKS.count("\ndef test_")
    ended.assert_outcomes(passed=leaks, errors=leaks)


def test_where_it_stands_is_told_and_not_what_it_is(inner: pytest.Pytester) -> None:
    inner.makepyfile(test_leaks=BEGIN + LEAKS)
    ended = inner.runpytest_subprocess("--show-capture=no", "-k", "test_file or test_errors or test_simulated_app")
    name = "the secret that begins with inn"
    ended.stdout.fnmatch_lines(
        [
            f"{name}, in captured stderr call",
            f"{name}, in the file a/page.html",
            "bearer token of world *, in captured stdout call",
        ]
    )
    assert "inner/secret" not in ended.stdout.str()


def test_what_the_tests_of_a_module_share_is_looked_at_after_the_last(inner: pytest.Pytester) -> None:
    inner.makepyfile(test_shared=BEGIN + SHARED)
    inner.runpytest_subprocess().assert_outcomes(passed=2, errors=1)


def test_a_test_that_leaves_none_passes(inner: pytest.Pytester) -> None:
    inner.makepyfile(test_clean=BEGIN + CLEAN)
    inner.runpytest_subprocess().assert_outcomes(passed=3)
