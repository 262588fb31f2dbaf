"""Citations as each language writes them."""

from __future__ import annotations

from typing import Final

import pytest

from policy.explain.citations import french_provisions

PROVISIONS: Final = [
    ("77", "art. 77"),
    ("82(1)", "par. 82(1)"),
    ("87.1(2)(a)", "al. 87.1(2)a)"),
    ("204(a)", "al. 204a)"),
    ("83(5)(a)(i)", "s.-al. 83(5)a)(i)"),
    ("87.2(3)(d)(ii)(A)", "div. 87.2(3)d)(ii)(A)"),
    ("10.3(1)(h.2)", "al. 10.3(1)h.2)"),
    ("10.3(1)(h.1)(iii)", "s.-al. 10.3(1)h.1)(iii)"),
    ("82(2)(a), (b) or (d)", "al. 82(2)a), b) ou d)"),
    ("87.1(2)(a) to (c), 87.1(3)", "al. 87.1(2)a) à c), par. 87.1(3)"),
    ("73(1), 80(4)", "par. 73(1), 80(4)"),
    ("200(3)(h)(ii) and (iii)", "s.-al. 200(3)h)(ii) et (iii)"),
]


@pytest.mark.parametrize(("english", "french"), PROVISIONS)
def test_provisions_are_turned_into_french(english: str, french: str) -> None:
    assert french_provisions(english) == french


def test_a_paragraph_that_looks_roman_is_told_by_its_depth() -> None:
    assert french_provisions("10.3(1)(i)") == "al. 10.3(1)i)"
