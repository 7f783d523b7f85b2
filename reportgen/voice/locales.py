"""Locales by their names: which there are, and the voice that writes in one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from reportgen.spec.words import closest, quoted
from reportgen.voice.english import ENGLISH
from reportgen.voice.voice import Voice

if TYPE_CHECKING:
    from babel import Locale

DEFAULT_LOCALE: Final = "en"
"""English as reportgen writes it; `en_GB`, `en_US` and the others are as Unicode's CLDR has them."""


@cache
def voice_of(locale: str) -> Voice:
    """The voice of a locale, named as `check_locale` allows."""
    if locale == DEFAULT_LOCALE:
        return ENGLISH
    from babel import Locale

    from reportgen.voice.local import Local, own_locale

    return Local(own_locale(Locale.parse(locale.replace("-", "_"))))


def check_locale(name: str) -> str:
    """The name as it is. Raises ValueError, with a sentence for the user, where there is no such locale."""
    if name != DEFAULT_LOCALE and not _find(name):
        raise ValueError(f"{quoted(name)} is not a locale{_hint(name)}")
    return name


def _find(name: str) -> Locale | None:
    """`de`, `pt_BR`, `pt-BR`, `zh_Hant_TW`: the locale of exactly this language, script and territory."""
    from babel import Locale, UnknownLocaleError, parse_locale

    written = name.replace("-", "_")
    try:
        language, territory, script, *_ = parse_locale(written)
        locale = Locale.parse(written)
    except (ValueError, UnknownLocaleError):
        return None
    # Babel takes another locale of the same language where it does not know this one.
    exact = locale.language == language and locale.territory == territory and script in (None, locale.script)
    return locale if exact else None


def _hint(name: str) -> str:
    from babel.localedata import locale_identifiers

    if name.isalpha() and len(name) > 3:
        languages = _languages()
        nearest = languages.get(closest(name, languages) or "")
    else:
        nearest = closest(name.replace("-", "_"), locale_identifiers())
    return f"; did you mean {quoted(nearest)}?" if nearest else "; it is written like de, en_US or pt_BR"


def _languages() -> dict[str, str]:
    """The codes of languages by their names, in small letters: in English, and as those who speak them say."""
    from babel import Locale

    english = {label.lower(): code for code, label in Locale("en").languages.items() if _find(code)}
    own = {(Locale(code).language_name or "").lower(): code for code in english.values() if "_" not in code}
    return {name: code for name, code in (own | english).items() if name}
