"""`reportgen migrate --credentials` takes the old client's keys into the safe, and learns whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reportgen.credentials import STRAY
from reportgen.safe.addresses import addresses_of
from reportgen.safe.file_safe import FILE, FileSafe
from reportgen.safe.kept import NOTHING, Kept, KeptApp
from reportgen.settings import X_API_URL, Settings
from reportgen.simulator.server import Simulator
from reportgen.simulator.world import World
from tests.conftest import Command
from tests.safe.simulated import app_of, token_of

SAMPLES = Path(__file__).parent.parent / "migrate" / "samples"
EMPTY = "is empty; put it there, or leave out --credentials"
SETTINGS = SAMPLES / "app_settings.yaml"


@pytest.fixture
def folder(tmp_path: Path, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory with the simulator's address and nothing else set."""
    for name in simulator.environment():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(X_API_URL, simulator.origin)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def safe(folder: Path, simulator: Simulator) -> FileSafe:
    """What this machine, which has no keyring, keeps."""
    return FileSafe(folder / "config" / FILE, addresses_of(Settings(x_api_url=simulator.origin)))


@pytest.fixture
def app(world: World) -> KeptApp:
    return app_of(world)


@pytest.fixture
def keys(app: KeptApp, world: World) -> dict[str, str]:
    """What accounts.yaml has for @acme."""
    account = world.account("@acme")
    return {
        "consumer_key": app.consumer_key,
        "consumer_secret": app.consumer_secret,
        "access_token": account.access_token,
        "access_token_secret": account.access_token_secret,
    }


def write_accounts(keys: dict[str, str], path: str = "accounts.yaml") -> None:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(yaml.safe_dump({"engagement_api": keys}, sort_keys=False))


def test_app_and_token_are_kept_and_the_handle_is_learnt(
    reportgen: Command, safe: FileSafe, app: KeptApp, keys: dict[str, str], world: World
) -> None:
    write_accounts(keys)
    ended = reportgen("migrate", SETTINGS, "--credentials", "--accounts", "accounts.yaml")
    assert ended.code == 0
    assert yaml.safe_load(ended.out)["handles"] == ["@acme"]
    assert safe.read() == Kept(app, {"ACME": token_of(world, "@acme")})
    assert ended.err == (
        f"Kept in the file {safe.path}: the app's key and secret, its bearer token, and the access token of @acme.\n"
        "They still stand in accounts.yaml: delete it when nothing else reads it.\n"
    )
    for secret in (*keys.values(), app.bearer_token):
        assert secret not in ended.out + ended.err


def test_a_report_is_made_with_what_was_taken_over(
    reportgen: Command,
    folder: Path,
    world: World,
    keys: dict[str, str],
    simulator: Simulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_accounts(keys)
    (folder / "inbox").mkdir()
    (folder / "inbox/ids.csv").write_text("tweet_ids\n2117600084332904449\n")
    monkeypatch.setenv("REPORTGEN_ENGAGEMENT_URL", simulator.environment()["REPORTGEN_ENGAGEMENT_URL"])
    told = ("--credentials", "--accounts", "accounts.yaml", "--out", "new.yaml")
    assert reportgen("migrate", SETTINGS, *told).code == 0
    ended = reportgen("run", "new.yaml", "--as-of", "2026-11-16T12:00:00Z", "--format", "json")
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize(
    ("source", "path"), [("app_settings.yaml", "conf/accounts.yaml"), ("config.yaml", "home/.twitter_api_creds")]
)
def test_without_a_file_it_is_the_one_that_the_client_reads(
    source: str, path: str, reportgen: Command, folder: Path, safe: FileSafe, keys: dict[str, str]
) -> None:
    (folder / "conf").mkdir()
    (folder / "conf" / source).write_text((SAMPLES / source).read_text())
    names = ("consumer_key", "consumer_secret", "token", "token_secret")
    of_python = {"username": "nobody", "engagement": dict(zip(names, keys.values(), strict=True))}
    write_accounts(keys, path)
    if path.startswith("home"):
        Path(path).write_text(yaml.safe_dump(of_python, sort_keys=False))
    ended = reportgen("migrate", f"conf/{source}", "--credentials")
    assert ended.code == 0
    assert yaml.safe_load(ended.out)["handles"] == ["@acme"]
    assert list(safe.read().tokens) == ["ACME"]
    assert path in ended.err


def test_without_a_home_folder_it_says_how_to_name_the_file(
    reportgen: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    (folder / "config.yaml").write_text((SAMPLES / "config.yaml").read_text())
    monkeypatch.setattr(Path, "home", homeless)
    ended = reportgen("migrate", "config.yaml", "--credentials")
    told = "there is no home folder to look for .twitter_api_creds in: say where it is, --accounts FILE\n"
    assert (ended.code, ended.err) == (2, told)


def test_without_a_token_the_app_alone_is_kept(
    reportgen: Command, safe: FileSafe, app: KeptApp, keys: dict[str, str]
) -> None:
    write_accounts(keys | {"access_token": "", "access_token_secret": ""})
    ended = reportgen("migrate", SETTINGS, "--credentials", "--accounts", "accounts.yaml")
    assert ended.code == 0
    assert safe.read() == Kept(app)
    assert "there is no access token" in " ".join(ended.out.split())


class TestNothingIsKept:
    @pytest.fixture(autouse=True)
    def _nothing(self, safe: FileSafe) -> object:
        yield
        assert safe.read() == NOTHING

    def refused(self, reportgen: Command, keys: dict[str, str], *options: str) -> tuple[int, str]:
        write_accounts(keys)
        ended = reportgen("migrate", SETTINGS, "--credentials", "--accounts", "accounts.yaml", *options)
        assert ended.out == ""
        for secret in keys.values():
            assert not secret or secret not in ended.err
        return ended.code, ended.err

    def test_of_another_account_than_the_one_named(self, reportgen: Command, keys: dict[str, str]) -> None:
        code, said = self.refused(reportgen, keys, "--handle", "@acme_help")
        assert (code, said) == (
            4,
            "accounts.yaml:4:3: the access token is @acme's, not @acme_help's; nothing is kept\n",
        )

    def test_where_the_token_is_refused(self, reportgen: Command, keys: dict[str, str]) -> None:
        code, said = self.refused(reportgen, keys | {"access_token_secret": "NotTheSecret"})
        assert code == 4
        assert said.startswith("accounts.yaml:4:3: the access token is refused (")

    def test_where_the_key_is_refused(self, reportgen: Command, keys: dict[str, str]) -> None:
        code, said = self.refused(reportgen, keys | {"consumer_secret": "NotTheSecret"})
        assert code == 4
        assert said.startswith("accounts.yaml:2:3: the key or the secret is refused (")

    def test_where_a_part_is_missing(self, reportgen: Command, keys: dict[str, str]) -> None:
        assert self.refused(reportgen, keys | {"access_token_secret": "", "consumer_secret": "a b"}) == (
            2,
            f"accounts.yaml:3:3: consumer_secret {STRAY}\naccounts.yaml:5:3: access_token_secret {EMPTY}\n",
        )

    def test_where_a_part_is_null(self, reportgen: Command, keys: dict[str, str]) -> None:
        write_accounts(keys)
        path = Path("accounts.yaml")
        path.write_text(path.read_text().replace(keys["consumer_secret"], "null"))
        ended = reportgen("migrate", SETTINGS, "--credentials", "--accounts", "accounts.yaml")
        assert (ended.code, ended.err) == (2, f"accounts.yaml:3:3: consumer_secret {EMPTY}\n")

    def test_where_the_report_file_is_there_already(
        self, reportgen: Command, keys: dict[str, str], folder: Path
    ) -> None:
        (folder / "new.yaml").touch()
        code, said = self.refused(reportgen, keys, "--out", "new.yaml")
        assert (code, said) == (2, "new.yaml is there already, and is left as it is; give --out another name\n")

    def test_where_the_report_file_cannot_be_written(
        self, reportgen: Command, keys: dict[str, str], folder: Path
    ) -> None:
        (folder / "taken").touch()
        code, said = self.refused(reportgen, keys, "--out", "taken/new.yaml")
        assert (code, said) == (2, "cannot make the folder taken: File exists\n")


def test_a_second_account_comes_beside_the_first(
    reportgen: Command, safe: FileSafe, keys: dict[str, str], world: World
) -> None:
    help_desk = world.account("@acme_help")
    of_help = {"access_token": help_desk.access_token, "access_token_secret": help_desk.access_token_secret}
    for more in ({}, of_help):
        write_accounts(keys | more)
        assert reportgen("migrate", SETTINGS, "--credentials", "--accounts", "accounts.yaml").code == 0
    assert list(safe.read().tokens) == ["ACME", "ACME_HELP"]


def test_another_app_that_is_kept_stays(reportgen: Command, safe: FileSafe, keys: dict[str, str]) -> None:
    other = Kept(KeptApp("other-key", "other-secret", "other-bearer"))
    safe.write(other)
    write_accounts(keys)
    ended = reportgen("migrate", SETTINGS, "--credentials", "--accounts", "accounts.yaml")
    assert (ended.code, ended.out) == (4, "")
    assert "accounts.yaml:2:3: the key of another app is kept; run reportgen auth logout --all first" in ended.err
    assert safe.read() == other
