"""Settings and credentials come from reportgen.yaml, .env and the environment, the later winning."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportgen.credentials import Credentials
from reportgen.errors import InputError
from reportgen.settings import Settings, load_settings
from reportgen.store.address import DEFAULT_STORE

AS_OF = datetime(2026, 11, 16, 12, tzinfo=UTC)
SERVER = "postgresql://user:password@host/database"


def problems(folder: Path, **environ: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_settings(folder, environ)
    return str(raised.value).splitlines()


class TestSettings:
    def test_have_defaults(self, tmp_path: Path) -> None:
        assert load_settings(tmp_path, {}) == (Settings(), Credentials())
        assert Settings() == Settings(
            engagement_url="https://data-api.twitter.com/insights/engagement",
            x_api_url="https://api.x.com",
            calls_at_once=16,
            tries=10,
            connect_timeout=5,
            read_timeout=60,
            calls_per_minute=None,
            max_calls=None,
            handles_per_month=None,
            billing_day=1,
            history=None,
            page="A4",
            locale="en",
            store="sqlite:///.reportgen/store.db",
        )

    def test_come_from_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "reportgen.yaml").write_text(
            "engagement_url: http://127.0.0.1:8400/engagement\n"
            "x_api_url: http://127.0.0.1:8400\n"
            "calls_at_once: 4\nconnect_timeout: 0.5\nread_timeout: 30\ncalls_per_minute: 120\n"
            "max_calls: 5000\nhandles_per_month: 50\nbilling_day: 15\n"
            "history: 2014-09-01\npage: Letter\nlocale: pt-BR\nstore: sqlite:///kept.db\n"
        )
        settings, _ = load_settings(tmp_path, {})
        assert settings == Settings(
            engagement_url="http://127.0.0.1:8400/engagement",
            x_api_url="http://127.0.0.1:8400",
            calls_at_once=4,
            connect_timeout=0.5,
            read_timeout=30,
            calls_per_minute=120,
            max_calls=5000,
            handles_per_month=50,
            billing_day=15,
            history=date(2014, 9, 1),
            page="Letter",
            locale="pt-BR",
            store="sqlite:///kept.db",
        )

    def test_that_are_whole_numbers_may_be_written_with_a_point(self, tmp_path: Path) -> None:
        (tmp_path / "reportgen.yaml").write_text(
            "tries: 6.0\nmax_calls: 9.0\nhandles_per_month: 8.0\nbilling_day: 7.0\n"
        )
        settings, _ = load_settings(tmp_path, {})
        whole = (settings.tries, settings.max_calls, settings.handles_per_month, settings.billing_day)
        assert repr(whole) == "(6, 9, 8, 7)"

    def test_may_be_an_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "reportgen.yaml").write_text("# calls_at_once: 4\n")
        assert load_settings(tmp_path, {})[0] == Settings()

    def test_of_the_environment_win_over_env_and_env_over_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "reportgen.yaml").write_text("engagement_url: https://file.example\n")
        (tmp_path / ".env").write_text("REPORTGEN_ENGAGEMENT_URL=https://env.example\n")
        in_environment = {"REPORTGEN_ENGAGEMENT_URL": "https://environment.example"}
        assert load_settings(tmp_path, in_environment)[0].engagement_url == "https://environment.example"
        assert load_settings(tmp_path, {})[0].engagement_url == "https://env.example"
        (tmp_path / ".env").unlink()
        assert load_settings(tmp_path, {"REPORTGEN_ENGAGEMENT_URL": ""})[0].engagement_url == "https://file.example"

    def test_say_how_far_the_history_reaches(self) -> None:
        assert Settings().history_start(AS_OF) == datetime(2025, 11, 16, 12, tzinfo=UTC)
        assert Settings(history=date(2014, 9, 1)).history_start(AS_OF) == datetime(2014, 9, 1, tzinfo=UTC)

    def test_that_are_wrong_are_all_told_with_their_place(self, tmp_path: Path) -> None:
        path = tmp_path / "reportgen.yaml"
        path.write_text("calls_at_onse: 4\nread_timeout: 0\nconnect_timeout: .nan\npage: A5\nhistory: 2014\n")
        assert problems(tmp_path) == [
            f"{path}:1:1: calls_at_onse: this key is not known; did you mean 'calls_at_once'?",
            f"{path}:2:15: read_timeout: 0 is not above 0",
            f"{path}:3:18: connect_timeout: '.nan' is text; a number is wanted",
            f"{path}:4:7: page: 'A5' is not a page size; known are A4 and Letter",
            f"{path}:5:10: history: 2014 is a number; text is wanted, so put it in quotes",
        ]

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("locale: german\n", "1:9: locale: 'german' is not a locale; did you mean 'de'?"),
            ("locale: de DE\n", "1:9: locale: a locale is written like de, en_US or pt_BR; this is 'de DE'"),
            ("history: 2014-02-30\n", "1:10: history: '2014-02-30' is not in the calendar"),
            ("calls_at_once: 65\n", "1:16: calls_at_once: 65 is above 64"),
            ("max_calls: 0\n", "1:12: max_calls: 0 is below 1"),
            ("handles_per_month: some\n", "1:20: handles_per_month: 'some' is text; a whole number is wanted"),
            ("billing_day: 29\n", "1:14: billing_day: 29 is above 28"),
            ("- a\n", "1:1: a file has to hold keys and values; this is a list"),
            ("page: A4\npage: A4\n", "2:1: the key 'page' is there twice; the first is in line 1"),
            ("page: [\n", "2:1: not YAML: a value is missing here, or a bracket is not closed"),
        ],
    )
    def test_that_are_wrong_in_other_ways_are_told(self, text: str, line: str, tmp_path: Path) -> None:
        path = tmp_path / "reportgen.yaml"
        path.write_text(text)
        assert problems(tmp_path) == [f"{path}:{line}"]


class TestAddress:
    @pytest.mark.parametrize(
        "url",
        ["https://api.example/v2", "http://localhost:8400", "http://127.0.0.1:8400/x", "http://[::1]:8400", "HTTPS://a.example/"],
    )  # fmt: skip
    def test_may_be_https_or_this_machine(self, url: str, tmp_path: Path) -> None:
        assert load_settings(tmp_path, {"REPORTGEN_ENGAGEMENT_URL": url})[0].engagement_url == url

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            ("http://api.example", "the address has to start with https://, except on this machine"),
            ("http://localhost.example", "the address has to start with https://, except on this machine"),
            ("https://me:hush@api.example", "the address has a user name or a password in it; leave them out"),
            ("https://api.example/x?key=hush", "the address has a ? or a # in it; leave out what follows"),
            ("https://api.example/x#hush", "the address has a ? or a # in it; leave out what follows"),
            *(
                (url, "this is not an address; it is written like https://data-api.twitter.com/insights/engagement")
                for url in (
                    "api.example", "ftp://api.example", "https://", "https://hush:x", "https://[hush",
                    "https://hush me", "file:///hush", "https://me:hush@ex\u2100mple",
                )
            ),
        ],
    )  # fmt: skip
    def test_that_will_not_do_is_told_but_not_repeated(self, url: str, message: str, tmp_path: Path) -> None:
        assert problems(tmp_path, REPORTGEN_ENGAGEMENT_URL=url) == [f"REPORTGEN_ENGAGEMENT_URL: {message}"]
        path = tmp_path / "reportgen.yaml"
        path.write_text(f'page: A4\nengagement_url: "{url}"\n')
        assert problems(tmp_path) == [f"{path}:2:17: engagement_url: {message}"]

    def test_of_the_x_api_is_checked_in_the_same_way(self, tmp_path: Path) -> None:
        example = "this is not an address; it is written like https://api.x.com"
        assert problems(tmp_path, REPORTGEN_X_API_URL="api.example") == [f"REPORTGEN_X_API_URL: {example}"]
        path = tmp_path / "reportgen.yaml"
        path.write_text("x_api_url: https://me:hush@api.example\n")
        told = "the address has a user name or a password in it; leave them out"
        assert problems(tmp_path) == [f"{path}:1:12: x_api_url: {told}"]
        path.write_text("x_api_url: https://file.example\n")
        in_environment = {"REPORTGEN_X_API_URL": "https://environment.example"}
        assert load_settings(tmp_path, in_environment)[0].x_api_url == "https://environment.example"
        assert load_settings(tmp_path, {})[0].x_api_url == "https://file.example"


class TestStore:
    def test_of_the_environment_wins_over_env_and_env_over_the_file(self, tmp_path: Path) -> None:
        (tmp_path / "reportgen.yaml").write_text("store: sqlite:///file.db\n")
        assert load_settings(tmp_path, {})[0].store == "sqlite:///file.db"
        (tmp_path / ".env").write_text("REPORTGEN_STORE=sqlite:///env.db\n")
        assert load_settings(tmp_path, {})[0].store == "sqlite:///env.db"
        assert load_settings(tmp_path, {"REPORTGEN_STORE": "sqlite://"})[0].store == "sqlite://"

    def test_may_be_on_a_server_with_a_password_which_is_not_shown(self, tmp_path: Path) -> None:
        settings, _ = load_settings(tmp_path, {"REPORTGEN_STORE": "postgresql+psycopg://me:hush@db.example/kept"})
        assert settings.store == "postgresql+psycopg://me:hush@db.example/kept"
        assert "hush" not in repr(settings)

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://me:hush@db.example/kept",
            "postgres://me:@db.example/kept",
            "postgresql://db.example/kept?password=hush",
            "postgresql://db.example/kept?sslmode=require&sslpassword=hush",
        ],
    )
    def test_has_its_password_in_the_environment(self, address: str, tmp_path: Path) -> None:
        path = tmp_path / "reportgen.yaml"
        path.write_text(f"store: {address}\n")
        advice = "set it with REPORTGEN_STORE, in the environment or in .env"
        assert problems(tmp_path) == [f"{path}:1:8: store: the address has a password in it; {advice}"]

    @pytest.mark.parametrize(
        "address",
        [
            "postgresql://me@db.example:5433/kept",
            "postgresql:///kept?host=/run/postgresql&options=-csearch_path=acme",
            "postgres://[::1]/kept?sslmode=verify-full",
        ],
    )
    def test_may_be_on_a_server_that_the_file_names_without_a_password(self, address: str, tmp_path: Path) -> None:
        (tmp_path / "reportgen.yaml").write_text(f"store: {json.dumps(address)}\n")
        assert load_settings(tmp_path, {})[0].store == address

    @pytest.mark.parametrize(
        ("address", "message"),
        [
            ("sqlite://hush.db", f"the file's path comes after three slashes, as in {DEFAULT_STORE}"),
            ("sqlite:///hush.db?mode=ro", "the address has a ? in it; leave out what follows"),
            *(
                (address, f"an SQLite file is written like {DEFAULT_STORE}, a PostgreSQL server like {SERVER}")
                for address in ("hush.db", "sqlite:hush.db", "mysql://me:hush@db.example/kept", "sqlite:///hush\tme.db")
            ),
            *(
                (address, f"a server is written like {SERVER}, and with another @ in it, that one as %40")
                for address in (
                    "postgresql://me:hu@sh@db.example/kept",
                    "postgresql://me@hush@db.example/kept",
                    "postgresql://db.example?password=hu@sh",
                    "postgresql://db.example:hush/kept",
                )
            ),
        ],
    )
    def test_that_will_not_do_is_told_but_not_repeated(self, address: str, message: str, tmp_path: Path) -> None:
        assert problems(tmp_path, REPORTGEN_STORE=address) == [f"REPORTGEN_STORE: {message}"]
        path = tmp_path / "reportgen.yaml"
        path.write_text(f"store: {json.dumps(address)}\n")
        assert problems(tmp_path) == [f"{path}:1:8: store: {message}"]


class TestEnvFile:
    def test_errors_have_a_line_and_do_not_repeat_it(self, tmp_path: Path) -> None:
        path = tmp_path / ".env"
        path.write_text("A=1\n\n\nREPORTGEN_BEARER_TOKEN='hush\n=hush\n")
        assert problems(tmp_path) == [
            f"{path}:4:1: this line is not NAME=value",
            f"{path}:5:1: this line is not NAME=value",
        ]

    def test_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_bytes(b"A=\xff")
        assert problems(tmp_path) == [f"{tmp_path}/.env:1:1: this file cannot be read as UTF-8 text"]

    def test_and_file_and_environment_tell_all_their_problems_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "reportgen.yaml").write_text("page: A5\n")
        (tmp_path / ".env").write_text("=\n")
        assert problems(tmp_path, REPORTGEN_CONSUMER_KEY="k") == [
            f"{tmp_path}/reportgen.yaml:1:7: page: 'A5' is not a page size; known are A4 and Letter",
            f"{tmp_path}/.env:1:1: this line is not NAME=value",
            "REPORTGEN_CONSUMER_SECRET is missing; REPORTGEN_CONSUMER_KEY is of no use without it",
        ]


def test_they_know_which_project_they_are_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "host-1")
    monkeypatch.chdir(tmp_path)
    settings, _ = load_settings(Path(), {})
    assert settings.project == f"{tmp_path} on host-1"
