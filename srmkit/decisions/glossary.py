"""What the figures that every study shares mean, so that a report and a workbook can say it beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from srmkit.language import say, spoken
from srmkit.metrics.definition import FACTS
from srmkit.rounding import unit_in

if TYPE_CHECKING:
    from srmkit.decisions.result import StudyResult
    from srmkit.scoring import Scorecard

# name of the column: label, unit, meaning
SHARED: Mapping[str, tuple[str, str, str]] = {
    # scores and places
    "x": ("across", "points", "Place on the matrix from left to right: the weighted mean of the axis's criteria, each "
          "0 at its worst and 100 at its best agreed value."),
    "y": ("up", "points", "Place on the matrix from below: the weighted mean of the axis's criteria, each 0 at its "
          "worst and 100 at its best agreed value."),
    "total": ("score", "points", "Weighted mean of the axes, 0 to 100. Missing for a candidate without any figure."),
    "value": ("value", "points", "What the criterion's figure is worth: 0 at its worst, 100 at its best agreed "
              "value."),
    "rank": ("rank", "place", "Place by score, the best is 1; equals share the better place. Missing where a gate "
             "refuses a rank."),
    "gap": ("gap", "points", "Points to the score of the last one with a place; below 0 it lacks so many."),
    "stopped": ("stopped", "candidates", "How many fail the gate."),
    "stopped_alone": ("by this gate alone", "candidates", "How many with a score fail this gate and no other: so many "
                      "would pass without it."),
    "coverage": ("coverage", "share", "Share of the weight behind which there are figures (0 to 1)."),
    "margin": ("margin", "points", "Distance to the nearest cut of the matrix."),
    "weight": ("weight", "share", "Share of the criterion in its axis (0 to 1; the weights of an axis sum to 1)."),
    "points": ("points", "points", "Weight as agreed; only its ratio to the others of its group counts."),
    "worst": ("worst", "unit of the figure", "Agreed value that is worth 0 points."),
    "best": ("best", "unit of the figure", "Agreed value that is worth 100 points."),
    # how sure
    "probability": ("probability", "share", "Share of the draws in which the candidate keeps its class while weights, "
                    "figures and cuts vary within the doubt of the settings."),
    "segment_probability": ("probability of the class", "share", "Share of the draws in which the candidate keeps its "
                            "class."),
    "certainty": ("certainty", "word", "The probability in a word: firm, likely or contested; the settings 'firm' and "
                  "'likely' are its bars."),
    "segment_certainty": ("certainty of the class", "word", "The probability of the class in a word: firm, likely or "
                          "contested."),
    "place_certainty": ("place holds", "share", "Share of the draws in which the candidate stays on its side of the "
                        "line between those with a place and those without."),
    "top_k": ("chance of a place", "share", "Share of the draws in which the candidate is among those with a place."),
    **{f"{name}_error": ("standard error", "share", "Standard error of the share of draws beside it.") for name in (
        "probability", "segment_probability", "place_certainty", "top_k", "weights", "data", "cuts", "all",
        "own_effect", "total_effect")},
    "runner_up": ("else mostly", "class", "The class it has most often in the draws in which it loses its own."),
    "most_doubt_from": ("most doubt from", "word", "Which doubt alone (weights, data, cuts) moves it most often."),
    "weights": ("weights", "share", "Share of the draws in which it leaves its class when only weights are in doubt."),
    "data": ("data", "share", "Share of the draws in which it leaves its class when only figures are in doubt."),
    "cuts": ("cuts", "share", "Share of the draws in which it leaves its class when only cuts are in doubt."),
    "all": ("all", "share", "Share of the draws in which it leaves its class under all doubts together."),
    "firm": ("firm", "as the table", "The part of the row whose class (or grade) is firm."),
    "likely": ("likely", "as the table", "The part of the row whose class (or grade) is likely, not firm."),
    "contested": ("contested", "as the table", "The part of the row whose class (or grade) is contested."),
    "chance": ("chance of a place", "share", "Share of the draws in which the candidate is among those with a place."),
    "spread": ("spread", "points of the scale", "Standard deviation of the raters' judgements."),
    "mean": ("mean", "points of the scale", "Mean of the raters' judgements."),
    "raters": ("raters", "people", "How many people judged."),
    # what would change it
    "agreement": ("agrees with our order", "Kendall's tau-b", "1 is the scorecard's order, -1 its reverse."),
    "kept": ("places that stay", "accounts", "How many of the selected would be among the first by this method, too."),
    "enters": ("would come in", "words", "Who would be among the first by this method and is not selected."),
    "leaves": ("would go out", "words", "Who is selected and would not be among the first by this method."),
    "same": ("same grade", "accounts", "How many get the same grade from this method."),
    "higher": ("higher grade", "accounts", "How many get a higher grade from this method."),
    "lower": ("lower grade", "accounts", "How many get a lower grade from this method."),
    "weight_now": ("weight now", "share", "Weight of the criterion in its axis as it is."),
    "weight_at_flip": ("weight at the change", "share", "Weight at which the answer changes, the others keeping their "
                       "ratios."),
    "change": ("change", "share", "From the weight now to the weight at which the answer changes."),
    "low": ("low", "share", "Lowest weight at which the answer of the row stays as it is."),
    "high": ("high", "share", "Highest weight at which the answer of the row stays as it is."),
    "relative_change": ("smallest change", "share", "How far the weight may move before the answer changes, in parts "
                        "of itself; the smallest of all names the critical criterion."),
    "places_stay": ("places stay", "words", "Weights at which the same ones have a place, the others of the axis "
                    "keeping their ratios; exact."),
    "best_stays": ("first rank stays", "words", "Weights at which the same one has the first rank."),
    "classes_stay": ("classes stay", "words", "Weights at which nothing on the matrix changes its class."),
    "large_stay": ("large suppliers stay", "words", "Weights at which every supplier of ABC class A or B keeps its "
                   "class, the others of the axis keeping their ratios; exact."),
    "firm_stay": ("firm ones stay", "words", "Weights at which every supplier whose class is firm keeps it."),
    "weight_part": ("by its weight", "share", "Part of the variance of the scores that the doubt about weights makes: "
                    "the criterion's own part; the column sums to 1."),
    "figure_part": ("by its figures", "share", "Part of the variance of the scores that the doubt about figures makes: "
                    "the criterion's own part; the column sums to 1."),
    "doubt_part": ("in all", "share", "The criterion's part of the variance of the scores, weights and figures "
                   "together; the column sums to 1."),
    "own_effect": ("alone", "share", "First Sobol index: part of the yes or no about the class that certainty about "
                   "this one input would settle."),
    "total_effect": ("with others", "share", "Total Sobol index: part of the yes or no about the class in which this "
                     "input takes part, alone or with others."),
    "top_change": ("taken off for the first rank", "share", "Share of the total taken off the weight until the first "
                   "rank is lost; below 0 the weight grows."),
    "top_percent": ("of the weight", "share", "The same in parts of the weight."),
    "any_change": ("taken off for any swap", "share", "Share of the total taken off the weight until any two swap."),
    "any_percent": ("of the weight, any swap", "share", "The same in parts of the weight."),
    "room": ("room", "share", "How far the weight may move before the answer changes."),
    "of_a_scale": ("of a scale", "share", "How far the figures move together, as a share of the scales from worst to "
                   "best; the smaller, the nearer."),
    "changes_if": ("what would change it", "words", "The nearest weight at which the class changes."),
    "dangerous": ("dangerous", "yes or no", "Strategic or bottleneck for us, while the supplier sees us as nuisance or "
                  "exploitable; missing where one of the two is not known."),
    "flips_to": ("would become", "class", "The class beyond the nearest cut."),
    "flips_on": ("on the axis", "axis", "The axis of the nearest cut."),
    "steps": ("steps", "steps", "From today's relationship to the one indicated; above 0 is closer."),
    # amounts and counts of a row
    "amount": ("amount", "currency", "What we buy from the candidate, or what it buys from us, in the period."),
    "spend": ("spend", "currency", "Ordered quantity times unit price, without tax and freight, in the period."),
    "spend_share": ("share of spend", "share", "Spend over the spend of all (0 to 1)."),
    "revenue": ("revenue", "currency", "Net revenue of the lines ordered in the period."),
    "revenue_share": ("share of revenue", "share", "Revenue over the revenue of all accounts."),
    "share": ("share", "share", "Part of the whole table (0 to 1)."),
    "abc": ("ABC", "class", "A: the largest that make 80 % of the amount; B: up to 95 %; C: the rest."),
    "suppliers": ("suppliers", "suppliers", "How many suppliers are in the row."),
    "accounts": ("accounts", "accounts", "How many accounts are in the row."),
    "members": ("members", "candidates", "How many candidates are in the class."),
    "rank_by_volume": ("rank by volume", "place", "Place by amount alone, the largest is 1."),
    "volume": ("volume", "currency", "The amount behind the rank by volume."),
    "presets": ("presets", "scorecards", "How many of the scorecards give it a place."),
    "lost": ("lost", "points", "Points of the total that the failing criterion costs."),
    "difference": ("difference", "points", "Between the scores of the two."),
    "lead": ("lead", "points", "Points by which the deciding criterion puts the first before the second."),
    "behind": ("behind", "points", "Points by which the criterion that speaks against it puts it behind."),
    "hours": ("hours", "hours a year", "Members times hours each."),
    "hours_each": ("hours each", "hours a year", "What the class's strategy card asks for one member."),
    "hours_per_year": ("hours a year", "hours a year", "What the strategy card asks for one member."),
    "reviews_per_year": ("reviews a year", "reviews a year", "How often the strategy card wants a review."),
    # what was read
    "rows_read": ("rows read", "rows", "Rows in the file; read = used + excluded + refused."),
    "rows_used": ("rows used", "rows", "Rows that take part."),
    "rows_excluded": ("rows excluded", "rows", "Rows set aside by a rule of the column map, or merged."),
    "rows_refused": ("rows refused", "rows", "Rows that cannot be right, each listed with its number."),
    "row": ("row", "row", "Row as the spreadsheet shows it, the header being 1."),
    "gaps": ("gaps", "rows", "Rows without a value in this column."),
    "share_of_gaps": ("share of gaps", "share", "Gaps over the rows used."),
    "imputed": ("imputed", "values", "Values that stand in for others, by a rule of the column map."),
    "count": ("count", "values", "How many values the rule read."),
    "count_used": ("count used", "values", "How many of them are in rows that take part."),
    "read": ("read", "currency", "Sum over all rows; read = used + excluded + refused."),
    "used": ("used", "currency", "Sum over the rows that take part."),
    "excluded": ("excluded", "currency", "Sum over the rows set aside by a rule of the column map."),
    "refused": ("refused", "currency", "Sum over the rows that cannot be right."),
    "rows_without_amount": ("rows without amount", "rows", "Rows whose amount is missing."),
    "bytes": ("bytes", "bytes", "Size of the file."),
    # what a chart draws
    "size": ("size", "as the chart", "What the area of the bubble stands for, as the legend of the chart names it."),
    "cumulative": ("added up", "currency", "Sum of this row and all above it."),
    "cumulative_share": ("share added up", "share", "Share of this row and all above it in the whole."),
}
# columns that are named for the classes, grades or months of a study have one definition together
CLASS = ("each class", "share", "Share of the draws in which the candidate is in this class.")
GRADE = ("each grade", "share", "Share of the draws in which the candidate has this grade.")
# where a figure means something else on one sheet of the workbook; EACH is every other figure of the sheet
EACH = "each"
ON_SHEET: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "Contributions": {EACH: ("each criterion", "points", "Points of the score that the criterion gives: its weight "
                             "times what its figure is worth, 0 to 100.")},
    "Mix by class": {EACH: ("each class", "share", "Part of the supplier's spend that lies in this class; the row sums "
                            "to 1.")},
    "Presets": {EACH: ("each scorecard", "place", "Place by the weights of this scorecard, the best is 1.")},
    "Gated": {"found": ("found", "unit of the figure", "The figure that does not pass the gate.")},
    "Weights": {"spread": ("spread", "share", "Standard deviation of the shares that the raters give to it.")},
    "Raters": {"judgements": ("judgements", "judgements", "How many judgements the rater gave on this group.")},
    "Agreement": {"weights": ("weights", "weights", "How many weights the group has."),
                  "distance": ("distance", "share", "Share of the weight that the farthest rater would put "
                               "elsewhere.")},
    "Weights by rater": {
        "weight": ("weight", "share", "Share of its group that the rater's judgements give to the criterion."),
        "low": ("low", "share", "Lowest share that the rater's own judgements leave open."),
        "high": ("high", "share", "Highest share that the rater's own judgements leave open.")},
    "Judgements": {
        "value": ("value", "as the method", "What the rater said: points, a place, or how many times as important."),
        "reach": ("reach", "share", "How far of its scale the first criterion of a choice may go (0 to 1)."),
        "other_reach": ("other reach", "share", "How far of its scale the other criterion of a choice may go (0 to "
                        "1).")},
    "Value curves": {"figure": ("figure", "unit of the figure", "Figure of the criterion that is worth the value "
                                "beside it.")},
    "Pairs": {"probability": ("probability", "share", "Chance that the two entries are one firm, from the evidence in "
                              "bits.")},
}
ERROR = "_error"  # ends the name of a column of standard errors
SHOWN = ("label", "unit", "meaning")
HOW = "how"
IN_WORDS = ("word", "words", "class", "axis", "unit of the figure")  # units of columns that hold no bare number


def definitions_of(study: StudyResult, columns: Iterable[object] | None = None) -> pd.DataFrame:
    """What every figure of a study means: its own definitions first, then those that all studies share.

    One row a figure, index `name` (the column's name): label, unit, meaning, and what else the study says of its own.
    With `columns`, shared ones that are not among them are left out.
    """
    own = study.definitions()
    own = own[~own.index.duplicated()].rename_axis("name")
    wanted = set(SHARED) if columns is None else {str(name) for name in columns}
    rows = {name: words for name, words in SHARED.items() if name in wanted and name not in own.index}
    rows |= {name: SHARED[f"probability{ERROR}"] for name in sorted(wanted)
             if name.endswith(ERROR) and name.removesuffix(ERROR) in own.index}
    shared = pd.DataFrame.from_dict(rows, orient="index", columns=list(SHOWN)).rename_axis("name")
    table = pd.concat([own, shared])
    if spoken() != "en":
        table = table.map(lambda value: say(value) if isinstance(value, str) else value)
    first = [name for name in SHOWN if name in table]
    return table[[*first, *(name for name in table if name not in first)]]


def definitions_on_sheets(sheets: Iterable[str]) -> pd.DataFrame:
    """What figures mean on one of these sheets alone: sheet, name (or EACH), label, unit, meaning."""
    rows = [(sheet, name, *words) for sheet in sheets for name, words in ON_SHEET.get(sheet, {}).items()]
    return pd.DataFrame(rows, columns=["sheet", "name", *SHOWN])


def together(names: Iterable[str], words: tuple[str, str, str]) -> pd.DataFrame:
    """One definition for all of these columns, in the shape of a study's definitions."""
    return pd.DataFrame.from_dict(dict.fromkeys(names, words), orient="index", columns=list(SHOWN)).rename_axis("name")


def footnotes_of(study: StudyResult) -> pd.DataFrame:
    """The definitions as a page prints them: label, unit, meaning, and `how` with all that a metric says besides.

    That is what is counted, which day puts a row into the period, days of grace, which rows are in, what becomes of
    too much and of cancelled lines, and when the figure is missing.
    """
    table = definitions_of(study).fillna("").astype(str)
    parts = [part for part in FACTS if part in table]
    how = [" · ".join(say("{part}: {said}", part=say(FACTS[part]), said=row[part]) for part in parts if row[part])
           for row in table[parts].to_dict("records")]
    return table[list(SHOWN)].assign(**{HOW: how})


def criteria(scorecards: Iterable[Scorecard]) -> pd.DataFrame:
    """What the criteria of these scorecards mean, in the shape of a study's definitions: name, label, unit, meaning.

    A criterion that says nothing of its own is left to the definition of its metric.
    """
    rows = {
        item.name: (item.label, item.unit, item.definition)
        for card in scorecards for item in card.criteria if item.definition
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(SHOWN)).rename_axis("name")


def scorecard_rows(card: Scorecard, currency: str) -> pd.DataFrame:
    """A scorecard as a report shows it, a row a criterion; money in its currency (ISO code) where that is known."""
    table = card.table()
    table["unit"] = [unit_in(unit, currency) for unit in table["unit"]]
    return table[["axis", "label", "weight", "worst", "best", "unit", "source", "rationale"]]
