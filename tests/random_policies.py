"""Policies drawn at random over one small world: things that people have, with spells of time, tables and questions."""

from __future__ import annotations

import re
from random import Random
from typing import Final, TypeAlias

WORLD: Final = """
enum size ordered
  value small
  value medium
  value large
enum kind
  value book
  value film
  value game
record thing is spell
  field kind : kind
  field size : optional size
  field n : optional integer
  field hours_per_week : hours from 0 to 60
  field paid : yes_no
  field extra : integer applies when paid and kind is not game
  field marks : integer by kind
record pause is spell
  field full : yes_no
input things : list of thing
input others : list of thing
input pauses : list of pause
input main : optional thing
input yes_a : yes_no
input yes_b : optional yes_no
input many : optional integer
input few : integer from 0 to 5
input day : optional date
input sent : moment
input opened : optional moment
input how_big : size
input which : kind
input numbers : list of integer
input points_by : integer by kind
input digits : code of 4 digits
open question judged : integer
open question liked(t: thing) : yes_no asked when t.paid
set good_codes of code of 4 digits is 1*, 2*, 0123, 3333 except 21*, 1012
dataset shelf "shelf.csv"
  column kind : kind
  column year : integer
  column code : code of 4 digits
  column big : yes_no
set drawn of code of 4 digits is those code in shelf where (year >= 2020)
set of_kind(k: kind) of code of 4 digits is those code in shelf where (kind is k)
set up_to(k: kind, y: integer) of code of 4 digits is those code in shelf as s where (s.kind is k and s.year <= y)
table gappy(x: integer to 6, y: size) -> integer
  | x     | y            | gappy |
  | ..2   | -            | 1     |
  | 3..6  | small        | 1     |
  | 3..6  | medium       | 2     |
  | 3..   | large        | few   |
table whole(z: kind, p: yes_no) -> integer across p
  | z          | yes  | no |
  | book       | 1    | 2  |
  | film, game | many | 2  |
scale ladder(v: integer) -> integer
  | level | v |
  | 3     | 7 |
  | 2     | 4 |
  | 1     | 0 |
  below 0
define scored(t: thing, x: integer) : integer is when t.paid then t.n + x otherwise t.marks(book)
define nice(t: thing) : yes_no is t.size >= medium or t.extra > 3
define applied : integer is many applies when yes_a
requirement has(k: kind) is any of (t.kind is k and t.paid for each t in things) applies when k is not game or yes_b
points worth(k: kind) : up to 3 is sum of (points_by(k) * 1 point, when has(k) then 2 otherwise 0)
"""

DATA: Final = {
    "shelf.csv": "kind,year,code,big\nbook,2019,0123,yes\nbook,2021,1012,no\nfilm,2020,2100,yes\nfilm,2022,3333,no\n",
}
"""The datasets of the world."""

Scope: TypeAlias = dict[str, str]
"""The kind of value that each bound name has."""

TYPES: Final = {
    "yes": "yes_no",
    "number": "integer",
    "hours": "hours",
    "day": "date",
    "moment": "moment",
    "size": "size",
    "kind": "kind",
    "things": "list of thing",
    "numbers": "list of integer",
    "groups": "list of group",
    "runs": "list of run",
}
"""The kinds of value that definitions have, and their types."""

MEMBERS: Final = {"things": "thing", "numbers": "number", "groups": "group", "runs": "run"}

# In templates `$number` is an expression of that kind, `$number!` a short one and `[a|b]` a choice. `$each(yes)` walks
# some list, `$things(where, yes)` is a list of which something is asked for each member.

SHORT: Final = {
    "yes": [
        "[yes_a|yes_b|yes]",
        "$thing.paid",
        "[nice|liked]($thing)",
        "has([book|game|which])",
        "digits in [good_codes|drawn|of_kind(film)|of_kind(which)]",
        "main is none",
    ],
    "number": [
        "[0|3|7|many|few|judged|applied]",
        "[digit(digits, 2)|points_by(which)|points_by(book)]",
        "$thing.[n|extra|marks(film)]",
        "scored($thing, few)",
        "[gappy(many, how_big)|gappy(few, how_big)|whole(which, yes_a)|ladder(few)|ladder(many)]",
    ],
    "hours": ["[0|100] hours", "$thing.hours_per_week"],
    "day": ["[day|assessed_on|2024-02-29]", "$thing.[start|end]"],
    "moment": ["[sent|opened]"],
    "size": ["how_big", "$thing.size"],
    "kind": ["which", "$thing.kind"],
    "thing": ["main"],
    "things": ["things", "others", "things", "$group.members", "$run.members"],
    "group": ["(the one (things as v0 grouped by (which)) as v00 where (yes_a))"],
    "run": ["(the one runs(things, gap: 0 days) as v00 where (yes_a))"],
    "numbers": ["numbers"],
    "groups": ["(things as v0 grouped by (which))"],
    "runs": ["runs(things, gap: 0 days)"],
}

LONG: Final = {
    "yes": [
        "($number [is|is not|>=|<|<=|>] $number)",
        "($number [is|>=|<] $number)",
        "($hours [is|>=|<] $hours)",
        "($day [is not|<=|>] $day)",
        "($moment [is|<|>=] $moment)",
        "($size [is not|>=|<] $size)",
        "($kind [is|is not] $kind)",
        "($number [in|not in] [{0, $number}|{1..5}|$numbers])",
        "($size [in|not in] {small, $size!})",
        "($size [in|not in] {$size!..[|large|<large]})",
        "($size in {..[|<]$size!})",
        "($kind [in|not in] {book, $kind!})",
        "($thing [in|not in] $things)",
        "(digits [in|not in] [of_kind($kind)|up_to($kind!, $number)])",
        "[all of|any of|at least 2 of] ($yes, $yes, $yes)",
        "($yes [and|or] $yes)",
        "(not $yes)",
        "($thing.[n|size|end] is [none|given])",
        "([any of|all of] ($each(yes)))",
        "([any of|all of] ($each(yes)))",
        "([any of|all of] (v1.length [>=|<] 3 months for each v1 in $runs))",
        "(when $yes then $yes otherwise $yes)",
    ],
    "number": [
        "($number [+|-|*] $number)",
        "floor($number / $number!)",
        "(($number / 2) rounded [down|up|half up] to [1|5])",
        "floor($hours / 7 hours)",
        "[sum of|greatest of|least of] ($number, $number)",
        "(sum of ($each(number)))",
        "sum of the 2 [greatest|least] ($number, $number, $number)",
        "(sum of the [1|2] [greatest|least] ($each(number)))",
        "([greatest of|least of] ($each(number)) if none 0)",
        "(number of different ($each([number|kind|size|day])))",
        "(count of ($[things|numbers|groups|runs]))",
        "gappy(0 + $number, $size)",
        "whole($kind, $yes)",
        "ladder($number)",
        "points_by($kind)",
        "floor(worth($kind) / 1 point)",
        "scored($thing, $number)",
        "$things(the one, yes).n",
        "(when $yes then $number otherwise $number)",
    ],
    "hours": [
        "credited($things, cap: [30 hours|$hours!], from: [2023-01-01|$day!], until: assessed_on)",
        "credited($things, cap: 30 hours, from: assessed_on - 1 years, until: assessed_on)",
        "(sum of ($each(hours)))",
        "(sum of the 2 greatest ($each(hours)))",
        "(($hours) rounded [down|half up] to [7.5|10] hours)",
        "(greatest of ($each(hours)) if none (0 hours))",
        "(when $yes then $hours otherwise $hours)",
    ],
    "day": [
        "($day [+|-] [1 months|2 years|5 days])",
        "[greatest of|least of] ($day, $day)",
        "(day of $moment)",
        "([greatest of|least of] ($each(day)) if none assessed_on)",
        "$things(the one, yes).[start|end]",
        "(when $yes then $day otherwise $day)",
    ],
    "moment": [
        "($moment [+|-] [1 months|2 years|5 days|20 weeks])",
        "[greatest of|least of] ($moment, $moment)",
        "(when $yes then $moment otherwise $moment)",
    ],
    "size": [
        "[greatest of|least of] ($size, $size)",
        "$things(the one, yes).size",
        "(when $yes then $size otherwise $size)",
    ],
    "kind": ["$things(the one, yes).kind", "(when $yes then $kind otherwise $kind)"],
    "things": [
        "$things(where, yes)",
        "$things([with most|with least], [number|hours])",
        "(($things) [outside|inside] ($things))",
        "(($things) [outside|inside] (pauses where (full)))",
        "(($things) outside ($runs))",
        "(when $yes then $things otherwise $things)",
    ],
    "numbers": [
        "$numbers(where, yes)",
        "$numbers([with most|with least], number)",
        "($each(number))",
        "(when $yes then $numbers otherwise $numbers)",
    ],
    "groups": [
        "$things(grouped by, kind)",
        "$groups(where, yes)",
        "$groups([with most|with least], [number|hours])",
        "(when $yes then $groups otherwise $groups)",
    ],
    "runs": [
        "runs($things, gap: [0|10] days[|, at_least: 20 hours|, from: 2024-01-01, until: assessed_on])",
        "$runs(where, yes)",
        "(when $yes then $runs otherwise $runs)",
    ],
}


class Author:
    """Writes definitions at random, each of one of the kinds of value in `TYPES`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.defined: dict[str, list[str]] = {kind: [] for kind in SHORT}
        self.names = 9

    def policy(self, count: int, depth: int = 4) -> str:
        """Some definitions over the world; later ones may use earlier ones."""
        text = WORLD
        for i in range(count):
            kind = self.random.choice(list(TYPES))
            applies = f" applies when {self.expression('yes', {}, 2)}" if self.random.random() < 0.15 else ""
            text += f"define r{i} : {TYPES[kind]} is {self.expression(kind, {}, depth)}{applies}\n"
            self.defined[kind].append(f"r{i}")
        return text

    def expression(self, kind: str, scope: Scope, depth: int) -> str:
        """An expression of a kind; short when the depth is used up, and now and then before."""
        if depth > 0 and kind in LONG and self.random.random() < 0.8:
            return self.write(self.random.choice(LONG[kind]), scope, depth - 1)
        bound = [name for name, of in scope.items() if of == kind]
        if bound and self.random.random() < 0.6:
            return self.random.choice(bound)
        return self.write(self.random.choice([*SHORT[kind], *self.defined[kind]]), scope, 0)

    def write(self, template: str, scope: Scope, depth: int) -> str:
        """A template filled in."""
        chosen = re.sub(r"\[([^\[\]]*)\]", lambda found: self.random.choice(found[1].split("|")), template)
        return re.sub(
            r"\$(\w+)(!|\((\w[\w ]*)(?:, (\w+))?\))?",
            lambda found: self.filled(found[1], found[2], found[3], found[4], scope, depth),
            chosen,
        )

    def filled(self, kind: str, how: str | None, word: str, body: str, scope: Scope, depth: int) -> str:
        """One place in a template."""
        if how is None:
            return self.expression(kind, scope, depth)
        if how == "!":
            return self.expression(kind, scope, 0)
        list_ = self.random.choice(list(MEMBERS)) if kind == "each" else kind
        self.names += 1
        name = f"v{self.names}"
        inner = {**scope, name: MEMBERS[list_]}
        members = self.expression(list_, scope, depth)
        if kind == "each":
            return f"{self.expression(word, inner, depth)} for each {name} in ({members})"
        asked = self.expression(body, inner, depth)
        if word == "the one":
            return f"(the one ({members}) as {name} where ({asked}))"
        return f"(({members}) as {name} {word} ({asked}))"
