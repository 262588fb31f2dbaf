"""A Sphinx extension that shows policies as pages for readers: `extensions = ["policy.sphinx"]` in `conf.py`."""

from policy.tools.docs.extension import setup

__all__ = ["setup"]
