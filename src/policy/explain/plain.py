"""An explanation as plain data and as JSON text: what `document` describes, written without its models."""

from __future__ import annotations

import json
from typing import TypeAlias

from policy.explain.markdown import web_link
from policy.explain.report import Citation, Missing, Report, Step
from policy.explain.text import clean

Plain: TypeAlias = dict[str, object]


def as_json(report: Report) -> str:
    """A report as JSON text, indented, with its keys in the order of the schema."""
    return json.dumps(as_plain(report), ensure_ascii=False, indent=2)


def as_plain(report: Report) -> Plain:
    """A report as the dictionary that is written. Its texts are on one line each, and free of control characters."""
    return {
        "language": "fr" if report.language == "fr" else "en",
        "day": report.day.isoformat(),
        "assessed_on": report.assessed_on.isoformat(),
        "proposed": report.proposed,
        "heading": clean(report.heading),
        "intro": [*map(clean, report.intro)],
        "outcomes": [*map(_step, report.outcomes)],
        "missing": [*map(_missing, report.missing)],
        "remarks": [*map(_step, report.remarks)],
        "closing": [*map(clean, report.closing)],
        "assumed": [*map(_step, report.assumed)],
        "unread": [{"path": clean(fact.path), "label": clean(fact.label)} for fact in report.unread],
    }


def _step(step: Step) -> Plain:
    return {
        "name": clean(step.name),
        "title": clean(step.title),
        "state": step.state.value,
        "value": clean(step.value),
        "data": clean(step.data) if isinstance(step.data, str) else step.data,
        "details": [*map(clean, step.details)],
        "cites": [*map(_citation, step.cites)],
        "marks": [*map(clean, step.marks)],
        "children": [*map(_step, step.children)],
        "day": None if step.day is None else step.day.isoformat(),
    }


def _missing(fact: Missing) -> Plain:
    return {
        "path": clean(fact.path),
        "label": clean(fact.label),
        "question": clean(fact.question),
        "decision": None if fact.decision is None else clean(fact.decision),
    }


def _citation(cite: Citation) -> Plain:
    return {"text": clean(cite.text), "link": web_link(cite.link)}
