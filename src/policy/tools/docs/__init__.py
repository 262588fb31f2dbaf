"""Policies as pages for readers, in English and in French.

`page` says what is on a page, made from the checked program; `sentences` says expressions in words. Only `nodes`,
`domain`, `directives` and `extension` know Sphinx, which prints the pages.
"""
