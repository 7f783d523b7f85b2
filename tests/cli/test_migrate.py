"""`reportgen migrate` on the command line: what it reads, where it writes, and what it never says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from reportgen.spec.document import Document
from tests.conftest import Command
from tests.leaks.known import made_up

SAMPLES = Path(__file__).parent.parent / "migrate" / "samples"
SETTINGS = SAMPLES / "app_settings.yaml"
SECRETS = {
    "consumer_key": made_up("KeyKeyKeyKey"),
    "consumer_secret": made_up("OnlyASecret0"),
    "access_token": made_up("2244994945-TokenTokenToken"),
    "access_token_secret": made_up("TokenSecretTokenSecret"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_report_file_is_printed_and_nothing_else(folder: Path, reportgen: Command) -> None:
    ended = reportgen("migrate", SETTINGS, "--handle", "acme")
    assert (ended.code, ended.err) == (0, "")
    assert yaml.safe_load(ended.out)["name"] == "autumn-launch-2026"
    assert [*folder.iterdir()] == []


def test_it_is_written_where_out_says_and_names_the_schema_from_there(folder: Path, reportgen: Command) -> None:
    ended = reportgen("migrate", SETTINGS, "--out", "a/b/weekly.yaml")
    assert (ended.code, ended.out) == (0, "")
    text = (folder / "a/b/weekly.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../../schemas/report.schema.json\n")
    assert "\n# mkdir -p schemas && reportgen schema report > schemas/report.schema.json\n" in text
    assert ended.err == (
        "Wrote a/b/weekly.yaml; what is still to do is in its comments. Then: reportgen validate a/b/weekly.yaml\n"
    )


@pytest.mark.parametrize("source", ["app_settings.yaml", "config.yaml"])
def test_a_report_without_a_name_is_called_as_its_file(source: str, folder: Path, reportgen: Command) -> None:
    assert reportgen("migrate", SAMPLES / source, "--out", "Every_Week.yaml").code == 0
    assert yaml.safe_load((folder / "Every_Week.yaml").read_text())["name"] == "every-week"
    assert reportgen("migrate", SAMPLES / source, "--out", "b.yaml", "--name", "mondays").code == 0
    assert yaml.safe_load((folder / "b.yaml").read_text())["name"] == "mondays"


def test_a_file_that_is_there_stays_as_it_is(folder: Path, reportgen: Command) -> None:
    (folder / "weekly.yaml").write_text("mine")
    ended = reportgen("migrate", SETTINGS, "--out", "weekly.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "weekly.yaml is there already, and is left as it is; give --out another name\n"
    assert (folder / "weekly.yaml").read_text() == "mine"


def test_patterns_are_of_the_files_that_lie_in_the_inbox_and_behind_it(folder: Path, reportgen: Command) -> None:
    for name in (
        "inbox/new.json",
        "inbox/processed/old.csv",
        "inbox/processed/older.csv",
        "inbox/notes.md",
        "inbox/.old.csv",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    ended = reportgen("migrate", SETTINGS)
    assert yaml.safe_load(ended.out)["tweets_from"] == ["inbox/*.json", "inbox/processed/*.csv"]


def test_files_that_the_old_client_leaves_in_its_inbox_are_named(folder: Path, reportgen: Command) -> None:
    (folder / "inbox/processed").mkdir(parents=True)
    for name in ("inbox/ids.txt", "inbox/.ids.txt", "inbox/processed/more.jsonl"):
        (folder / name).touch()
    said = " ".join(reportgen("migrate", SETTINGS).out.replace("\n# ", " ").split())
    assert "the old client does not read inbox/ids.txt and inbox/processed/more.jsonl" in said
    assert "no files are in inbox" not in said


def test_an_inbox_whose_name_is_a_pattern_is_meant_as_it_is(folder: Path, reportgen: Command) -> None:
    (folder / "in[box]").mkdir()
    (folder / "in[box]/ids.csv").write_text("tweet_ids\n2117600084332904449\n")
    (folder / "old.yaml").write_text(SETTINGS.read_text().replace("./inbox", "./in[box]"))
    assert reportgen("migrate", "old.yaml", "--handle", "acme", "--out", "new.yaml").code == 0
    assert reportgen("validate", "new.yaml").code == 0


def test_a_file_of_neither_client_is_told_with_its_place(folder: Path, reportgen: Command) -> None:
    (folder / "other.yaml").write_text("password: hush\n")
    ended = reportgen("migrate", "other.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(
        "other.yaml:1:1: this is the file of neither client: its keys are 'password'; wanted is"
    )
    assert "hush" not in ended.err


def test_a_file_that_is_not_there_is_told(folder: Path, reportgen: Command) -> None:
    ended = reportgen("migrate", "gone.yaml")
    assert (ended.code, ended.err) == (2, "gone.yaml:1:1: there is no such file\n")


def test_an_accounts_file_tells_whose_token_it_is_and_no_secret(folder: Path, reportgen: Command) -> None:
    (folder / "accounts.yaml").write_text(yaml.safe_dump({"engagement_api": SECRETS}, sort_keys=False))
    ended = reportgen("migrate", SETTINGS, "--accounts", "accounts.yaml")
    said = " ".join(ended.out.replace("\n# ", " ").split())
    assert "accounts.yaml, line 4: the access token is that of the account whose id is 2244994945." in said
    for secret in SECRETS.values():
        assert secret not in ended.out + ended.err


def test_the_username_of_the_python_client_is_its_handle(folder: Path, reportgen: Command) -> None:
    python = dict(zip(("consumer_key", "consumer_secret", "token", "token_secret"), SECRETS.values(), strict=True))
    creds = {"username": "acme", "engagement": {**python, "url": "https://api.acme.example/insights"}}
    (folder / ".twitter_api_creds").write_text(yaml.safe_dump(creds))
    ended = reportgen("migrate", SAMPLES / "config.yaml", "--accounts", ".twitter_api_creds")
    assert yaml.safe_load(ended.out)["handles"] == ["@acme"]
    assert "The url of .twitter_api_creds belongs in reportgen.yaml, as engagement_url." in ended.out
    for secret in SECRETS.values():
        assert secret not in ended.out + ended.err


@pytest.mark.parametrize("username", ["YOUR_USER_NAME", "acme.com", "@@acme", None])
def test_a_username_that_is_no_handle_is_taken_for_none(username: str | None, folder: Path, reportgen: Command) -> None:
    (folder / "creds.yaml").write_text(
        yaml.safe_dump({"username": username, "engagement": {"consumer_key": "a-key-of"}})
    )
    ended = reportgen("migrate", SAMPLES / "config.yaml", "--accounts", "creds.yaml")
    assert (ended.code, yaml.safe_load(ended.out)["handles"]) == (0, ["@your_account"])


def test_an_accounts_file_of_another_kind_is_told_without_its_values(folder: Path, reportgen: Command) -> None:
    (folder / "accounts.yaml").write_text("other: {consumer_key: KeyKeyKeyKey}\n")
    ended = reportgen("migrate", SETTINGS, "--accounts", "accounts.yaml")
    assert ended.code == 2
    assert ended.err.startswith("accounts.yaml:1:1: there are no keys of the API in this file; wanted is accounts.yaml")
    assert "KeyKeyKeyKey" not in ended.err


def test_the_repr_of_an_account_shows_no_secret() -> None:
    from reportgen.migrate.accounts import account_in
    from reportgen.spec.load import parse

    document, _ = parse("accounts.yaml", yaml.safe_dump({"engagement_api": SECRETS}).encode())
    assert isinstance(document, Document)
    shown = repr(account_in(document))
    assert "2244994945" in shown
    for secret in SECRETS.values():
        assert secret not in shown


@pytest.mark.parametrize("secret", ["!HushHush", "*HushHush", '"HushHush', "HushHush: b: c"])
def test_what_yaml_stumbles_over_in_a_file_of_keys_is_not_repeated(
    secret: str, folder: Path, reportgen: Command
) -> None:
    (folder / "accounts.yaml").write_text(f"engagement_api:\n  consumer_key: {secret}\n")
    ended = reportgen("migrate", SETTINGS, "--accounts", "accounts.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert "Hush" not in ended.err
    assert ended.err.endswith(": this cannot be read as YAML; put keys and tokens in quotes\n")


@pytest.mark.parametrize(
    "written", ["*SECRETKEY123", "!SECRETKEY123 a", '"SECRETKEY123', "a\n  consumer_key: SECRETKEY123"]
)
def test_nothing_of_a_file_of_keys_that_is_taken_for_one_of_settings_is_repeated(
    written: str, reportgen: Command, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.yaml"
    path.write_text(f"engagement_api:\n  consumer_key: {written}\n")
    ended = reportgen("migrate", path)
    assert (ended.code, ended.out) == (2, "")
    assert "SECRETKEY123" not in ended.err
    assert ended.err.startswith(f"{path}:")
    assert ended.err.endswith(": this cannot be read as YAML; put keys and tokens in quotes\n")
