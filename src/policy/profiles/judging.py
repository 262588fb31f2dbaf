"""The judgement of the published schema on a document: every mistake that it can see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import jsonschema
from jsonschema.protocols import Validator

from policy.diagnostics import Diagnostic
from policy.frozen import dataclass
from policy.model.catalog import Catalog
from policy.profiles.document import Datum, Path
from policy.profiles.explain import explain
from policy.profiles.schema import checking_schema
from policy.profiles.shapes import Wanted
from policy.profiles.values import day_of, moment_of


def _whole_pattern(
    validator: Validator, pattern: str, instance: object, schema: object
) -> Iterator[jsonschema.ValidationError]:
    """As the keyword says, but without Python's liking for a line end before `$`."""
    if isinstance(instance, str) and re.fullmatch(pattern, instance) is None:
        yield jsonschema.ValidationError("does not match")


def _listed(
    validator: Validator, values: list[object], instance: object, schema: object
) -> Iterator[jsonschema.ValidationError]:
    """As the keyword says, but quick where the list is the keys of a dataset; `type` tells true from 1."""
    if instance not in values:
        yield jsonschema.ValidationError("is not listed")


EXACT_VALIDATOR: Final = jsonschema.validators.extend(  # type: ignore[no-untyped-call]  # its stub has no types here
    jsonschema.Draft202012Validator, {"pattern": _whole_pattern, "enum": _listed}
)
FORMATS: Final = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date", raises=ValueError)
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or day_of(value) is not None


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or moment_of(value) is not None


@dataclass(frozen=True, slots=True, eq=False)
class _This:
    """One catalog and no other, however equal."""

    catalog: Catalog

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.catalog is self.catalog

    def __hash__(self) -> int:
        return id(self.catalog)


@lru_cache(maxsize=32)
def _validator(wanted: Wanted, this: _This) -> Validator:
    validator: Validator = EXACT_VALIDATOR(checking_schema(wanted, this.catalog), format_checker=FORMATS)
    return validator


def judged(instance: object, datum: Datum, wanted: Wanted, catalog: Catalog, base: str) -> dict[Path, Diagnostic]:
    """What the schema finds wrong, in words: one mistake per place."""
    validator = _validator(wanted, _This(catalog))
    best: dict[Path, tuple[int, Diagnostic]] = {}
    for error in validator.iter_errors(instance):  # type: ignore[arg-type]  # numbers are exact ones
        for path, rank, diagnostic in explain(error, datum, wanted, catalog, base):
            if path not in best or rank < best[path][0]:
                best[path] = rank, diagnostic
    return {path: diagnostic for path, (_, diagnostic) in best.items()}
