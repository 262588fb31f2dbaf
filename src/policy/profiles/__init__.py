"""The facts of one case: read from YAML, JSON, TOML or Python, judged by a published schema, made into values.

`read` and `read_file` give a `Datum`, the document as a tree with places; `from_python` does the same for a dictionary.
`load_profile` judges it by the schema that `profile_schema` publishes and makes the values that rules work on. Whatever
is wrong is told all at once, by place and in plain words; whatever is left out is `UNKNOWN`; nothing given is ignored.
"""

from typing import TYPE_CHECKING

from policy.late import late

if TYPE_CHECKING:
    from policy.profiles.document import Datum, Entry, ListDatum, MappingDatum, ScalarDatum, from_python, path_text
    from policy.profiles.profile import Profile, RecordCheck, Violation
    from policy.profiles.reading import Format, decoded, read, read_file, read_source
    from policy.profiles.schema import profile_schema, schema_text
    from policy.profiles.shapes import ANSWERS
    from policy.profiles.validate import load_profile, value_from
else:
    __getattr__, __dir__ = late(
        __name__,
        {
            "policy.profiles.document": (
                "Datum",
                "Entry",
                "ListDatum",
                "MappingDatum",
                "ScalarDatum",
                "from_python",
                "path_text",
            ),
            "policy.profiles.reading": ("Format", "decoded", "read", "read_file", "read_source"),
            "policy.profiles.schema": ("profile_schema", "schema_text"),
            "policy.profiles.shapes": ("ANSWERS",),
            "policy.profiles.profile": ("Profile", "RecordCheck", "Violation"),
            "policy.profiles.validate": ("load_profile", "value_from"),
        },
    )

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
