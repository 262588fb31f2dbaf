"""Policies as pages for readers, in English and in French.

`page` says what is on a page, made from the checked program; `sentences` and `phrases` say expressions in words, and
`patterns` holds the words of both languages. Only `nodes`, `domain`, `directives` and `extension` know Sphinx, which
prints the pages.
"""
