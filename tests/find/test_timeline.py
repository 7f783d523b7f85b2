"""A timeline is read from the newest page to the oldest, and each page is kept with what it proves."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reportgen.api.reply import NoReplyError
from reportgen.api.x.model import Posts, TimelineAsk, XPost, XProblem, XUser
from reportgen.find.timeline import Reading, TimelineError
from reportgen.spans import Span
from tests.find.scripted import Scripted
from tests.store.filled import at
from tests.store.timelines import ALL, post, span

AS_OF = at("2026-11-16T12:00")
WEEK = span("2026-11-09", "2026-11-16")


def page(*posts: XPost, then: str | None = None) -> Posts:
    return Posts(posts, (XUser(ALL.user_id, "@Acme"),) if posts else (), (), then)


def read(desk: Scripted, *spans: Span) -> Reading:
    reading = Reading(ALL, AS_OF, desk)
    reading.read(spans)
    return reading


def proved(desk: Scripted) -> list[Span]:
    return [kept.whole for kept in desk.kept if kept.whole]


def test_each_page_proves_what_lies_above_its_oldest_second_and_the_last_one_the_rest() -> None:
    desk = Scripted(
        [page(post(9, "2026-11-14T10:00"), post(8, "2026-11-12T08:30:15.5"), then="b"), page(post(7, "2026-11-10"))],
        count=3,
    )
    read(desk, WEEK)
    assert proved(desk) == [span("2026-11-12T08:30:16", "2026-11-16"), span("2026-11-09", "2026-11-12T08:30:16")]
    assert [(ask.start, ask.end, ask.page_token) for ask in desk.asks] == [(*WEEK, None), (*WEEK, "b")]


def test_a_page_of_one_second_proves_nothing_below_it() -> None:
    same = [post(n, "2026-11-12T08:30:15") for n in (9, 8)]
    desk = Scripted([page(same[0], then="b"), page(same[1], then="c"), page()])
    read(desk, WEEK)
    assert proved(desk) == [span("2026-11-12T08:30:16", "2026-11-16"), span("2026-11-09", "2026-11-12T08:30:16")]


def test_a_tweet_that_comes_on_two_pages_counts_once() -> None:
    desk = Scripted([page(post(9, "2026-11-14"), then="b"), page(post(9, "2026-11-14"), post(8, "2026-11-13"))])
    read(desk, WEEK)
    assert desk.kept[-1].came == {"9", "8"}
    assert joined_up(desk) == WEEK


def joined_up(desk: Scripted) -> Span:
    spans = sorted(proved(desk))
    assert all(one.end == other.start for one, other in pairwise(spans))
    return Span(spans[0].start, spans[-1].end)


def test_a_tweet_that_is_posted_between_two_pages_is_kept_and_hides_none() -> None:
    today = span("2026-11-09", "2026-11-16T12:00")
    desk = Scripted(
        [page(post(8, "2026-11-14"), then="b"), page(post(9, "2026-11-16T12:00:07"), post(7, "2026-11-10"))]
    )
    read(desk, today)
    assert [ask.end for ask in desk.asks] == [None, None]
    assert {one.id for one in desk.posts} == {"9", "8", "7"}
    assert joined_up(desk) == today


def test_an_empty_page_in_the_middle_is_no_end() -> None:
    desk = Scripted([page(then="b"), page(post(7, "2026-11-10"))])
    read(desk, WEEK)
    assert proved(desk) == [WEEK]


def test_a_page_that_points_at_itself_does_not_go_on_for_ever() -> None:
    desk = Scripted([page(post(9, "2026-11-14"), then="b"), page(post(8, "2026-11-13"), then="b")])
    with pytest.raises(NoReplyError, match="the same page"):
        read(desk, WEEK)
    assert proved(desk) == [
        span("2026-11-14T00:00:01", "2026-11-16"),
        span("2026-11-13T00:00:01", "2026-11-14T00:00:01"),
    ]


def test_spans_are_read_from_the_newest_on() -> None:
    desk = Scripted([page(), page()], count=3)
    read(desk, span("2026-11-01", "2026-11-03"), WEEK)
    assert [ask.start for ask in desk.asks] == [WEEK.start, at("2026-11-01")]


def test_the_name_that_an_account_has_by_now_is_known() -> None:
    owner = read(Scripted([page(post(9, "2026-11-14"))]), WEEK).owner
    assert owner == XUser(ALL.user_id, "@Acme")
    assert read(Scripted([page()]), WEEK).owner is None


def test_an_account_that_is_not_shown_raises_and_keeps_nothing() -> None:
    desk = Scripted([Posts((), (), (XProblem("suspended", ALL.user_id, "User has been suspended"),))])
    with pytest.raises(TimelineError, match="suspended"):
        read(desk, WEEK)
    assert desk.kept == []


class TestTheEndOfWhatIsShown:
    """A page stands for many: here, nothing is proven by how many came."""

    POSTS = (post(9, "2026-11-14"), post(8, "2026-11-12T08:30:15"))
    REACH = at("2026-11-12T08:30:15")

    def test_is_where_nothing_older_comes(self) -> None:
        desk = Scripted([page(*self.POSTS), page()], count=3_201)
        read(desk, WEEK)
        assert desk.asks[-1] == TimelineAsk(ALL.user_id, None, WEEK.start, most=5)
        assert desk.kept[-1].reach == self.REACH
        assert proved(desk) == [Span(self.REACH, WEEK.end)]

    def test_is_not_where_something_older_comes(self) -> None:
        older = post(7, "2026-11-08")
        desk = Scripted([page(*self.POSTS), page(older)], count=3_201)
        read(desk, WEEK)
        assert (desk.kept[-1].reach, proved(desk)) == (None, [WEEK])
        assert older in desk.posts

    def test_is_looked_for_where_nobody_knows_how_many_tweets_there_are(self) -> None:
        desk = Scripted([page(*self.POSTS), page()], knows=True)
        read(desk, WEEK)
        assert desk.kept[-1].reach == self.REACH

    def test_is_none_of_an_account_that_is_shown_whole(self) -> None:
        desk = Scripted([page(*self.POSTS)], count=3_200)
        read(desk, WEEK)
        assert (len(desk.asks), desk.kept[-1].reach, proved(desk)) == (1, None, [WEEK])

    def test_is_none_where_the_tweet_before_the_span_came_again(self) -> None:
        desk = Scripted([page(*self.POSTS, post(7, "2026-11-07T10:00"))], before=at("2026-11-07T10:00"), count=9_999)
        read(desk, WEEK)
        assert [ask.start for ask in desk.asks] == [at("2026-11-07T10:00")]
        assert (desk.kept[-1].reach, proved(desk)) == (None, [WEEK])

    def test_is_looked_for_where_that_did_not_come_again(self) -> None:
        desk = Scripted([page(*self.POSTS), page()], before=at("2026-11-07T10:00"), count=9_999)
        read(desk, WEEK)
        assert desk.kept[-1].reach == self.REACH

    def test_is_none_where_few_came_until_the_present(self) -> None:
        desk = Scripted([page(*self.POSTS)], count=9_999)
        read(desk, span("2026-11-09", "2026-11-16T12:00"))
        assert (len(desk.asks), desk.kept[-1].reach) == (1, None)

    def test_is_the_end_of_a_span_of_which_nothing_comes(self) -> None:
        desk = Scripted([page(), page(), page(post(10, "2026-11-16T10:00"))], count=9_999)
        read(desk, WEEK)
        assert [(ask.start, ask.end) for ask in desk.asks] == [tuple(WEEK), (None, WEEK.start), (None, None)]
        assert (desk.kept[-1].reach, proved(desk)) == (WEEK.end, [])

    def test_is_none_of_an_account_that_never_posted(self) -> None:
        old = span("2026-01-01", "2026-02-01")
        desk = Scripted([page(), page(), page()])
        read(desk, old)
        assert (desk.kept[-1].reach, proved(desk)) == (None, [old])

    def test_of_a_silent_account_is_told_by_one_call_until_the_present(self) -> None:
        desk = Scripted([page()])
        read(desk, WEEK)
        assert [(ask.start, ask.end) for ask in desk.asks] == [(WEEK.start, None)]
        assert proved(desk) == [WEEK]

    def test_before_all_instants_that_the_vendor_takes_is_not_looked_for(self) -> None:
        of_2009 = span("2009-01-01", "2010-01-01")
        desk = Scripted([page(post(5, "2009-06-01"))], count=9_999)
        read(desk, of_2009)
        assert [(ask.start, ask.end) for ask in desk.asks] == [(None, at("2010-11-06"))]
        assert desk.kept[-1].reach == at("2009-06-01")
