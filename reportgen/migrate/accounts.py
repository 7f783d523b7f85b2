"""The old clients' files of keys: accounts.yaml of the Ruby client, ~/.twitter_api_creds of the Python one.

What is secret in them stays in `Account`, which shows none of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reportgen.errors import InputError
from reportgen.handles import handle_name, is_handle
from reportgen.migrate.model import Part, Remark
from reportgen.spec.document import Document, Node
from reportgen.spec.problems import Finding, Problem

_KEYS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "engagement_api": ("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
    "engagement": ("consumer_key", "consumer_secret", "token", "token_secret"),
}
"""By the key that they stand under: those of the Ruby client, and those of the Python one."""
_NOBODY: Final = "@YOUR_USER_NAME"
"""Stands in the Python client's sample."""
_URL: Final = "https://data-api.twitter.com/insights/engagement"


@dataclass(frozen=True, slots=True)
class Secret:
    """A key, secret or token: empty where the file has none. It stands, or would, at `path`, `line` and `column`."""

    key: str
    text: str = field(repr=False)
    path: str
    line: int
    column: int

    def problem(self, message: str) -> Problem:
        """What is wrong with it, with its place."""
        return Problem(self.path, self.line, self.column, message)


@dataclass(frozen=True, slots=True)
class Account:
    """An app and an access token. `user_id` is the token's owner's; `username` is as the file has it."""

    path: str
    username: str | None
    user_id: str | None
    consumer_key: Secret
    consumer_secret: Secret
    token: Secret
    token_secret: Secret
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
    found = {name: _written(entry.value) for name, entry in entries[under].value.entries.items()}
    key, key_secret, token, token_secret = (
        Secret(key, found.get(key, ""), document.path, *document.position((under, key), at_key=True))
        for key in _KEYS[under]
    )
    owner = re.match(r"([0-9]+)-", token.text)
    url = found.get("url", _URL).rstrip("/")
    username = _written(entries["username"].value) if "username" in entries else None
    user_id = owner[1] if owner else None
    has_other_url = url not in {"", _URL}
    return Account(document.path, username or None, user_id, key, key_secret, token, token_secret, has_other_url)


def owner_of(account: Account) -> Part[str | None]:
    """The handle of the account, where its file tells it, and what it tells of it else."""
    handle = _handle(account.username)
    remarks = [Remark(f"{account.path}, line {account.token.line}: {_of_token(account)}")]
    if handle:
        remarks.append(Remark(f"{handle} is the username of {account.path}: see that it is the account's handle."))
    if account.has_other_url:
        remarks.append(Remark(f"The url of {account.path} belongs in reportgen.yaml, as engagement_url."))
    return Part(handle, tuple(remarks))


def signed_in(handle: str | None, account: Account) -> Part[str | None]:
    """The handle whose access token has been taken from the file; None where there was none."""
    if handle is None:
        return Part(None, (Remark(f"{account.path}: {_of_token(account)}"),))
    return Part(handle, (Remark(f"its access token was that of {account.path}"),))


def _written(node: Node) -> str:
    """The scalar as it is written; empty where there is none, or one that says so, such as `null`."""
    return (node.text or "") if node.data is not None else ""


def _handle(username: str | None) -> str | None:
    if username is None or not is_handle(username) or handle_name(username) == _NOBODY:
        return None
    return handle_name(username)


def _of_token(account: Account) -> str:
    if account.user_id:
        return f"the access token is that of the account whose id is {account.user_id}."
    if account.token.text:
        return "there is an access token; it does not tell whose it is."
    return "there is no access token, so the old client asked as its app: totals, and public counts only."
