"""Whether the calls of a run can be signed, before the first of them is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reportgen.api.auth import missing_variables
from reportgen.catalog import METRICS, is_public
from reportgen.credentials import BEARER, CONSUMER, Credentials, token_variables
from reportgen.errors import CredentialError, InputError, ReportgenError
from reportgen.owners import handles_lacking_owners
from reportgen.planned import PlannedRun
from reportgen.request import Signer
from reportgen.spec.model import ReportSpec
from reportgen.spec.problems import Problem
from reportgen.spec.words import listed

APP: Final = "reportgen auth app"
LOGIN: Final = "reportgen auth login"
_TWEETS_OF_OTHERS: Final = "; tweets that are not yours have public metrics only, on endpoint: totals"


def check_credentials(planned: PlannedRun, credentials: Credentials) -> None:
    """Raise InputError where a handle has no credential, CredentialError where there is none at all."""
    signers = {request.signer for request in planned.requests}
    missing = {signer: names for signer in signers if (names := missing_variables(signer, credentials))}
    if missing and len(missing) == len(signers) and not (credentials.tokens or credentials.bearer_token):
        raise _none(missing, credentials)
    problems = [
        _without_credential(report.spec, signer, missing[signer])
        for report in planned.reports
        for signer in dict.fromkeys(request.signer for request in planned.requests_of(report))
        if signer in missing and (signer.handle is None or signer.handle in report.spec.handles)
    ]
    if problems:
        raise InputError(*problems, *kept_elsewhere(credentials.elsewhere))


def check_timelines(specs: Sequence[ReportSpec], credentials: Credentials) -> None:
    """Raise InputError where the timeline of a handle can't be read, or where nobody could ask for the numbers of what
    is on it; CredentialError where there is no credential at all.
    """
    lacking = [*_without_token(specs, credentials)]
    if lacking and not (credentials.tokens or credentials.bearer_token):
        missing = {signer: names for _, signer, names in lacking}
        raise _none(missing, credentials)
    if lacking:
        problems = (_without_credential(spec, signer, missing) for spec, signer, missing in lacking)
        raise InputError(*problems, *kept_elsewhere(credentials.elsewhere))


def check_owners(specs: Sequence[ReportSpec], credentials: Credentials) -> None:
    """Raise CredentialError where owners of tweets have to be looked up and there is no credential at all."""
    if credentials.tokens or credentials.bearer_token:
        return
    signers = [*map(Signer, handles_lacking_owners(specs))]
    if signers:
        missing = {signer: missing_variables(signer, credentials) for signer in signers}
        raise _none(missing, credentials)


def credentials_refusal(planned: PlannedRun, credentials: Credentials) -> str | None:
    """Why a run would be refused for its credentials, a line for each; None where it would not."""
    try:
        specs = [report.spec for report in planned.reports]
        check_timelines(specs, credentials)
        check_owners(specs, credentials)
        check_credentials(planned, credentials)
    except ReportgenError as error:
        return str(error)
    return None


def signers_of(spec: ReportSpec, credentials: Credentials) -> Iterator[Signer]:
    """Who signs for a report. On `totals`, where the bearer token is there and enough, it does."""
    if not spec.handles or (credentials.bearer_token and is_public(spec.endpoint, spec.counts)):
        yield Signer(None)
    else:
        yield from map(Signer, spec.handles)


def kept_elsewhere(engagement_apis: Sequence[str]) -> Iterator[str]:
    """A line on what is kept for other Engagement APIs, where there is any."""
    if engagement_apis:
        here = "which is not this project's engagement_url: for this one, sign in again or set the variables"
        yield f"what is kept was signed in for {listed(engagement_apis, 'and')}, {here}"


def _none(missing: Mapping[Signer, Sequence[str]], credentials: Credentials) -> CredentialError:
    return CredentialError(
        "\n".join([f"there is no credential: {_mend(missing)}", *kept_elsewhere(credentials.elsewhere)])
    )


def _without_token(
    specs: Sequence[ReportSpec], credentials: Credentials
) -> Iterator[tuple[ReportSpec, Signer, Sequence[str]]]:
    """Whose token is missing for which report with timelines, and what of it."""
    for spec in specs:
        of_public = spec.endpoint.app_context and any(METRICS[name].public for name in spec.counts)
        app_will_do = of_public and not missing_variables(Signer(None), credentials)
        for handle in spec.handles if spec.posted and not app_will_do else ():
            if missing := missing_variables(Signer(handle), credentials):
                yield spec, Signer(handle), missing


def _without_credential(spec: ReportSpec, signer: Signer, missing: Sequence[str]) -> Problem:
    setting = _mend({signer: missing})
    if signer.handle is None:
        return Problem(spec.path, 1, 1, f"no bearer token for the tweets of others: {setting}")
    index = spec.handles.index(signer.handle)
    message = f"handles[{index}]: no access token for {signer.handle}: {setting}{_TWEETS_OF_OTHERS}"
    return Problem(spec.path, *spec.handles_at[index], message)


def _mend(missing: Mapping[Signer, Sequence[str]]) -> str:
    """What to do where signers lack variables: sign in, or set them."""
    variables = sorted({name for names in missing.values() for name in names})
    app = [APP] if {BEARER, *CONSUMER} & set(variables) else []
    handles = sorted(
        signer.handle for signer in missing if signer.handle and token_variables(signer.handle)[0] in variables
    )
    commands = [*app, *(f"{LOGIN} {handle}" for handle in handles)]
    return f"run {listed(commands, 'and')}, or set {listed(variables, 'and')} in the environment or in .env"
