"""The pages of the sign-in: whose account, and the PIN."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from string import Template
from typing import Final

_PAGE: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>$title</title>
<style>
:root { color-scheme: light dark;
  --paper: #fff; --ground: #f3efe9; --ink: #2b211a; --soft: #6f6258; --line: #e2d9cf; --act: #7a3f12 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #261f1a; --ground: #17120f; --ink: #f2e9e1; --soft: #b5a597; --line: #43372e; --act: #e8a469 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
  font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground) }
main { width: 100%; max-width: 26rem; padding: 2rem; border-radius: 1rem; background: var(--paper);
  border: 1px solid var(--line) }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem }
p { margin: 0 0 1rem; color: var(--soft) }
.mark { display: inline-block; margin-bottom: 1.25rem; padding: .125rem .625rem; border-radius: 1rem;
  border: 1px solid var(--line); font-size: .8125rem; color: var(--soft) }
button { display: block; width: 100%; margin-top: .625rem; padding: .75rem 1rem; text-align: start; font: inherit;
  font-weight: 600; color: var(--ink); background: none; border: 1px solid var(--line); border-radius: .625rem;
  cursor: pointer }
button:hover, button:focus-visible { border-color: var(--act); color: var(--act); outline: none;
  box-shadow: 0 0 0 1px var(--act) }
output { display: block; margin: 1.25rem 0; padding: 1rem; text-align: center; font-size: 3rem; line-height: 1.1;
  font-weight: 700; letter-spacing: .08em; font-variant-numeric: tabular-nums; border-radius: .625rem;
  background: var(--ground); user-select: all }
main > :last-child { margin-bottom: 0 }
</style>
</head>
<body>
<main>
<div class="mark">simulated</div>
$body
</main>
</body>
</html>
""")


def authorize_page(token: str, names: Mapping[str, str]) -> str:
    """The question, with a button for each account; `names` has the account's present name by its handle."""
    buttons = "\n".join(
        f'<button name="handle" value="{escape(handle)}">Authorize as {escape(name)}</button>'
        for handle, name in names.items()
    )
    return _page(
        "Authorize reportgen?",
        f"""<h1>Authorize reportgen?</h1>
<p>It will read the account's tweets and their engagement. Nothing is posted. Whose account is it?</p>
<form method="post" action="/oauth/authorize">
<input type="hidden" name="oauth_token" value="{escape(token)}">
{buttons}
</form>""",
    )


def pin_page(pin: str, name: str) -> str:
    """The PIN, to be typed in where the sign-in began."""
    return _page(
        f"PIN for {name}",
        f"""<h1>One more step, {escape(name)}</h1>
<p>Go back to your terminal and type in this PIN.</p>
<output>{pin}</output>
<p>It works once, and for a quarter of an hour.</p>""",
    )


def no_sign_in_page() -> str:
    """What a link that is not good any more shows."""
    return _page(
        "This link is over",
        """<h1>This link is over</h1>
<p>It was used, or it is older than a quarter of an hour. Begin again: <code>reportgen auth login</code>
makes a new one.</p>""",
    )


def _page(title: str, body: str) -> str:
    return _PAGE.substitute(title=escape(title), body=body)
