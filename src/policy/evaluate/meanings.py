"""The operations by the names that nodes have for them: what each does with the values of its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from policy.evaluate import elsewhere, lists, operations, records, time
from policy.evaluate.best import sum_of_best, sum_of_best_in
from policy.model import calendar

WITHOUT_CONSTANT: Final[Mapping[str, Callable[..., object]]] = {
    "and": operations.conjunction,
    "or": operations.disjunction,
    "not": operations.negation,
    "is": operations.same,
    "is_not": operations.differs,
    "is_none": operations.is_none,
    "is_given": operations.is_given,
    "all": operations.all_of,
    "any": operations.any_of,
    "sum": operations.total,
    "different": operations.different,
    "add": operations.add,
    "subtract": operations.subtract,
    "multiply": operations.multiply,
    "divide": operations.divide,
    "choice": operations.choice,
    "capped": operations.capped,
    "applies": operations.applies,
    "index": records.index,
    "count": lists.count,
    "in_list": lists.in_list,
    "outside": time.outside,
    "inside": time.inside,
}
"""Operations that take the values of their arguments."""

WITH_CONSTANT: Final[Mapping[str, Callable[..., object]]] = {
    "at": elsewhere.on_day,
    "ge": operations.at_or_above,
    "le": operations.at_or_below,
    "gt": operations.above,
    "lt": operations.below,
    "length_ge": operations.length_reaches,
    "length_lt": operations.length_falls_short,
    "in": operations.member_of,
    "in_set": operations.member_of_codes,
    "at_least": operations.at_least,
    "greatest": operations.greatest,
    "least": operations.least,
    "sum_greatest": sum_of_best(1),
    "sum_least": sum_of_best(-1),
    "shift": operations.shift,
    "shift_moment": operations.shift_moment,
    "day_of": operations.day_of,
    "field": records.field,
    "row": records.row,
    "map": records.map_of,
    "table": records.table,
    "any_in": lists.any_in,
    "all_in": lists.all_in,
    "sum_in": lists.sum_in,
    "greatest_in": lists.greatest_in,
    "least_in": lists.least_in,
    "different_in": lists.different_in,
    "sum_greatest_in": sum_of_best_in(1),
    "sum_least_in": sum_of_best_in(-1),
    "credited": time.credited,
    "runs": time.runs,
    "completed_years": operations.completed(calendar.completed_years),
    "completed_months": operations.completed(calendar.completed_months),
    "floor": operations.floor,
    "round": operations.rounded,
    "prefix": operations.prefix,
    "digit": operations.digit,
    "multiple": operations.multiple,
}
"""Operations that take the constant part of their node first."""
