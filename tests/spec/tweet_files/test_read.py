"""Tweets from CSV files: what is read, and what is said of files that have faults."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.spec.check import check
from reportgen.spec.model import ReportSpec, Tweet
from tests.spec.tweet_files.bad_tables import BAD_TWEET_FILES, LOST, A, B

C = "2117632892728246273"
ONE = """\
version: 1
name: acme
endpoint: historical
handles: ["@acme"]
tweets_from: [a.csv]
metrics: [impressions, engagements]
"""
TWO = ONE.replace('"@acme"', '"@acme", {handle: acme_help, labels: {market: US}}')
PUBLIC = """\
version: 1
name: public
endpoint: totals
tweets_from: [a.csv]
metrics: [favorites]
"""

ENDINGS = ".csv, .tsv, .txt, .json, .jsonl, .ndjson or .js, .gz behind it or not"

Checked = ReportSpec | tuple[str, ...]
Check = Callable[..., Checked]


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Checks a report in a folder of its own, with these files of tweets."""
    monkeypatch.chdir(tmp_path)

    def check_with(report: str, **files: str | bytes) -> Checked:
        for name, content in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        Path("r.yaml").write_text(report)
        found = check("r.yaml")
        return found if isinstance(found, ReportSpec) else tuple(map(str, found))

    return check_with


def tweets(checked: Checked) -> tuple[Tweet, ...]:
    assert isinstance(checked, ReportSpec), checked
    return checked.tweets


class TestAFile:
    @pytest.mark.parametrize("between", [",", ";", "\t"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_is_csv_as_programs_and_spreadsheets_write_it(
        self, checked: Check, between: str, mark: str, end: str
    ) -> None:
        rows = [
            ["tweet_id", "handle", "text", "label.campaign", "likes"],
            [A, "@ACME", f'"Come{between} ""see""\nit."', "launch", "12"],
            [B, "acme_help", "", "", ""],
            ["", "", "", "", ""],
        ]
        text = mark + end.join(between.join(row) for row in rows)
        assert tweets(checked(TWO, a=text)) == (
            Tweet(A, "@acme", f'Come{between} "see"\nit.', {"campaign": "launch"}),
            Tweet(B, "@acme_help", labels={"market": "US"}),
        )

    @pytest.mark.parametrize(
        "header",
        [
            "id;label.campaign;text",
            "\n;;\n ; \nid;label.campaign;text",
            "id;LABEL.Campaign;Text",
            '"Likes, a, b, c, d";id;label.campaign;text',
            "Likes, a, b, c, d;id;label.campaign;text",
            '"Likes,\na,\nb,\nc";id;label.campaign;text',
            "\u200bid;\u200blabel.campaign\u2060;text",
            "id;label.campaign;text;likes;likes",
            'id; "label.campaign"; "text"',
        ],
    )
    def test_names_its_columns_in_any_capitals_and_its_first_row_parts_them(self, checked: Check, header: str) -> None:
        first = "1,2;" if "Likes" in header else ""
        assert tweets(checked(ONE, a=f"{header}\n{first}{A};launch;Hi, you, all\n")) == (
            Tweet(A, "@acme", "Hi, you, all", {"campaign": "launch"}),
        )

    @pytest.mark.parametrize("text", [f"Two lines, and\n{B} is a tweet, too", f"{B}\nTwo, lines", "1,a\n2,b"])
    def test_may_have_texts_of_many_lines_with_numbers_and_commas(self, checked: Check, text: str) -> None:
        assert tweets(checked(ONE, a=f'id,text\n{A},"{text}"\n')) == (Tweet(A, "@acme", text),)

    def test_needs_nothing_but_ids_where_the_report_has_one_handle(self, checked: Check) -> None:
        assert tweets(checked(ONE, a=f"id\n{A}\n{B}")) == (Tweet(A, "@acme"), Tweet(B, "@acme"))

    def test_of_public_tweets_gives_nobody_their_token(self, checked: Check) -> None:
        assert tweets(checked(PUBLIC, a=f"id,handle,label.of\n{A},@globex,rival\n")) == (
            Tweet(A, None, labels={"of": "rival"}),
        )

    def test_adds_to_the_tweets_of_the_report_and_its_labels_come_before_those_of_handles(self, checked: Check) -> None:
        report = TWO.replace("US}}", f'US}}, tweet_ids: [{{id: "{C}", text: Hi}}]}}')
        text = f"id,handle,label.market\n{C},acme_help,Europe\n{A},acme,\n"
        assert tweets(checked(report, a=text)) == (
            Tweet(C, "@acme_help", "Hi", {"market": "Europe"}),
            Tweet(A, "@acme"),
        )

    def test_may_have_a_tweet_again_and_what_is_said_of_it_is_put_together(self, checked: Check) -> None:
        report = ONE.replace("[a.csv]", "[a.csv, b.csv]")
        first = f"id,label.campaign,text\n{A},launch,\n{A},launch,\n"
        assert tweets(checked(report, a=first, b=f"id,text\n{B},\n{A},Hi\n")) == (
            Tweet(A, "@acme", "Hi", {"campaign": "launch"}),
            Tweet(B, "@acme"),
        )

    def test_has_one_label_of_those_that_look_the_same(self, checked: Check) -> None:
        report = ONE.replace('"@acme"', '{handle: acme, labels: {of: "Caf\\u00e9 1"}}')
        text = f"id,label.of,label.x\n{A},Cafe\u0301\u00a01\u200b,\u200b\n{A},Caf\u00e9  1,\n{B},,\n"
        assert tweets(checked(report, a=text)) == (
            Tweet(A, "@acme", labels={"of": "Caf\u00e9 1"}),
            Tweet(B, "@acme", labels={"of": "Caf\u00e9 1"}),
        )

    def test_gives_the_labels_that_groupings_name(self, checked: Check) -> None:
        report = ONE + "groupings: {x: [engagement.type, label.campain]}\n"
        assert checked(report, a=f"id,label.campaign\n{A},launch\n") == (
            "r.yaml:7:34: groupings.x[1]: no tweet has a label 'campain'; did you mean 'label.campaign'?",
        )
        assert tweets(checked(report.replace("campain", "campaign"), a=f"id,label.campaign\n{A},launch\n"))


class TestFaults:
    @pytest.mark.parametrize(("text", "said"), BAD_TWEET_FILES.items())
    def test_are_told_with_the_line(self, checked: Check, text: str, said: str) -> None:
        assert checked(ONE, a=text) == (said,)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (
                f"id,text\n{A},a\n{B},\xe9\n".encode("latin-1"),
                "a.csv:3:1: byte 0xe9 is not UTF-8; save the file as CSV UTF-8",
            ),
            (f"id,text\n{A},a\n".encode("utf-16"), "a.csv:1:1: the file is UTF-16; save it as CSV UTF-8"),
        ],
    )
    def test_of_letters_are_told_with_what_to_save_it_as(self, checked: Check, content: bytes, said: str) -> None:
        assert checked(ONE, a=content) == (said,)

    def test_of_labels_are_seen_through_what_nobody_sees(self, checked: Check) -> None:
        assert checked(ONE, a=f"id,label.a\n{A},No\u00a0a\u200b\n") == (
            "a.csv:2:1: 'No a' is what the page calls tweets without this label; leave the cell empty",
        )

    def test_that_many_rows_have_are_told_once(self, checked: Check) -> None:
        said = checked(ONE, a="id,handle\n" + "2.11763E+18,acme\n" * 1_200 + f"{A},globex\n{B},@GLOBEX\n")
        assert said == (
            f"a.csv:2:1: '2.11763E+18' is what a spreadsheet made of a tweet id, {LOST}; the same with 1,199 more rows",
            "a.csv:1202:1: '@globex' is not among the report's handles; add it there; the same with 1 more row",
        )

    def test_a_row_without_a_handle_belongs_to_one_of_several_and_another_file_may_tell_to_which(
        self, checked: Check
    ) -> None:
        report = TWO.replace("[a.csv]", "[a.csv, b.csv]")
        found = checked(report, a=f"id,handle\n{A},\n{B},\n", b=f"id,handle\n{B},acme\n{C},\n")
        assert tweets(found) == (Tweet(A, None), Tweet(B, "@acme"), Tweet(C, None))

    def test_a_tweet_under_two_handles_or_with_two_labels_or_texts(self, checked: Check) -> None:
        report = TWO.replace("[a.csv]", "[a.csv, b.csv]")
        first = f"id,handle,label.campaign,text\n{A},acme,x,Hi\n{B},acme,x,Hi\n{C},acme,x,Hi\n"
        again = f"id,handle,label.campaign,text\n{A},acme_help,x,Hi\n{B},acme,y,Hi\n{C},acme,x,Ho\n"
        assert checked(report, a=first, b=again) == (
            f"b.csv:2:1: '{A}' is a tweet of @acme_help here, and of @acme in a.csv:2",
            f"b.csv:3:1: '{B}' has 'y' as campaign here, and 'x' in a.csv:3",
            f"b.csv:4:1: '{C}' has another text here than in a.csv:4",
        )

    def test_a_tweet_that_the_report_has_under_another_handle(self, checked: Check) -> None:
        report = TWO.replace('"@acme"', f'{{handle: acme, tweet_ids: ["{A}"]}}')
        assert checked(report, a=f"id,handle\n{A},acme_help\n") == (
            f"a.csv:2:1: '{A}' is a tweet of @acme_help here, and of @acme in r.yaml",
        )

    def test_a_file_that_is_not_there_is_told_together_with_what_else_is_wrong(self, checked: Check) -> None:
        assert checked(ONE.replace("[a.csv]", "[none.csv]") + "design: nope\n") == (
            "r.yaml:5:15: tweets_from[0]: there is no file 'none.csv' in the working directory",
            "r.yaml:7:9: design: 'nope' is not a design; known are editorial, ledger and executive",
        )

    def test_a_file_that_is_not_there_or_of_another_kind_is_told_where_the_report_names_it(
        self, checked: Check, tmp_path: Path
    ) -> None:
        (tmp_path / "d.csv").mkdir()
        (tmp_path / "data").mkdir()
        assert checked(ONE.replace("[a.csv]", "[a.csv, b.xlsx, d.csv, data]")) == (
            "r.yaml:5:15: tweets_from[0]: there is no file 'a.csv' in the working directory",
            f"r.yaml:5:22: tweets_from[1]: tweets are read from files called {ENDINGS}; save 'b.xlsx' as CSV",
            "r.yaml:5:30: tweets_from[2]: 'd.csv' is a folder; name the files in it, as in 'd.csv/*.csv'",
            "r.yaml:5:37: tweets_from[3]: 'data' is a folder; name the files in it, as in 'data/*.csv'",
        )


class TestAFileThatIsNotForReports:
    def test_is_not_read_where_it_is_hidden_by_whatever_name(self, checked: Check, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git/b.csv").write_text("id\n1\n")
        (tmp_path / ".env").write_text("REPORTGEN_CONSUMER_SECRET=secret")
        (tmp_path / "a.csv").symlink_to(".env")
        said = "is hidden, or in a hidden folder; such files are not read"
        assert checked(ONE.replace("[a.csv]", "[a.csv, .git/b.csv]")) == (
            f"r.yaml:5:15: tweets_from[0]: 'a.csv' {said}",
            f"r.yaml:5:22: tweets_from[1]: '.git/b.csv' {said}",
        )

    def test_is_not_read_through_a_link_where_it_is_of_another_kind(self, checked: Check, tmp_path: Path) -> None:
        (tmp_path / "key.pem").write_text("KEY")
        (tmp_path / "a.csv").symlink_to("key.pem")
        assert checked(ONE) == (
            (
                "r.yaml:5:15: tweets_from[0]: 'a.csv' is a link to a file of another kind; "
                f"tweets are read from {ENDINGS}"
            ),
        )

    def test_is_not_waited_for_where_it_is_a_pipe(self, checked: Check, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.csv")
        assert checked(ONE) == (
            "r.yaml:5:15: tweets_from[0]: the file 'a.csv' cannot be read: it is a pipe or a device, and no file",
        )

    def test_is_not_read_where_it_is_a_link_to_itself(self, checked: Check, tmp_path: Path) -> None:
        (tmp_path / "a.csv").symlink_to("a.csv")
        assert checked(ONE) == ("r.yaml:5:15: tweets_from[0]: there is no file 'a.csv' in the working directory",)

    def test_is_not_quoted_where_its_cells_are_settings(self, checked: Check) -> None:
        lacking = "a.csv:1:1: there is no column tweet_id or id, and none of links to the tweets"
        assert checked(ONE, a="SECRET=a,b,c\n") == (f"{lacking}; the columns are 'b' and 'c'",)
        assert checked(ONE, a="SECRET=a\n") == (lacking,)


def test_a_file_elsewhere_may_be_read_and_links_to_such_are_followed(
    checked: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("data", ".work/acme"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/real.csv").write_text(f"id\n{A}\n")
    (tmp_path / ".work/acme/mine.csv").write_text(f"id\n{B}\n")
    monkeypatch.chdir(tmp_path / ".work/acme")
    Path("a.csv").symlink_to("../../data/real.csv")
    report = ONE.replace("[a.csv]", f"[a.csv, mine.csv, {tmp_path}/.work/acme/mine.csv, ../../data/real.csv]")
    assert tweets(checked(report)) == (Tweet(A, "@acme"), Tweet(B, "@acme"))
