"""Good report files for the tests."""

from __future__ import annotations

BASE = """\
version: 1
name: acme
endpoint: historical
handles: ["@acme"]
tweet_ids: ["2117632892728246273"]
metrics: [impressions, engagements]
"""
TOTALS = BASE.replace("historical", "totals")
LAST_28_HOURS = BASE.replace("historical", "28hr")
PUBLIC = """\
version: 1
name: public
endpoint: totals
tweet_ids: ["2117632892728246273"]
metrics: [favorites, retweets]
"""
FULL = """\
# yaml-language-server: $schema=../schemas/report.schema.json
version: 1
name: acme-weekly
title: Acme on X, weekly
timezone: America/New_York
endpoint: historical
handles:
  - handle: "@acme"
    tweet_ids: ["2117270504862646273", "2117600084332904449"]
  - handle: "acme_help"
    tweet_ids: ["2117632892728246273"]
date_range: {start: 2026-11-09, end: 2026-11-15}
metrics: [impressions, engagements, favorites]
groupings:
  by-tweet: [tweet.id, engagement.type]
  daily: [engagement.type, engagement.day]
  hours_of_day: [engagement.weekday, engagement.hour, engagement.type]
sections:
  - kpis: {title: The week, note: In numbers, metrics: [impressions, engagement_rate]}
  - chart: {title: Day by day, grouping: daily, metrics: [impressions], mark: line}
  - chart: {grouping: hours_of_day}
  - table: {title: Top tweets, grouping: by-tweet, sort: -engagements, limit: 10}
  - table: {grouping: daily, metrics: [favorites], sort: engagement.day}
outputs: {formats: [html, pdf, json, csv, xlsx, parquet], directory: out/weekly, page: Letter}
email: {to: [team@example.com], subject: "{{ title }}: {{ period.label }}", attach: [pdf]}
schedule: {cron: "0 8 * * MON"}
"""
POSTED = """\
version: 1
name: acme
timezone: America/New_York
endpoint: historical
handles:
  - "@acme"
  - {handle: "@acme_help", labels: {market: Europe}}
posted: last_28_days
exclude: [retweets, replies]
metrics: [impressions]
groupings:
  by-market: [label.market, engagement.type]
"""
MEASURES = (
    BASE.replace("impressions, engagements", "impressions, click_rate")
    + """\
measures:
  click_rate: url_clicks / impressions
  applause: {formula: favorites + 2 * retweets, label: Applause}
  per_thousand: {formula: 1000 * engagements / impressions, label: Per thousand, format: decimal}
  half: replies / 2
sections:
  - kpis: {metrics: [click_rate, impressions, applause]}
  - table: {grouping: by-tweet, metrics: [per_thousand], sort: -per_thousand}
"""
)
LABELS = """\
version: 1
name: campaigns
endpoint: historical
handles:
  - handle: "@acme"
    labels: {campaign: launch, market: US}
    tweet_ids: ["2117270504862646273", {id: "2117600084332904449", text: Come and see., labels: {campaign: "=autumn"}}]
  - handle: "acme_help"
    tweet_ids: [{id: "2117632892728246273"}]
metrics: [impressions, engagements]
groupings:
  by-campaign: [label.campaign, engagement.type]
  by-tweet: [tweet.id, engagement.type]
  campaigns-by-day: [engagement.day, label.campaign, engagement.type]
sections:
  - chart: {grouping: by-campaign}
  - chart: {grouping: campaigns-by-day, series: label.campaign}
  - table: {grouping: by-tweet, columns: [tweet.id, label.market]}
  - table: {grouping: by-campaign, sort: label.campaign}
"""

GOOD = {
    "labels": LABELS,
    "base": BASE,
    "posted": POSTED,
    "totals": TOTALS.replace("impressions", "quote_tweets"),
    "28hr": LAST_28_HOURS.replace("impressions", "url_clicks")
    + "groupings: {h: [engagement.type, engagement.day, engagement.hour]}\n",
    "public": PUBLIC,
    "full": FULL,
    "rate_alone": BASE.replace("impressions, engagements", "engagement_rate"),
    "one_metric_without_a_type": PUBLIC.replace(", retweets", "") + "groupings: {by-tweet: [tweet.id]}\n",
    "measures": MEASURES,
    "measures_of_public_tweets": PUBLIC.replace("retweets]", "reach]")
    + "measures: {reach: {formula: favorites + 2 * retweets, label: Applause}}\n",
    "last_quarter": BASE + "date_range: last_quarter\n",
    "instants": BASE + 'date_range: {start: "2026-11-09T14:00:00-05:00", end: "2026-11-10T09:00Z"}\n',
    "a_day_and_an_instant": BASE + 'date_range: {start: 2026-11-09, end: "2026-11-10T09:00:00Z"}\n',
    "aliases": BASE.replace("tweet_ids: [", "tweet_ids: &ids [").replace('["@acme"]', "[{handle: acme}]"),
}
