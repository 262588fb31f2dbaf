"""The facts of one case: read from YAML, JSON, TOML or Python, judged by a published schema, made into values.

`read` and `read_file` give a `Datum`, the document as a tree with places; `from_python` does the same for a dictionary.
`load_profile` judges it by the schema that `profile_schema` publishes and makes the values that rules work on. Whatever
is wrong is told all at once, by place and in plain words; whatever is left out is `UNKNOWN`; nothing given is ignored.
"""

from policy.profiles.document import Datum, Entry, ListDatum, MappingDatum, ScalarDatum, from_python, path_text
from policy.profiles.reading import Format, decoded, read, read_file, read_source
from policy.profiles.schema import profile_schema, schema_text
from policy.profiles.shapes import ANSWERS
from policy.profiles.validate import Profile, RecordCheck, Violation, load_profile, value_from

__all__ = [
    "ANSWERS",
    "Datum",
    "Entry",
    "Format",
    "ListDatum",
    "MappingDatum",
    "Profile",
    "RecordCheck",
    "ScalarDatum",
    "Violation",
    "decoded",
    "from_python",
    "load_profile",
    "path_text",
    "profile_schema",
    "read",
    "read_file",
    "read_source",
    "schema_text",
    "value_from",
]
