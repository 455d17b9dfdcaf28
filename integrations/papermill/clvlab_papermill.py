"""Lets papermill write the parameters of TypeScript notebooks: `pip install` this folder, then `papermill IN OUT -k clvlab -p NAME VALUE`."""

import json
import math
import re

from papermill.engines import NBClientEngine
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

#: A declaration with a default, one to a line, as `clvlab run` reads it too.
DECLARATION = re.compile(
    r"^(?:export\s+)?(?:const|let|var)\s+(?P<name>[\w$]+)\s*(?::\s*(?P<type>[^=]+?))?\s*=\s*(?P<value>.+?);?\s*(?://\s*(?P<help>.*))?$"
)


class TypeScriptTranslator(Translator):
    """Values as TypeScript, each under the type that it has: the kernel checks the cells that use it against that."""

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_escaped_str(cls, str_val):
        # JSON is TypeScript, but for two line ends that end a line in older JavaScript.
        return json.dumps(str(str_val), ensure_ascii=False).replace("\u2028", r"\u2028").replace("\u2029", r"\u2029")

    @classmethod
    def translate_float(cls, val):
        if math.isnan(val):
            return "NaN"
        return repr(val) if math.isfinite(val) else "Infinity" if val > 0 else "-Infinity"

    @classmethod
    def translate_list(cls, val):
        return f"[{', '.join(cls.translate(each) for each in val)}]"

    @classmethod
    def translate_dict(cls, val):
        pairs = ", ".join(f"{cls.translate_str(key)}: {cls.translate(each)}" for key, each in val.items())
        return f"{{ {pairs} }}" if pairs else "{}"

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def codify(cls, parameters, comment="Parameters"):
        lines = [f"const {name}: {type_of(value)} = {cls.translate(value)}" for name, value in parameters.items()]
        return "\n".join([cls.comment(comment), *lines, ""])

    @classmethod
    def inspect(cls, parameters_cell):
        found = (DECLARATION.match(line) for line in parameters_cell["source"].splitlines())
        return [
            Parameter(match["name"], (match["type"] or "None").strip(), match["value"], match["help"] or "")
            for match in found
            if match
        ]


def type_of(value):
    """The TypeScript type of a value that came from a command line or from YAML."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, list):
        return f"{union(value)}[]"
    if isinstance(value, dict):
        return f"Record<string, {union(value.values())}>"
    return "string"


def union(values):
    types = sorted({type_of(each) for each in values})
    return "never" if not types else types[0] if len(types) == 1 else f"({' | '.join(types)})"


class ClvlabEngine(NBClientEngine):
    """papermill's own engine; its entry point is how papermill comes to load this file."""


for name in ("typescript", "clvlab"):
    papermill_translators.register(name, TypeScriptTranslator)
