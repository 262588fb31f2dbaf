"""From a folder of policy files to answers: read, arrange by date, check, build the graph, compile, evaluate."""

from policy.pipeline.library import Library
from policy.pipeline.loading import load
from policy.pipeline.rules import Rules

__all__ = ["Library", "Rules", "load"]
