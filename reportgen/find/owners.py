"""Whose the tweets are that a report of several handles has without one: looked up by their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, TypeAlias

from reportgen.api.auth import missing_variables
from reportgen.api.bodies import without_ids
from reportgen.api.x.model import AT_ONCE, Posts, ProblemKind, XProblem
from reportgen.credentials import Credentials
from reportgen.find.troubles import TROUBLES, refuses_credential
from reportgen.gaps import Reason
from reportgen.owners import NO_SUCH_TWEET, Owner, lacks_owner
from reportgen.parts import in_parts
from reportgen.request import Signer
from reportgen.spec.build_tweets import with_labels_of_handles
from reportgen.spec.model import Obstacle, ReportSpec, Tweet

NO_CREDENTIAL: Final = Obstacle(Reason.NOT_AUTHORIZED, "there is no credential to look the owner up with")
_OF_ANOTHER: Final = "posted by another account, which is called {} now"
_REASONS: Final[Mapping[ProblemKind, Reason]] = {
    "suspended": Reason.UNAVAILABLE,
    "protected": Reason.NOT_AUTHORIZED,
    "forbidden": Reason.NOT_AUTHORIZED,
    "other": Reason.CALL_FAILED,
}

LookUp: TypeAlias = Callable[[Sequence[str], Signer], Posts]
"""Asks for up to 100 tweets by their ids. Raises what `reportgen.find.troubles.TROUBLES` lists."""
Keep: TypeAlias = Callable[[Posts, Sequence[str]], None]
"""Keeps an answer: tweets with their owners, and the ids of which there is no tweet."""


def look_up(ids: Sequence[str], signers: Sequence[Signer], ask: LookUp, keep: Keep) -> dict[str, Obstacle]:
    """Why the owners of some of these tweets are not known. What one signer may not see, the next one is asked for.

    `keep` is told of each answer as it comes, so that what was read, and billed, is not read again.
    """
    found = _Found(ask, keep, dict.fromkeys(ids, NO_CREDENTIAL))
    for signer in signers:
        found.ask_as(signer)
    return found.obstacles


def with_owners(
    spec: ReportSpec, owners: Mapping[str, Owner], credentials: Credentials, otherwise: Obstacle
) -> ReportSpec:
    """The report with the owners of its tweets, or what keeps them from being asked for.

    `otherwise` is said of those that are not among `owners`.
    """
    is_public = spec.endpoint.app_context and credentials.bearer_token is not None

    def with_owner(tweet: Tweet) -> Tweet:
        owned = _owned(tweet, spec, owners.get(tweet.id, otherwise), credentials)
        return _reachable(owned, spec, credentials, is_public=is_public)

    tweets = with_labels_of_handles(map(with_owner, spec.tweets), spec.handle_labels)
    if spec.tweets_before is None:
        return replace(spec, tweets=tweets)
    before = with_labels_of_handles(map(with_owner, spec.tweets_before), spec.handle_labels)
    return replace(spec, tweets=tweets, tweets_before=before)


def _owned(tweet: Tweet, spec: ReportSpec, owner: Owner, credentials: Credentials) -> Tweet:
    if not lacks_owner(tweet, spec):
        return tweet
    if isinstance(owner, Obstacle):
        return tweet.behind(owner)
    named = {handle.lower(): handle for handle in spec.handles}
    ours = (named[handle] for handle in owner.handles if handle in named)
    signing = (handle for handle in owner.handles if credentials.token(handle))
    if handle := next(chain(ours, signing), None):
        return Tweet(tweet.id, handle, tweet.text, tweet.labels)
    if owner.name.lower() not in owner.handles:
        # A token of that name belongs to the account that had it before.
        return tweet.behind(Obstacle(Reason.NOT_AUTHORIZED, _OF_ANOTHER.format(owner.name)))
    return Tweet(tweet.id, owner.name.lower(), tweet.text, tweet.labels)


def _reachable(tweet: Tweet, spec: ReportSpec, credentials: Credentials, *, is_public: bool) -> Tweet:
    """The tweet, with what keeps it from being asked for.

    A handle that the report file names has to have its credential: that is told before the run.
    """
    obstacle = tweet.obstacle
    if tweet.handle and tweet.handle not in spec.handles and missing_variables(Signer(tweet.handle), credentials):
        obstacle = Obstacle(Reason.NOT_AUTHORIZED, f"there is no access token for {tweet.handle}, the owner")
    if obstacle is None:
        return tweet
    only_private = is_public and obstacle.reason is not Reason.UNAVAILABLE
    return tweet.behind(replace(obstacle, only_private=only_private))


@dataclass(slots=True)
class _Found:
    """What is known by now of the tweets that are looked up."""

    ask: LookUp
    keep: Keep
    obstacles: dict[str, Obstacle]
    settled: set[str] = field(default_factory=set)
    """Those of which nobody else would be told more, and which have an obstacle."""

    def ask_as(self, signer: Signer) -> None:
        """Ask for all that is not settled, until a call fails: the next one of this signer would, too."""
        ids = [tweet_id for tweet_id in self.obstacles if tweet_id not in self.settled]
        for part in in_parts(ids, AT_ONCE):
            try:
                posts = self.ask(part, signer)
            except TROUBLES as error:
                self._fail(ids[ids.index(part[0]) :], error)
                return
            self._take(posts)

    def _take(self, posts: Posts) -> None:
        named = {user.id for user in posts.users}
        problems = {problem.about: problem for problem in posts.problems if problem.about in self.obstacles}
        unknown = [tweet_id for tweet_id, problem in problems.items() if problem.kind == "not_found"]
        self.obstacles.update(dict.fromkeys((post.id for post in posts.posts), _NAMELESS))
        self.obstacles.update({tweet_id: _obstacle(problem) for tweet_id, problem in problems.items()})
        for found in {post.id for post in posts.posts if post.author_id in named}:
            self.obstacles.pop(found, None)
        self.settled.update(unknown)
        self.keep(posts, unknown)

    def _fail(self, ids: Sequence[str], error: Exception) -> None:
        is_refused = refuses_credential(error)
        reason = Reason.NOT_AUTHORIZED if is_refused else Reason.CALL_FAILED
        obstacle = _nobody(reason, str(error), is_failure=True)
        # What X said of a tweet tells more than that it refused a credential.
        self.obstacles.update({id_: obstacle for id_ in ids if not is_refused or self.obstacles[id_] == NO_CREDENTIAL})


def _obstacle(problem: XProblem) -> Obstacle:
    if problem.kind == "not_found":
        return NO_SUCH_TWEET
    reason = _REASONS[problem.kind]
    return _nobody(reason, problem.detail, is_failure=reason is Reason.CALL_FAILED)


def _nobody(reason: Reason, detail: str, *, is_failure: bool) -> Obstacle:
    return Obstacle(reason, f"the owner could not be looked up: {without_ids(detail)}", is_failure=is_failure)


_NAMELESS: Final = _nobody(Reason.CALL_FAILED, "the X API names no author", is_failure=True)
