"""`reportgen schema`: the schemas that editors check and complete files with."""

from __future__ import annotations

from typing import Final

import click

from reportgen.resources import resource

_FILES: Final = {"report": "report.schema.json", "project": "project.schema.json"}


@click.command()
@click.argument("what", type=click.Choice(tuple(_FILES)))
def schema(what: str) -> None:
    """Print the JSON Schema of report files, or of reportgen.yaml, for an editor.

    Save it into your project, and name it in the first line of a file.
    """
    click.echo(resource(f"schemas/{_FILES[what]}").read_text(encoding="utf-8"), nl=False)
