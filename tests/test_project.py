"""A page may be made of files that lie in the project, in the open; of nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen import project
from reportgen.project import Project, ProjectFileError

TEXTS = (".txt", ".css")


@pytest.fixture
def here(tmp_path: Path) -> Project:
    (tmp_path / "secret.txt").write_text("outside")
    folder = tmp_path / "acme"
    for name in ("my", ".git", "my/.cache"):
        (folder / name).mkdir(parents=True)
        (folder / name / "page.txt").write_text(f"in {name}")
    (folder / ".env").write_text("REPORTGEN_CONSUMER_SECRET=1")
    (folder / ".env.txt").write_text("REPORTGEN_CONSUMER_SECRET=1")
    (folder / "reportgen.yaml").write_text("page: A4")
    return Project(folder)


def refusal(here: Project, name: str) -> str:
    with pytest.raises(ProjectFileError) as caught:
        here.text(name, TEXTS)
    return str(caught.value)


def test_a_file_of_the_project_is_read(here: Project) -> None:
    assert here.text("my/page.txt", TEXTS) == "in my"
    assert here.read("./my/page.txt", TEXTS) == b"in my"


def test_a_link_within_the_project_is_followed(here: Project) -> None:
    (here.folder / "link.txt").symlink_to("my/page.txt")
    assert here.text("link.txt", TEXTS) == "in my"


@pytest.mark.parametrize("name", ["../secret.txt", "my/../../secret.txt", "/etc/hostname.txt", "my/../my/page.txt"])
def test_a_path_that_leads_out_is_refused(here: Project, name: str) -> None:
    assert refusal(here, name) == f"'{name}' leads out of the project; name it from the project's folder"


def test_a_link_that_leads_out_is_refused(here: Project) -> None:
    (here.folder / "my/link.txt").symlink_to(here.folder.parent / "secret.txt")
    (here.folder / "folder").symlink_to(here.folder.parent)
    assert refusal(here, "my/link.txt") == "'my/link.txt' leads out of the project, through a link"
    assert refusal(here, "folder/secret.txt") == "'folder/secret.txt' leads out of the project, through a link"


def test_a_link_in_a_circle_is_refused(here: Project) -> None:
    (here.folder / "one.txt").symlink_to("two.txt")
    (here.folder / "two.txt").symlink_to("one.txt")
    # Since Python 3.13 such a path can be resolved, and only not read.
    assert refusal(here, "one.txt") in {
        "'one.txt' is a link that leads nowhere",
        "'one.txt' cannot be read: Too many levels of symbolic links",
    }


@pytest.mark.parametrize("name", [".env.txt", ".git/page.txt", "my/.cache/page.txt"])
def test_what_is_hidden_is_refused(here: Project, name: str) -> None:
    assert refusal(here, name) == f"'{name}' is hidden, or in a hidden folder; such files are not read"


def test_a_link_to_what_is_hidden_is_refused(here: Project) -> None:
    (here.folder / "open.txt").symlink_to(".env.txt")
    (here.folder / "git").symlink_to(".git")
    for name in ("open.txt", "git/page.txt"):
        assert refusal(here, name) == f"'{name}' is hidden, or in a hidden folder; such files are not read"


def test_a_file_of_another_kind_is_refused_by_whatever_name(here: Project) -> None:
    (here.folder / "settings.txt").symlink_to("reportgen.yaml")
    for name in ("reportgen.yaml", "settings.txt"):
        assert refusal(here, name) == f"'{name}' is of another kind; it has to end in .txt or .css"


def test_a_backslash_is_no_way_out(here: Project) -> None:
    assert refusal(here, "..\\secret.txt") == r"'..\\secret.txt' is no path of the project; it is written with /"
    assert (
        refusal(here, "my/page.txt\0.css") == r"'my/page.txt\x00.css' is no path of the project; it is written with /"
    )


def test_what_is_not_there_or_no_file_is_refused(here: Project) -> None:
    (here.folder / "folder.txt").mkdir()
    os.mkfifo(here.folder / "pipe.txt")
    assert refusal(here, "none.txt") == refusal(here, "none/none.txt").replace("none/", "") == "'none.txt' is not there"
    assert refusal(here, "my/page.txt/page.txt") == "'my/page.txt/page.txt' is not there"
    assert refusal(here, "folder.txt") == "'folder.txt' cannot be read: Is a directory"
    assert refusal(here, "pipe.txt") == "'pipe.txt' cannot be read: it is a pipe or a device, and no file"


def test_a_link_that_takes_the_place_of_a_file_after_it_was_looked_at_is_not_followed(
    here: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = here.folder.resolve()
    seen = {"a.txt": root / "a.txt", "my2/page.txt": root / "my2/page.txt"}  # as they were
    (root / "a.txt").symlink_to(".env")
    (root / "my2").symlink_to(".git")
    monkeypatch.setattr(Project, "_path", lambda _, name: seen[name])
    assert refusal(here, "a.txt").startswith("'a.txt' cannot be read: ")
    assert refusal(here, "my2/page.txt") == "'my2/page.txt' is not there"


def test_a_file_that_is_too_large_is_refused(here: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "LARGEST", 1024 * 1024)
    (here.folder / "large.txt").write_bytes(b"x" * 1024 * 1024 + b"x")
    assert refusal(here, "large.txt") == "'large.txt' is larger than 1 MiB"
    (here.folder / "fits.txt").write_bytes(b"x" * 1024 * 1024)
    assert len(here.read("fits.txt", TEXTS)) == 1024 * 1024


def test_a_file_of_32_mebibytes_is_the_largest() -> None:
    assert project.LARGEST == 32 * 1024 * 1024


def test_a_text_is_utf_8(here: Project) -> None:
    (here.folder / "latin.txt").write_bytes("Größe".encode("latin-1"))
    assert refusal(here, "latin.txt") == "'latin.txt' cannot be read as UTF-8 text"
