"""The numbers of deliveries, as `reportgen outbox` shows them."""

from __future__ import annotations

import re

import click

from reportgen.spec.words import quoted


class Number(click.ParamType[int]):
    """The number of a delivery."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if not re.fullmatch("[1-9][0-9]{0,8}", str(value)):
            self.fail(f"{quoted(str(value))} is no number of a delivery; reportgen outbox shows them", param, ctx)
        return int(str(value))
