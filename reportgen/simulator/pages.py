"""The world to look at: as JSON for scripts, as a page for people."""

from __future__ import annotations

from html import escape

from reportgen.instants import format_instant
from reportgen.simulator.timeline import Tweet
from reportgen.simulator.world import World

_ON_THE_PAGE = 200
"""How many tweets the page shows, the latest ones; the JSON has them all."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A simulated Engagement API</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse }}
th, td {{ text-align: start; vertical-align: top; padding: .25rem 1rem .25rem 0; border-top: 1px solid #ccc }}
td:nth-child(-n+2) {{ font-variant-numeric: tabular-nums; white-space: nowrap }}
</style>
</head>
<body>
<h1>A simulated Engagement API</h1>
<p>Its present is {now}. It answers <code>POST /insights/engagement/totals</code>, <code>28hr</code> and
<code>historical</code>. These are the latest {shown} of its {all} tweets;
<a href="world.json">here are all of them</a>, as JSON.</p>
<table>
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


def world_as_html(world: World) -> str:
    """A page with the latest tweets, the newest first."""
    latest = world.tweets[-_ON_THE_PAGE:]
    rows = "\n".join(_row(tweet, world) for tweet in reversed(latest))
    return _PAGE.format(now=format_instant(world.now), shown=len(latest), all=len(world.tweets), rows=rows)


def _row(tweet: Tweet, world: World) -> str:
    marks = ["viral"] * tweet.viral + [tweet.media] * (tweet.media != "none")
    marks += [] if world.is_available(tweet) else ["deleted"]
    return (
        f"<tr><td>{tweet.id}</td><td>{tweet.posted_at:%Y-%m-%d %H:%M}</td><td>{escape(tweet.handle)}</td>"
        f'<td dir="auto">{escape(tweet.text)}</td><td>{", ".join(marks)}</td></tr>'
    )
