"""Who knows whom, who asked for what, and what our people think of the accounts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.sales.customers import not_before, since
from srmkit.sample.sales.positions import Planted
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream
from srmkit.tables.cells import TEXT

FUNCTIONS = ("purchasing", "engineering", "maintenance", "production", "quality", "management")
OURS = tuple(f"S{number:02d}" for number in range(1, 41))  # our people in sales and service
RATERS = ("account owner", "sales engineer", "service desk", "head of region")
CRITERIA = (
    "strategic_fit",
    "market_prestige",
    "ease_of_service",
    "relative_strength",
    "trust",
    "cooperation",
)
DISAGREEMENT = 0.55  # points, sd between the raters of one account
TOPICS = {
    "order status": 0.3,
    "technical question": 0.25,
    "complaint": 0.2,
    "delivery date": 0.15,
    "invoice": 0.1,
}
TICKETS = 1.6  # a customer and 3 years


def contacts(figures: pd.DataFrame, planted: Planted, settings: SampleSettings) -> pd.DataFrame:
    """One row a pair of people; `person` is a number within the customer."""
    draw = stream(settings.seed, "contacts")
    well = figures["relationship_breadth"].round().astype("int64").clip(lower=1)
    weak = pd.Series(draw.poisson(0.5, len(figures)), index=figures.index)
    weak[planted.single_threaded] = 0
    people = figures.index.repeat(well + weak)
    found = pd.DataFrame({"party_id": people.astype(TEXT)})
    found["person"] = found.groupby("party_id").cumcount()
    known_well = found["person"] < found["party_id"].map(well)
    found["function"] = pd.array(
        draw.choice(FUNCTIONS, len(found), p=[0.36, 0.2, 0.16, 0.12, 0.08, 0.08]), TEXT
    )
    levels = draw.choice(["executive", "manager", "specialist"], len(found), p=[0.12, 0.38, 0.5])
    found["level"] = pd.array(levels, TEXT)
    found["strength"] = np.where(known_well, draw.integers(2, 5, len(found)), draw.integers(0, 2, len(found)))
    found["our_person"] = _ours(found, draw)
    second = found[(draw.random(len(found)) < 0.25) & found["party_id"].ne(planted.single_threaded)]
    others = [OURS[(OURS.index(person) + 7) % len(OURS)] for person in second["our_person"]]
    ties = second.assign(our_person=pd.array(others, TEXT), strength=draw.integers(0, 2, len(second)))
    return pd.concat([found, ties], ignore_index=True)


def _ours(found: pd.DataFrame, draw: np.random.Generator) -> pd.Series:
    """The same person of ours for most contacts of a customer; some of ours know far more than others."""
    parties = found["party_id"].unique()
    crowd = 1 / np.arange(1, len(OURS) + 1) ** 0.6
    main = pd.Series(draw.choice(OURS, len(parties), p=crowd / crowd.sum()), index=parties)
    any_of_us = pd.Series(draw.choice(OURS, len(found), p=crowd / crowd.sum()), index=found.index)
    return found["party_id"].map(main).where(draw.random(len(found)) < 0.65, any_of_us).astype(TEXT)


def account_ratings(figures: pd.DataFrame, settings: SampleSettings) -> pd.DataFrame:
    """One row a judgement, 1 to 5 in whole points; two to four raters disagree around the true value."""
    draw = stream(settings.seed, "account_ratings")
    rated = figures.index[figures["rated"]]
    truth = figures.loc[rated].assign(
        ease_of_service=(4.6 - 14 * figures.loc[rated, "serving_rate"]).clip(1, 5),
        cooperation=(1 + figures.loc[rated, "strength"] / 25).clip(1, 5),
    )
    raters = pd.Series(draw.integers(2, len(RATERS) + 1, len(rated)), index=rated)
    ages = pd.Series(draw.integers(20, 300, len(rated)), index=rated)
    pairs = rated.repeat(raters)
    blocks = [_judgements(truth[criterion], criterion, pairs, draw) for criterion in CRITERIA]
    found = pd.concat(blocks, ignore_index=True)
    days = pd.to_timedelta(found["customer_id"].map(ages), unit="D")
    return found.assign(rated_on=pd.Timestamp(settings.last_day) - days)


def _judgements(truth: pd.Series, criterion: str, pairs: pd.Index, draw: np.random.Generator) -> pd.DataFrame:
    found = pd.DataFrame({"customer_id": pairs.astype(TEXT)})
    doubt = pd.Series(draw.normal(0, DISAGREEMENT, len(found)))
    # raters disagree with each other, not all in the same direction
    doubt -= doubt.groupby(found["customer_id"]).transform("mean")
    rating = (found["customer_id"].map(truth) + doubt).round().clip(1, 5)
    rater = pd.array([RATERS[place] for place in found.groupby("customer_id").cumcount()], TEXT)
    return found.assign(criterion=pd.array([criterion] * len(found), TEXT), rater=rater, rating=rating)


def tickets(figures: pd.DataFrame, settings: SampleSettings) -> pd.DataFrame:
    """Requests and complaints of customers; costly customers ask more."""
    draw = stream(settings.seed, "customer tickets")
    last, first = pd.Timestamp(settings.last_day), pd.Timestamp(settings.first_day)
    size = figures["was"].clip(lower=1_000) ** 0.35 * (0.4 + 8 * figures["serving_rate"].clip(lower=0))
    count = draw.poisson((TICKETS * size / size.mean()).to_numpy())
    found = pd.DataFrame({"party_id": figures.index.repeat(count).astype(TEXT)})
    start = not_before(found["party_id"].map(since(figures, settings)), first)
    opened = start + pd.to_timedelta(((last - start).dt.days * draw.random(len(found))).round(), unit="D")
    answered = opened + pd.to_timedelta(np.round(draw.lognormal(1.1, 0.9, len(found))), unit="D")
    return found.assign(
        topic=pd.array(draw.choice(list(TOPICS), len(found), p=list(TOPICS.values())), TEXT),
        opened_date=opened,
        answered_date=answered.where(answered <= last),
        hours=np.round(draw.lognormal(0.9, 0.8, len(found)), 1),
    )
