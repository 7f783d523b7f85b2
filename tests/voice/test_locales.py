"""Locales by their names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reportgen.voice.english import ENGLISH
from reportgen.voice.locales import check_locale, voice_of


@pytest.mark.parametrize("name", ["en", "de", "en_US", "pt_BR", "pt-BR", "zh_Hant_TW", "zh_TW"])
def test_a_locale_is_named_by_language_script_and_territory(name: str) -> None:
    assert check_locale(name) == name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("de_DEE", "'de_DEE' is not a locale; did you mean 'de_DE'?"),
        ("german", "'german' is not a locale; did you mean 'de'?"),
        ("Deutsch", "'Deutsch' is not a locale; did you mean 'de'?"),
        ("nederlands", "'nederlands' is not a locale; did you mean 'nl'?"),
        ("Portugese", "'Portugese' is not a locale; did you mean 'pt'?"),
        ("en_XX", "'en_XX' is not a locale; did you mean 'en_SX'?"),
        ("xx", "'xx' is not a locale; it is written like de, en_US or pt_BR"),
        ("qqqqqq", "'qqqqqq' is not a locale; it is written like de, en_US or pt_BR"),
    ],
)
def test_another_name_is_refused_with_the_one_that_was_meant(name: str, message: str) -> None:
    with pytest.raises(ValueError, match="is not a locale") as refused:
        check_locale(name)
    assert str(refused.value) == message


def test_a_hyphen_is_as_good_as_an_underscore() -> None:
    assert voice_of("pt-BR").whole(1234567) == voice_of("pt_BR").whole(1234567) == "1.234.567"


def test_english_is_our_own_and_needs_no_babel() -> None:
    assert voice_of("en") is ENGLISH
    code = "import sys; from reportgen.voice.locales import voice_of; voice_of('en'); print('babel' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
