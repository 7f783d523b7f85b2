"""Files of tweets with a fault, and what is said of them."""

from __future__ import annotations

A, B = "2117270504862646273", "2117600084332904449"
LOST = "and its last digits are lost; export it again with the column as text"


def inside(tweet: str) -> str:
    return (
        f"the row of tweet '{tweet}' is inside a cell of this row, whose quotation marks are not closed; put quotation "
        "marks around the whole cell, and double those in it"
    )


BAD_TWEET_FILES: dict[str, str] = {
    "": "a.csv:1:1: the file is empty; its first row names the columns",
    "id\n": "r.yaml:5:14: tweets_from: there is no tweet in these files",
    "tweet,handle\n1,acme\n": "a.csv:1:1: there is no column tweet_id or id, and none of links to the tweets; "
    "the columns are 'tweet' and 'handle'",
    f"{A},acme\n{B},acme\n": (
        "a.csv:1:1: the first row has to name the columns, such as tweet_id and handle; this one has a number"
    ),
    f"'{A},acme\n'{B},acme\n": (
        "a.csv:1:1: the first row has to name the columns, such as tweet_id and handle; this one has a number"
    ),
    "id,tweet_id\n1,1\n": "a.csv:1:1: there is a column tweet_id and a column id; leave one of them out",
    "id,text,Text\n1,a,b\n": "a.csv:1:1: there are two columns 'text'",
    "id,label.the market\n1,US\n": (
        "a.csv:1:1: 'label.the market' is no label, whose name has the letters a to z, digits and underscores, "
        "such as label.campaign"
    ),
    "id,Labels.market\n1,US\n": (
        "a.csv:1:1: 'Labels.market' is no label, whose name has the letters a to z, digits and underscores, "
        "such as label.campaign"
    ),
    "id,label.market,Label.Market\n1,US,US\n": "a.csv:1:1: there are two columns 'label.market'",
    "id,text\n2.11763E+18,a\n": f"a.csv:2:1: '2.11763E+18' is what a spreadsheet made of a tweet id, {LOST}",
    "id;text\n2,11763E+18;a\n": f"a.csv:2:1: '2,11763E+18' is what a spreadsheet made of a tweet id, {LOST}",
    "id\n2117632892728246273.0\n": (
        f"a.csv:2:1: '2117632892728246273.0' is what a spreadsheet made of a tweet id, {LOST}"
    ),
    "id,text\n'2.11763E+18,a\n": f"a.csv:2:1: '2.11763E+18' is what a spreadsheet made of a tweet id, {LOST}",
    "sep=;\nid;text\nabc;a\n": "a.csv:3:1: 'abc' is no tweet id, which has up to 19 digits and nothing else",
    "id,text\n,hello\n": "a.csv:2:1: there is no tweet id in this row",
    "id\nabc\n": "a.csv:2:1: 'abc' is no tweet id, which has up to 19 digits and nothing else",
    "id\n012\n": "a.csv:2:1: '012' is no tweet id, which has up to 19 digits and nothing else",
    "id\n9223372036854775808\n": (
        "a.csv:2:1: '9223372036854775808' is larger than any tweet id; the largest is 9223372036854775807"
    ),
    "id\n12,13\n": "a.csv:2:1: this row has 2 cells, and the first 1 column",
    f"id,handle\n{A},acme-help\n": (
        "a.csv:2:1: 'acme-help' is no handle, which has up to 15 letters, digits and underscores"
    ),
    f"id,handle\n{A},acmee\n": "a.csv:2:1: '@acmee' is not among the report's handles; did you mean '@acme'?",
    f"id,handle\n{A},globex\n": "a.csv:2:1: '@globex' is not among the report's handles; add it there",
    f'id,label.a\n{A},"x\ny"\n': "a.csv:2:1: 'x\\ny' is no label, which is one line of up to 100 characters",
    f"id,label.a\n{A},No a\n": (
        "a.csv:2:1: 'No a' is what the page calls tweets without this label; leave the cell empty"
    ),
    f'id,text\n{A},"a" b\n': "a.csv:2:1: this is not CSV: ',' expected after '\"'",
    f'id,text,handle\n1,a,acme\n{A},"We shipped it,acme\n{B},Great",acme\n': (f"a.csv:3:1: {inside(B)}"),
    f"id,text,handle\n1,a,acme\n'{A},\"We shipped it,acme\n'{B},Great\",acme\n": f"a.csv:3:1: {inside(B)}",
    f'text,id\n"We shipped it,{A}\nGreat",{B}\n': f"a.csv:2:1: {inside(A)}",
    f'id,text\n{A},"We shipped it\n{B},Great\n': (
        "a.csv:2:1: this is not CSV: the quotation mark that begins a cell in this row is not closed"
    ),
    "id\n1\n\n\n2\nx\n": "a.csv:6:1: 'x' is no tweet id, which has up to 19 digits and nothing else",
}
