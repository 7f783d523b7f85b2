"""Cards show the tweets with the most and the least of a measure, and say which tweets could not be ranked."""

from __future__ import annotations

from reportgen.catalog import METRICS
from reportgen.gaps import Gap, Reason
from reportgen.report.cards import CardsSection, Least
from reportgen.report.model import Value
from reportgen.spec.model import Tweet
from reportgen.spec.sections import TopTweets
from tests.report.test_build import COUNTED, FIRST, HELP, SECOND, TWEETS, made, only

OLD = "642004603499446273"
AFTER, IN_THE_LAST_HOUR = "2120803786552246272", "2120297953489846272"


def cards(
    section: TopTweets,
    facts: dict[tuple[str, str, int], int] = COUNTED,
    gaps: tuple[Gap, ...] = (),
    tweets: tuple[Tweet, ...] = TWEETS,
) -> CardsSection:
    shown = only(made(section, facts=facts, gaps=gaps, tweets=tweets))
    assert isinstance(shown, CardsSection)
    return shown


def ids(section: CardsSection) -> tuple[list[str], list[str]]:
    return [card.tweet.id for card in section.best], [card.tweet.id for card in section.worst]


def test_the_best_have_the_most_and_each_card_has_its_numbers() -> None:
    section = cards(TopTweets("impressions", ("engagements", "engagement_rate"), limit=2))
    assert ids(section) == ([SECOND, FIRST], [])
    assert [measure.name for measure in section.measures] == ["impressions", "engagements", "engagement_rate"]
    assert [card.values for card in section.best] == [
        (Value(1000), Value(0), Value(0)),
        (Value(150), Value(3), Value(0.02)),
    ]
    assert section.title == "Top tweets by impressions"


def test_the_worst_have_the_least_and_of_two_alike_the_newer_one_is_first() -> None:
    section = cards(TopTweets("engagements", (), order="worst"), tweets=(Tweet(OLD, "@acme"), *TWEETS))
    assert ids(section) == ([], [SECOND, OLD, FIRST])


def test_no_tweet_is_among_the_best_and_the_worst() -> None:
    section = cards(TopTweets("impressions", (), order="both", limit=2))
    assert ids(section) == ([SECOND, FIRST], [HELP])


def test_a_tweet_whose_number_is_missing_is_not_ranked() -> None:
    gap = Gap(SECOND, "impressions", Reason.UNAVAILABLE, "")
    section = cards(TopTweets("impressions", ("engagements",)), gaps=(gap,))
    assert ids(section) == ([FIRST, HELP], [])
    assert (section.not_known, section.undefined) == (1, 0)


def test_a_number_beside_may_be_missing() -> None:
    gap = Gap(SECOND, "engagements", Reason.UNAVAILABLE, "")
    section = cards(TopTweets("impressions", ("engagements",), limit=1), gaps=(gap,))
    assert section.best[0].values == (Value(1000), Value(None, 1))
    assert section.not_known == 0


def test_a_tweet_without_a_rate_is_not_ranked_and_lacks_nothing() -> None:
    facts = {key: count for key, count in COUNTED.items() if key[0] != SECOND}
    section = cards(TopTweets("engagement_rate", ()), facts)
    assert ids(section) == ([HELP, FIRST], [])
    assert (section.not_known, section.undefined) == (0, 1)


def test_tweets_with_less_than_enough_are_left_out() -> None:
    section = cards(TopTweets("engagement_rate", (), at_least={"impressions": 150}))
    assert ids(section) == ([FIRST, SECOND], [])
    assert section.at_least == (Least(METRICS["impressions"], 150, 1),)


def test_where_it_is_not_known_whether_it_is_enough_a_tweet_is_not_ranked() -> None:
    gap = Gap(FIRST, "impressions", Reason.CALL_FAILED, "")
    section = cards(TopTweets("engagements", (), at_least={"impressions": 5}), gaps=(gap,))
    assert ids(section) == ([HELP, SECOND], [])
    assert section.not_known == 1


def test_a_tweet_posted_after_the_period_is_not_the_worst_of_it() -> None:
    tweets = (*TWEETS, Tweet(AFTER, "@acme"), Tweet(IN_THE_LAST_HOUR, "@acme"))
    section = cards(TopTweets("impressions", (), order="worst", limit=2), tweets=tweets)
    assert ids(section) == ([], [IN_THE_LAST_HOUR, HELP])
    assert (section.later, section.not_known) == (1, 0)
