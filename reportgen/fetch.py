"""Makes the calls of a plan, several at once. The one room for what is done when a call does not go well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime

from reportgen.api.answers import call_failed, read_answer
from reportgen.api.engagement import NoReplyError, Reply
from reportgen.api.verdicts import Answer
from reportgen.plan import Request, Signer


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of each request, and how many calls were made for them."""

    answers: Mapping[Request, Answer]
    calls_made: int

    @property
    def refused(self) -> dict[Signer, str]:
        """The signers of whom the vendor refused every call for the credential's sake, and its reason."""
        answered = {request.signer for request, answer in self.answers.items() if not answer.refused}
        return {
            request.signer: answer.refused
            for request, answer in self.answers.items()
            if answer.refused and request.signer not in answered
        }


def fetch(
    requests: Iterable[Request],
    send: Callable[[Request], Reply],
    as_of: datetime,
    calls_at_once: int,
    on_answer: Callable[[], None] = lambda: None,
) -> Fetched:
    """The answers to all requests, each asked once. `on_answer` is called as each arrives.

    A credential that is refused once is not used again: its other requests get the same reply without a call.
    """
    answers: dict[Request, Answer] = {}
    refused: dict[Signer, Reply] = {}
    calls_made = 0

    def ask(request: Request) -> tuple[Request, Reply | NoReplyError, int]:
        if reply := refused.get(request.signer):
            return request, reply, 0
        try:
            reply = send(request)
        except NoReplyError as error:
            return request, error, 1
        if reply.status == 401:
            refused[request.signer] = reply
        return request, reply, 1

    with ThreadPoolExecutor(calls_at_once) as pool:
        asked = [pool.submit(ask, request) for request in dict.fromkeys(requests)]
        try:
            for done in as_completed(asked):
                request, reply, calls = done.result()
                # Read here and not where it was sent, so that the next call is under way meanwhile.
                if isinstance(reply, NoReplyError):
                    answers[request] = call_failed(request, str(reply))
                else:
                    answers[request] = read_answer(request, reply, as_of)
                calls_made += calls
                on_answer()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Fetched(answers, calls_made)
