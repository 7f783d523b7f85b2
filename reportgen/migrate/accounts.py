"""The old clients' files of keys: accounts.yaml of the Ruby client, ~/.twitter_api_creds of the Python one.

What is secret in them stays in `Account`, which shows none of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reportgen.errors import InputError
from reportgen.migrate.model import Part, Remark
from reportgen.spec.document import Document
from reportgen.spec.problems import Finding

_KEYS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "engagement_api": ("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
    "engagement": ("consumer_key", "consumer_secret", "token", "token_secret"),
}
"""By the key that they stand under: those of the Ruby client, and those of the Python one."""
_URL: Final = "https://data-api.twitter.com/insights/engagement"


@dataclass(frozen=True, slots=True)
class Account:
    """An app and an access token. `user_id` is the token's owner's; `username` is as the file has it.

    Each secret is None where the file has none.
    """

    username: str | None
    user_id: str | None
    consumer_key: str | None = field(repr=False)
    consumer_secret: str | None = field(repr=False)
    token: str | None = field(repr=False)
    token_secret: str | None = field(repr=False)
    line: int
    """Where the token stands, or would."""
    has_other_url: bool


def account_in(document: Document) -> Account:
    """The account of the file. Raises InputError, which repeats no value of it."""
    entries = document.root.entries
    under = next((name for name in _KEYS if name in entries and entries[name].value.entries), None)
    if under is None:
        wanted = (
            "wanted is accounts.yaml with engagement_api, or .twitter_api_creds with engagement, and the keys below"
        )
        raise InputError(document.problem(Finding((), f"there are no keys of the API in this file; {wanted}")))
    found = {name: entry.value.text or None for name, entry in entries[under].value.entries.items()}
    key, secret, token, token_secret = _KEYS[under]
    username = document.text_at(("username",)) if "username" in entries else None
    owner = re.match(r"([0-9]+)-", found.get(token) or "")
    return Account(
        username or None,
        owner[1] if owner else None,
        found.get(key),
        found.get(secret),
        found.get(token),
        found.get(token_secret),
        document.position((under, token), at_key=True)[0],
        bool(found.get("url")) and (found["url"] or "").rstrip("/") != _URL,
    )


def owner_in(document: Document) -> Part[str | None]:
    """The handle of the account, where the file tells it, and what it tells of it else."""
    account = account_in(document)
    handle = _handle(account.username)
    remarks = [Remark(f"{document.path}, line {account.line}: {_of_token(account)}")]
    if handle:
        remarks.append(Remark(f"{handle} is the username of {document.path}: see that it is the account's handle."))
    if account.has_other_url:
        remarks.append(Remark(f"The url of {document.path} belongs in reportgen.yaml, as engagement_url."))
    return Part(handle, tuple(remarks))


def _handle(username: str | None) -> str | None:
    name = (username or "").removeprefix("@")
    return f"@{name}" if re.fullmatch(r"[A-Za-z0-9_]{1,15}", name) and name != "YOUR_USER_NAME" else None


def _of_token(account: Account) -> str:
    if account.user_id:
        return f"the access token is that of the account whose id is {account.user_id}."
    if account.token:
        return "there is an access token; it does not tell whose it is."
    return "there is no access token, so the old client asked as its app: totals, and public counts only."
