"""Which safes there are, and what the credentials of a run take from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from reportgen.credentials import Credentials
from reportgen.errors import SafeError
from reportgen.safe.file_safe import FILE
from reportgen.safe.kept import Kept
from reportgen.safe.safes import completed, config_folder, safes_of
from reportgen.settings import Settings
from reportgen.spec.check import load_reports
from reportgen.spec.model import ReportSpec
from tests.safe.keyrings import Forbidden, InMemory, Locked
from tests.safe.test_kept import ACME, APP, KEPT

UseKeyring = Callable[[KeyringBackend], None]
TOKENS = {"ACME": ("own-token", "own-secret")}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path / "config")}


def report(folder: Path, *lines: str) -> list[ReportSpec]:
    path = folder / "report.yaml"
    path.write_text("\n".join(["version: 1", "name: a", *lines, 'tweet_ids: ["2117632892728246273"]']))
    return list(load_reports([str(path)]))


@pytest.fixture
def of_acme(tmp_path: Path) -> list[ReportSpec]:
    return report(tmp_path, "endpoint: 28hr", 'handles: ["@acme"]', "metrics: [impressions]")


@pytest.fixture
def of_others(tmp_path: Path) -> list[ReportSpec]:
    return report(tmp_path, "endpoint: totals", "metrics: [favorites]")


class TestSafes:
    def test_the_keyring_comes_first_and_the_file_counts_beside_it(
        self, environ: dict[str, str], use_keyring: UseKeyring
    ) -> None:
        assert [safe.kind for safe in safes_of(Settings(), environ)] == ["file"]
        use_keyring(InMemory())
        assert [safe.kind for safe in safes_of(Settings(), environ)] == ["keyring", "file"]

    def test_a_simulator_has_its_own(self, environ: dict[str, str]) -> None:
        (real,), (simulated,) = (
            [*safes_of(settings, environ)] for settings in (Settings(), Settings(x_api_url="http://127.0.0.1:8400/"))
        )
        real.write(KEPT)
        assert simulated.read() == Kept()

    def test_the_file_is_in_the_users_configuration_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "/home/ada")
        assert config_folder({"XDG_CONFIG_HOME": "/cfg"}, "linux") == Path("/cfg")
        assert config_folder({"XDG_CONFIG_HOME": "cfg"}, "linux") == Path("/home/ada/.config")
        assert config_folder({}, "linux") == Path("/home/ada/.config")
        assert config_folder({}, "darwin") == Path("/home/ada/Library/Application Support")

    def test_without_a_home_it_says_what_to_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def homeless() -> Path:
            raise RuntimeError

        monkeypatch.setattr(Path, "home", homeless)
        with pytest.raises(SafeError, match="set XDG_CONFIG_HOME to a folder"):
            config_folder({}, "linux")

    def test_a_home_that_depends_on_the_working_directory_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "home")
        for platform, variable in (("linux", "XDG_CONFIG_HOME"), ("darwin", "HOME")):
            with pytest.raises(SafeError, match=f"set {variable} to a folder, from / on$"):
                config_folder({}, platform)
        assert config_folder({"XDG_CONFIG_HOME": "/cfg"}, "linux") == Path("/cfg")


class TestCompleted:
    def test_what_is_missing_comes_from_the_safe(
        self, environ: dict[str, str], of_acme: list[ReportSpec], use_keyring: UseKeyring
    ) -> None:
        use_keyring(InMemory())
        next(safes_of(Settings(), environ)).write(KEPT)
        assert completed(Credentials(), of_acme, Settings(), environ) == KEPT.fill(Credentials())

    def test_where_all_is_set_no_safe_is_asked(
        self, environ: dict[str, str], of_acme: list[ReportSpec], use_keyring: UseKeyring
    ) -> None:
        use_keyring(Forbidden())
        own = Credentials("own-key", "own-secret", None, TOKENS)
        assert completed(own, of_acme, Settings(), environ) is own

    def test_where_the_bearer_token_is_enough_no_safe_is_asked(
        self, environ: dict[str, str], of_others: list[ReportSpec], tmp_path: Path, use_keyring: UseKeyring
    ) -> None:
        use_keyring(Forbidden())
        own = Credentials(bearer_token="own-bearer")
        of_globex = report(tmp_path, "endpoint: totals", 'handles: ["@globex"]', "metrics: [favorites]")
        assert completed(own, [*of_others, *of_globex], Settings(), environ) is own

    def test_the_bearer_token_is_enough_for_what_is_computed_from_public_metrics(
        self, environ: dict[str, str], tmp_path: Path, use_keyring: UseKeyring
    ) -> None:
        use_keyring(Forbidden())
        own = Credentials(bearer_token="own-bearer")
        measured = ("metrics: [favorites, share]", "measures: {share: favorites / retweets}")
        wanted = report(tmp_path, "endpoint: totals", 'handles: ["@globex"]', *measured)
        assert completed(own, wanted, Settings(), environ) is own

    def test_the_bearer_token_is_not_enough_for_what_a_section_alone_shows_of_the_owners(
        self, environ: dict[str, str], tmp_path: Path, use_keyring: UseKeyring
    ) -> None:
        use_keyring(InMemory())
        next(safes_of(Settings(), environ)).write(KEPT)
        shown = (
            "metrics: [favorites]",
            "measures: {rate: favorites / impressions}",
            "sections: [{kpis: {metrics: [rate]}}]",
        )
        wanted = report(tmp_path, "endpoint: totals", 'handles: ["@acme"]', *shown)
        filled = completed(Credentials(bearer_token="own-bearer"), wanted, Settings(), environ)
        assert filled.token("@acme") == (ACME.token, ACME.secret)

    def test_the_bearer_token_is_not_enough_for_what_is_the_owners(
        self, environ: dict[str, str], tmp_path: Path, use_keyring: UseKeyring
    ) -> None:
        use_keyring(Locked())
        wanted = report(tmp_path, "endpoint: totals", 'handles: ["@acme"]', "metrics: [favorites, impressions]")
        with pytest.raises(SafeError, match="is locked"):
            completed(Credentials(bearer_token="own-bearer"), wanted, Settings(), environ)

    def test_the_owner_of_a_timeline_is_looked_for_where_the_bearer_token_is_enough(
        self, environ: dict[str, str], tmp_path: Path, use_keyring: UseKeyring
    ) -> None:
        # The bearer token reads no protected timeline.
        use_keyring(InMemory())
        next(safes_of(Settings(), environ)).write(KEPT)
        wanted = report(tmp_path, "endpoint: totals", 'handles: ["@acme"]', "posted: today", "metrics: [favorites]")
        filled = completed(Credentials(bearer_token="own-bearer"), wanted, Settings(), environ)
        assert (filled.bearer_token, filled.token("@acme")) == ("own-bearer", (ACME.token, ACME.secret))

    def test_a_locked_keyring_is_no_matter_where_the_bearer_token_is_enough(
        self, environ: dict[str, str], tmp_path: Path, use_keyring: UseKeyring
    ) -> None:
        use_keyring(Locked())
        wanted = report(tmp_path, "endpoint: totals", 'handles: ["@acme"]', "posted: today", "metrics: [favorites]")
        own = Credentials(bearer_token="own-bearer")
        assert completed(own, wanted, Settings(), environ) == own

    def test_what_the_keyring_lacks_comes_from_the_file(
        self, environ: dict[str, str], of_acme: list[ReportSpec], use_keyring: UseKeyring
    ) -> None:
        use_keyring(InMemory())
        keyring, file = safes_of(Settings(), environ)
        keyring.write(Kept(APP))
        file.write(Kept(None, {"ACME": ACME}))
        assert completed(Credentials(), of_acme, Settings(), environ) == KEPT.fill(Credentials())

    def test_where_the_keyring_has_all_a_file_that_others_may_read_is_of_no_concern(
        self, environ: dict[str, str], of_acme: list[ReportSpec], use_keyring: UseKeyring
    ) -> None:
        use_keyring(InMemory())
        keyring, file = safes_of(Settings(), environ)
        keyring.write(KEPT)
        file.write(KEPT)
        (config_folder(environ) / FILE).chmod(0o644)
        assert completed(Credentials(), of_acme, Settings(), environ) == KEPT.fill(Credentials())

    def test_what_no_safe_has_stays_missing(self, environ: dict[str, str], of_acme: list[ReportSpec]) -> None:
        assert completed(Credentials(), of_acme, Settings(), environ) == Credentials()

    def test_where_it_is_kept_for_another_engagement_api_it_stays_there(
        self, environ: dict[str, str], of_acme: list[ReportSpec], use_keyring: UseKeyring
    ) -> None:
        use_keyring(InMemory())
        for safe in safes_of(Settings(), environ):
            safe.write(KEPT)
        cloned = Settings(engagement_url="https://elsewhere.example/insights/engagement")
        assert completed(Credentials(), of_acme, cloned, environ) == Credentials(
            elsewhere=("https://data-api.twitter.com",)
        )
