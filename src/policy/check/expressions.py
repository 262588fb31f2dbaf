"""One rule of type for each kind of expression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy.check import calls, days, lists, operators
from policy.check.infer import Inference, Others, Rule
from policy.check.provided import PROVIDED
from policy.check.shapes import Shapes
from policy.syntax import tree as t

RULES: Final[Mapping[type, Rule]] = {
    t.Number: Inference.number,
    t.Money: Inference.money,
    t.Text: Inference.text,
    t.DateLiteral: Inference.date,
    t.Code: Inference.code,
    t.YesNo: Inference.yes_no,
    t.Name: Inference.name,
    t.FieldOf: Inference.field_of,
    t.Call: calls.call,
    t.Not: operators.negation,
    t.Logic: operators.logic,
    t.Comparison: operators.comparison,
    t.Presence: operators.presence,
    t.Membership: operators.membership,
    t.Arithmetic: operators.arithmetic,
    t.Rounding: operators.rounding,
    t.Choice: operators.choice,
    t.Filter: lists.filtered,
    t.Grouping: lists.grouped,
    t.Extreme: lists.extreme,
    t.Cut: lists.cut,
    t.TheOne: lists.the_one,
    t.Count: lists.count,
    t.DayOf: operators.day_of,
    t.Each: lists.each,
    t.Gather: operators.gather,
    t.Aggregate: lists.aggregate,
    t.SetLiteral: operators.set_literal,
    t.OnDay: days.on_day,
    t.AsRead: days.as_read,
}


def inference(shapes: Shapes, others: Others | None = None) -> Inference:
    """What works out the types of the expressions of a program; `others` gives the programs of other days."""
    return Inference(shapes, RULES, frozenset(PROVIDED), others)
