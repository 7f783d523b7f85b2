"""One call over HTTP: how it is signed and sent, and what counts as no reply."""

from __future__ import annotations

import gzip
import json
import socket
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest

from reportgen.api.engagement import EngagementClient
from reportgen.api.reply import NoReplyError, Reply, UnreachedError
from reportgen.catalog import HISTORICAL, TOTALS
from reportgen.credentials import Credentials
from reportgen.request import Grain, Request, Signer
from reportgen.settings import Settings, load_settings
from reportgen.simulator.server import Simulator
from tests.api.scripted import respond, scripted
from tests.leaks.known import made_up

TWEET = "2117600084332904449"
BEARER = Request(TOTALS, Signer(None), (TWEET,), ("favorites",), Grain.TOTAL)
CREDENTIALS = Credentials("key", "secret", "bearer", {"ACME": ("token", "token-secret")})


def send(url: str, request: Request = BEARER, read_timeout: float = 5) -> Reply:
    settings = Settings(engagement_url=url, connect_timeout=1, read_timeout=read_timeout)
    return EngagementClient(settings, CREDENTIALS).send(request)


def test_a_call_has_the_documented_body_and_headers() -> None:
    start, end = datetime(2026, 11, 9, 5, tzinfo=UTC), datetime(2026, 11, 16, 5, tzinfo=UTC)
    request = Request(HISTORICAL, Signer("@acme"), (TWEET,), ("impressions",), Grain.HOUR, start, end)
    with scripted(respond(200, b"{}")) as server:
        send(server.url, request)
    ((path, headers, body),) = server.came
    assert path == "/insights/engagement/historical"
    assert (headers["content-type"], headers["accept-encoding"]) == ("application/json", "gzip")
    assert headers["authorization"].startswith("OAuth ")
    assert 'oauth_signature_method="HMAC-SHA1"' in headers["authorization"]
    assert "token-secret" not in headers["authorization"]
    assert json.loads(body) == {
        "tweet_ids": [TWEET],
        "engagement_types": ["impressions"],
        "groupings": {
            "facts": {"group_by": ["tweet.id", "engagement.type", "engagement.day", "engagement.hour"]},
        },
        "start": "2026-11-09T05:00:00Z",
        "end": "2026-11-16T05:00:00Z",
    }


def test_public_tweets_are_asked_for_with_the_bearer_token_and_without_dates() -> None:
    with scripted(respond(200, b"{}")) as server:
        send(server.url)
    ((_, headers, body),) = server.came
    assert headers["authorization"] == "Bearer bearer"
    assert set(json.loads(body)) == {"tweet_ids", "engagement_types", "groupings"}


@pytest.mark.parametrize("handle", ["@acme", "@ACME", None])
def test_the_simulator_takes_the_signature_for_real(handle: str | None, simulator: Simulator) -> None:
    settings, credentials = load_settings(Path("nowhere"), simulator.environment())
    request = Request(TOTALS, Signer(handle), (TWEET,), ("favorites",), Grain.TOTAL)
    reply = EngagementClient(settings, credentials).send(request)
    assert reply.status == 200
    assert int(json.loads(reply.text)["facts"][TWEET]["favorites"]) > 0


def test_gzip_is_unpacked() -> None:
    packed = gzip.compress('{"facts": "é"}'.encode())
    with scripted(respond(200, packed, Content_Encoding="gzip")) as server:
        assert send(server.url) == Reply(200, '{"facts": "é"}')


def test_a_refusal_is_a_reply() -> None:
    with scripted(respond(403, b'{"errors": ["no"]}')) as server:
        assert send(server.url) == Reply(403, '{"errors": ["no"]}')


def test_a_credential_that_the_answer_repeats_goes_no_further() -> None:
    credentials = Credentials("consumer-key", "consumer-secret", "bearer-token")
    with scripted(respond(403, b'{"errors": ["cannot use Bearer bearer-token of consumer-key"]}')) as server:
        reply = EngagementClient(Settings(engagement_url=server.url), credentials).send(BEARER)
    assert reply.text == '{"errors": ["cannot use Bearer [secret] of [secret]"]}'


def test_a_redirect_is_not_followed_so_that_no_credential_goes_elsewhere() -> None:
    with (
        scripted(respond(200, b"{}")) as elsewhere,
        scripted(respond(307, b"", Location=elsewhere.url)) as server,
    ):
        assert send(server.url).status == 307
    assert elsewhere.came == []


def test_a_netrc_on_the_machine_does_not_replace_the_credential(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with scripted(respond(200, b"{}")) as server:
        send(server.url.replace("127.0.0.1", "localhost"))
    assert server.came[0][1]["authorization"] == "Bearer bearer"


def test_a_server_that_does_not_answer_in_time_is_no_reply() -> None:
    read = Event()

    def silent(_: BaseHTTPRequestHandler) -> None:
        read.wait(10)

    with scripted(silent) as server:
        with pytest.raises(NoReplyError, match=r"^the API did not answer in time$"):
            send(server.url, read_timeout=0.05)
        read.set()


def test_a_body_that_is_cut_off_is_no_reply() -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b'{"facts": ')

    with scripted(cut) as server, pytest.raises(NoReplyError, match=r"^the connection to the API failed$"):
        send(server.url)


def test_a_body_that_is_no_gzip_is_no_reply() -> None:
    with (
        scripted(respond(200, b"{}", Content_Encoding="gzip")) as server,
        pytest.raises(NoReplyError, match=r"^the connection to the API failed$"),
    ):
        send(server.url)


def test_no_server_at_all_is_one_that_was_not_reached() -> None:
    with pytest.raises(UnreachedError, match=r"^the connection to the API failed$") as raised:
        send("http://127.0.0.1:9/insights/engagement")
    assert raised.value.url == "http://127.0.0.1:9/insights/engagement"


@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:9"], ids=["no proxy", "a proxy that is not there"])
def test_a_name_that_is_not_known_is_a_server_that_was_not_reached(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(UnreachedError, match=r"^the connection to the API failed$"):
        send("https://reportgen.invalid/insights/engagement")


def test_a_server_that_hangs_up_was_reached() -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.close()

    with scripted(hang_up) as server, pytest.raises(NoReplyError) as raised:
        send(server.url)
    assert not isinstance(raised.value, UnreachedError)


@pytest.mark.parametrize("location", ["http://[", "/\xff\xfe", "http://127.0.0.1:1/elsewhere"])
def test_a_redirect_is_a_reply_and_is_not_followed_wherever_it_points(location: str) -> None:
    with scripted(respond(302, b"", Location=location)) as server:
        assert send(server.url) == Reply(302, "")


def test_a_body_larger_than_any_answer_is_no_reply_for_a_redirect_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.api.http.LARGEST_ANSWER", 1 << 20)
    bomb = gzip.compress(b" " * (4 << 20))
    with (
        scripted(respond(302, bomb, Location="/", Content_Encoding="gzip")) as server,
        pytest.raises(NoReplyError, match=r"^the answer is larger than 1 MiB$"),
    ):
        send(server.url)


class TestSecrets:
    """What bears a credential loses it before anybody reads it."""

    BEARER = "AAAA/abc+DEF=="

    def text(self, body: str) -> str:
        credentials = Credentials(bearer_token=self.BEARER)
        with scripted(respond(401, body.encode())) as server:
            settings = Settings(engagement_url=server.url)
            return EngagementClient(settings, credentials).send(BEARER).text

    def test_as_they_are(self) -> None:
        assert self.text(f'{{"errors": ["bad token {self.BEARER}"]}}') == '{"errors": ["bad token [secret]"]}'

    def test_in_the_form_of_an_address(self) -> None:
        assert self.text("bad token AAAA%2Fabc%2BDEF%3D%3D") == "bad token [secret]"

    def test_decoded(self) -> None:
        """X writes its bearer tokens with escapes of addresses in them."""
        sent = made_up("AAAAAAAAsent%2Fto%3D")
        decoded = made_up("AAAAAAAAsent/to=")
        with scripted(respond(401, f'{{"detail": "bad Bearer {decoded}"}}'.encode())) as server:
            client = EngagementClient(Settings(engagement_url=server.url), Credentials(bearer_token=sent))
            assert client.send(BEARER).text == '{"detail": "bad Bearer [secret]"}'

    @pytest.mark.parametrize("slash", ["\\/", "\\u002f", "\\u002F"])
    def test_with_escapes_leave_nothing_of_the_text(self, slash: str) -> None:
        assert self.text('{"errors": ["bad token ' + self.BEARER.replace("/", slash) + '"]}') == ""

    def test_are_not_seen_where_they_are_not(self) -> None:
        assert self.text('{"errors": ["caf\\u00e9"]}') == '{"errors": ["caf\\u00e9"]}'
