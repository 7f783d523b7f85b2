"""Whether the calls of a run can be signed, before the first of them is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportgen.api.auth import missing_variables
from reportgen.credentials import Credentials
from reportgen.errors import CredentialError, InputError, ReportgenError
from reportgen.planned import PlannedRun
from reportgen.request import Signer
from reportgen.spec.model import ReportSpec
from reportgen.spec.problems import Problem
from reportgen.spec.words import listed

_TWEETS_OF_OTHERS: Final = "; tweets that are not yours have public metrics only, on endpoint: totals"


def check_credentials(planned: PlannedRun, credentials: Credentials) -> None:
    """Raise InputError where a handle has no credential, CredentialError where there is none at all."""
    signers = {request.signer for request in planned.requests}
    missing = {signer: names for signer in signers if (names := missing_variables(signer, credentials))}
    if missing and len(missing) == len(signers) and not (credentials.tokens or credentials.bearer_token):
        variables = sorted({name for names in missing.values() for name in names})
        raise CredentialError(f"no credential is set: put {listed(variables, 'and')} in the environment or in .env")
    problems = [
        _without_credential(report.spec, signer, missing[signer])
        for report in planned.reports
        for signer in dict.fromkeys(request.signer for request in planned.requests_of(report))
        if signer in missing and (signer.handle is None or signer.handle in report.spec.handles)
    ]
    if problems:
        raise InputError(*problems)


def credentials_refusal(planned: PlannedRun, credentials: Credentials) -> str | None:
    """Why a run would be refused for its credentials, a line for each; None where it would not."""
    try:
        check_credentials(planned, credentials)
    except ReportgenError as error:
        return str(error)
    return None


def _without_credential(spec: ReportSpec, signer: Signer, missing: Sequence[str]) -> Problem:
    setting = f"set {listed(missing, 'and')} in the environment or in .env"
    if signer.handle is None:
        return Problem(spec.path, 1, 1, f"no bearer token for the tweets of others: {setting}")
    index = spec.handles.index(signer.handle)
    message = f"handles[{index}]: no access token for {signer.handle}: {setting}{_TWEETS_OF_OTHERS}"
    return Problem(spec.path, *spec.handles_at[index], message)
