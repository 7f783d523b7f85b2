"""The world as one caller sees it: who has which name, who is suspended, and what is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reportgen.simulator.access import is_there
from reportgen.simulator.accounts import Account
from reportgen.simulator.faults import Faults
from reportgen.simulator.timeline import Tweet
from reportgen.simulator.world import World
from reportgen.spans import EVER


@dataclass(frozen=True, slots=True)
class View:
    """The world and its faults before one caller; `caller` is None for the bearer token."""

    world: World
    faults: Faults
    caller: Account | None
    clock: datetime = EVER
    """The real present (UTC): that of the world may stand still before it."""

    @property
    def latest(self) -> datetime:
        """The later of the two presents."""
        return max(self.world.now, self.clock)

    def username(self, account: Account) -> str:
        """The account's name at present, without @."""
        return self.faults.renamed_handles.get(account.handle, account.handle).removeprefix("@")

    def named(self, username: str) -> Account | None:
        """Who bears that name at present; capitals do not matter."""
        wanted = username.lower()
        return next((one for one in self.world.accounts if self.username(one).lower() == wanted), None)

    def numbered(self, user_id: str) -> Account | None:
        """Who has that id."""
        return next((one for one in self.world.accounts if one.user_id == user_id), None)

    def is_protected(self, account: Account) -> bool:
        return account.handle in self.faults.protected_handles

    def is_suspended(self, account: Account) -> bool:
        return account.handle in self.faults.suspended_handles

    def is_hidden(self, account: Account) -> bool:
        """Whether the caller may not see what the account posts."""
        return self.is_protected(account) and account != self.caller

    def is_there(self, tweet: Tweet) -> bool:
        """Whether the tweet can be found at all."""
        return is_there(tweet, self.world, self.faults)

    def is_kept_back(self, tweet: Tweet) -> bool:
        """Whether the tweet alone is protected from the caller."""
        owned = self.caller is not None and self.caller.handle == tweet.handle
        return tweet.id in self.faults.protected_tweet_ids and not owned

    def users_who_sign_in(self) -> list[Account]:
        """The brand's own accounts, for which a visitor can speak, but those that are suspended."""
        return [one for one in self.world.accounts if one.ours and not self.is_suspended(one)]

    def post_count(self, account: Account) -> int:
        """How many tweets of the account are there."""
        return sum(tweet.handle == account.handle and self.is_there(tweet) for tweet in self.world.tweets)

    def posts_of(self, account: Account) -> list[Tweet]:
        """What the caller may see of the account's tweets, the newest first."""
        own = (tweet for tweet in reversed(self.world.tweets) if tweet.handle == account.handle)
        return [tweet for tweet in own if self.is_there(tweet) and not self.is_kept_back(tweet)]
