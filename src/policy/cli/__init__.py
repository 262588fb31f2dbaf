"""The command `policy`: one verb a file, documented exit codes, colours only on a terminal.

Exit codes: 0 done; 1 mistakes in policy text, or examples that fail; 2 a wrong command line, date or path;
3 mistakes in a profile; 141 the reader of the output went away.
"""

from policy.cli.app import main

__all__ = ["main"]
