"""How long answers to tickets take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from srmkit.language import day, marked, say
from srmkit.metrics.findings import Findings, amount, with_error
from srmkit.metrics.period import Period
from srmkit.metrics.survival import waiting_times
from srmkit.metrics.tickets import Role, waits_by_party

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def answer_findings(data: Dataset, period: Period, role: Role) -> Findings:
    """Days to the first answer, open tickets taken for what they are: waits that go on."""
    if not data.has("tickets"):
        return Findings()
    waits = data.collect(waits_by_party(data, period, role))
    backwards = waits["days"] < 0
    found = _by_party(waits[~backwards])
    figures = {
        "response_days": with_error(found["mean"], found["error"], found["cases"]),
        "response_days_p50": amount(found["median"], n=found["cases"]),
    }
    return Findings(figures, (*_open(waits, role, period), *_backwards(waits, backwards, role)))


def _by_party(waits: pd.DataFrame) -> pd.DataFrame:
    tickets, is_open = waits["tickets"].astype(float), waits["waiting"].eq(1)
    return waiting_times(waits["party_id"], waits["days"], tickets.where(~is_open, 0.0), tickets.where(is_open, 0.0))


OPEN = {
    "supplier": marked("{count:,} of {tickets:,} tickets of suppliers were not answered by {day}; they count as waits "
                       "that go on (Kaplan-Meier), not as answers."),
    "customer": marked("{count:,} of {tickets:,} tickets of customers were not answered by {day}; they count as waits "
                       "that go on (Kaplan-Meier), not as answers."),
}
BACKWARDS = {
    "supplier": marked("{count:,} tickets of suppliers were answered before they were opened and are in no response "
                       "time."),
    "customer": marked("{count:,} tickets of customers were answered before they were opened and are in no response "
                       "time."),
}


def _open(waits: pd.DataFrame, role: Role, period: Period) -> tuple[str, ...]:
    still_open = int(waits.loc[waits["waiting"].eq(1), "tickets"].sum())
    if not still_open:
        return ()
    return (say(OPEN[role], count=still_open, tickets=int(waits["tickets"].sum()), day=day(period.end)),)


def _backwards(waits: pd.DataFrame, backwards: pd.Series[bool], role: Role) -> tuple[str, ...]:
    count = int(waits.loc[backwards, "tickets"].sum())
    if not count:
        return ()
    return (say(BACKWARDS[role], count=count),)
