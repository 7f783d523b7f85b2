"""The world to look at: as JSON for scripts, as a page for people."""

from __future__ import annotations

from html import escape

from reportgen.instants import format_instant
from reportgen.simulator.timeline import Tweet
from reportgen.simulator.world import World

_ON_THE_PAGE = 300
"""How many tweets the page shows, the latest ones; the JSON has them all."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A simulated X</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse; margin-bottom: 2rem }}
th, td {{ text-align: start; vertical-align: top; padding: .25rem 1rem .25rem 0; border-top: 1px solid #8886 }}
table.tweets td:nth-child(-n+2) {{ font-variant-numeric: tabular-nums; white-space: nowrap }}
td code {{ overflow-wrap: anywhere; user-select: all }}
</style>
</head>
<body>
<h1>A simulated X</h1>
<p>Its present is {now}. It answers as the Engagement API does (<code>POST /insights/engagement/totals</code>,
<code>28hr</code> and <code>historical</code>), and as the X API v2 (<code>GET /2/users/by</code>,
<code>/2/users/{{id}}/tweets</code> and <code>/2/tweets</code>).</p>

<h2>Sign in</h2>
<p>All of this is simulated: the key, the secret and the accounts are good for nothing but this page's server.</p>
<table>
<tbody>
<tr><th scope="row">Address of the X API</th><td><code>REPORTGEN_X_API_URL={origin}</code></td></tr>
<tr><th scope="row">Consumer key</th><td><code>{key}</code></td></tr>
<tr><th scope="row">Consumer secret</th><td><code>{secret}</code></td></tr>
</tbody>
</table>
<ol>
<li><code>reportgen auth app</code> asks for the key and the secret above.</li>
<li><code>reportgen auth login @acme</code> opens a page here: choose the account, and type the PIN that you see
into your terminal. {handles} can be signed in to.</li>
</ol>

<h2>Tweets</h2>
<p>These are the latest {shown} of {all}; <a href="world.json">here are all of them</a>, as JSON.</p>
<table class="tweets">
<thead><tr><th>Id</th><th>Posted (UTC)</th><th>Handle</th><th>Tweet</th><th></th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def world_as_json(world: World) -> dict[str, object]:
    """Accounts and tweets, without any secret. Tweets that are gone have a `deleted_at`."""
    return {
        "now": format_instant(world.now),
        "seed": world.seed,
        "accounts": [
            {"handle": account.handle, "name": account.name, "user_id": account.user_id} for account in world.accounts
        ],
        "tweets": [
            {
                "id": tweet.id,
                "handle": tweet.handle,
                "posted_at": format_instant(tweet.posted_at),
                "deleted_at": None if world.is_available(tweet) else format_instant(tweet.deleted_at or world.now),
                "media": tweet.media,
                "text": tweet.text,
            }
            for tweet in world.tweets
        ],
    }


def world_as_html(world: World, origin: str) -> str:
    """A page with the key and secret of the simulated app, and the latest tweets, the newest first."""
    latest = world.tweets[-_ON_THE_PAGE:]
    ours = [account.handle for account in world.accounts if account.ours]
    return _PAGE.format(
        now=format_instant(world.now),
        origin=origin,
        key=world.app.consumer_key,
        secret=world.app.consumer_secret,
        handles=f"{', '.join(ours[:-1])} and {ours[-1]}",
        shown=len(latest),
        all=f"{len(world.tweets):,}",
        rows="\n".join(_row(tweet, world) for tweet in reversed(latest)),
    )


def _row(tweet: Tweet, world: World) -> str:
    marks = ["viral"] * tweet.viral + [tweet.media] * (tweet.media != "none")
    marks += [] if world.is_available(tweet) else ["deleted"]
    return (
        f"<tr><td>{tweet.id}</td><td>{tweet.posted_at:%Y-%m-%d %H:%M}</td><td>{escape(tweet.handle)}</td>"
        f'<td dir="auto">{escape(tweet.text)}</td><td>{", ".join(marks)}</td></tr>'
    )
