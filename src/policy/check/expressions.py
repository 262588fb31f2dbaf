"""One rule of type for each kind of expression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policy.check import calls, lists
from policy.check.infer import Inference, Rule
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
    t.Not: Inference.negation,
    t.Logic: Inference.logic,
    t.Comparison: Inference.comparison,
    t.Presence: Inference.presence,
    t.Membership: Inference.membership,
    t.Arithmetic: Inference.arithmetic,
    t.Choice: Inference.choice,
    t.Filter: lists.filtered,
    t.Grouping: lists.grouped,
    t.Extreme: lists.extreme,
    t.Cut: lists.cut,
    t.TheOne: lists.the_one,
    t.Count: lists.count,
    t.Each: lists.each,
    t.Gather: Inference.gather,
    t.Aggregate: lists.aggregate,
    t.SetLiteral: Inference.set_literal,
}


def inference(shapes: Shapes) -> Inference:
    """What works out the types of the expressions of a program."""
    return Inference(shapes, RULES)
