"""The command `policy`: one verb a file, documented exit codes, colours only on a terminal.

Text that people read goes to standard output, mistakes to standard error; with `--format json` both go to standard
output as one document.
"""

from policy.cli.entry import main

__all__ = ["main"]
