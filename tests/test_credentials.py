"""Credentials come from the environment and from .env, which it wins over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen.credentials import Credentials
from reportgen.errors import InputError
from reportgen.settings import load_settings

KEYS = {"REPORTGEN_CONSUMER_KEY": "key", "REPORTGEN_CONSUMER_SECRET": "hush"}
ACME = {"REPORTGEN_ACME_ACCESS_TOKEN": "1-token", "REPORTGEN_ACME_ACCESS_TOKEN_SECRET": "hush-hush"}


def problems(folder: Path, **environ: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_settings(folder, environ)
    return str(raised.value).splitlines()


class TestCredentials:
    def test_come_from_the_environment(self, tmp_path: Path) -> None:
        _, credentials = load_settings(tmp_path, {**KEYS, **ACME, "REPORTGEN_BEARER_TOKEN": "AAAA%2Fb=="})
        assert (credentials.consumer_key, credentials.consumer_secret) == ("key", "hush")
        assert credentials.bearer_token == "AAAA%2Fb=="
        assert credentials.token("@acme") == credentials.token("Acme") == ("1-token", "hush-hush")
        assert credentials.token("@globex") is None

    def test_come_from_env_which_stays_out_of_the_process(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text(
            "# keys\n\nexport REPORTGEN_CONSUMER_KEY='key'\nREPORTGEN_CONSUMER_SECRET=$hush\nOTHER=x\nALONE\n"
            'REPORTGEN_ACME_HELP_ACCESS_TOKEN="2-token"\nREPORTGEN_ACME_HELP_ACCESS_TOKEN_SECRET=s # c\n'
        )
        before = dict(os.environ)
        _, credentials = load_settings(tmp_path, {})
        assert (credentials.consumer_key, credentials.consumer_secret) == ("key", "$hush")
        assert credentials.token("@acme_help") == ("2-token", "s")
        assert dict(os.environ) == before

    def test_that_are_set_to_nothing_are_not_set(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("REPORTGEN_BEARER_TOKEN=AAAA\n")
        environ = {"REPORTGEN_BEARER_TOKEN": "", "REPORTGEN_CONSUMER_KEY": ""}
        assert load_settings(tmp_path, environ)[1] == Credentials(bearer_token="AAAA")

    @pytest.mark.parametrize("half", [*KEYS, *ACME])
    def test_that_are_half_there_are_told_with_the_missing_half(self, half: str, tmp_path: Path) -> None:
        pair = KEYS if half in KEYS else ACME
        (other,) = pair.keys() - {half}
        assert problems(tmp_path, **{half: "hush"}) == [f"{other} is missing; {half} is of no use without it"]

    @pytest.mark.parametrize("value", ["hu sh", "hush\n", "\thush", "hüsh", " ", "hush\x00"])
    def test_with_a_stray_character_are_told_but_not_repeated(self, value: str, tmp_path: Path) -> None:
        environ = {**KEYS, **ACME, "REPORTGEN_BEARER_TOKEN": "x"}
        for name in environ:
            assert problems(tmp_path, **{**environ, name: value}) == [
                f"{name} has a space, a line break or another character that no key has; copy it again"
            ]

    def test_are_never_shown(self, tmp_path: Path) -> None:
        _, credentials = load_settings(tmp_path, {**KEYS, **ACME, "REPORTGEN_BEARER_TOKEN": "hush"})
        assert repr(credentials) == str(credentials) == "Credentials(consumer key, bearer token, token of @acme)"
        assert repr(Credentials()) == "Credentials()"

    def test_name_their_app_without_telling_the_key(self) -> None:
        by_key = Credentials(consumer_key="key", consumer_secret="hush", bearer_token="AAAA")
        assert by_key.app == Credentials(consumer_key="key").app == "2c70e12b7a06"
        assert Credentials(bearer_token="AAAA").app == "63c1dd951ffe"
        assert Credentials().app == "e3b0c44298fc"

    def test_are_not_put_together_of_half_a_pair_and_half_of_another(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in KEYS.items()))
        (told,) = problems(tmp_path, REPORTGEN_CONSUMER_KEY="other")
        assert told == (
            "REPORTGEN_CONSUMER_SECRET is missing in the environment; "
            "REPORTGEN_CONSUMER_KEY there is not of .env's pair"
        )

    def test_may_have_one_half_in_the_environment_and_the_other_in_env(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("REPORTGEN_CONSUMER_SECRET=hush\n")
        _, credentials = load_settings(tmp_path, {"REPORTGEN_CONSUMER_KEY": "key"})
        assert (credentials.consumer_key, credentials.consumer_secret) == ("key", "hush")
