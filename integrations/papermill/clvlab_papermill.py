"""Lets papermill write the parameters of TypeScript notebooks: `pip install` this folder, then `papermill IN OUT -k clvlab -p NAME VALUE`."""

import json
import math
import re
from contextvars import ContextVar

from papermill.engines import NBClientEngine, papermill_engines
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

#: A declaration with a default, one to a line, as `clvlab run` reads it too.
DECLARATION = re.compile(
    r"^\s*(?:export\s+)?(?P<keyword>const|let|var)\s+(?P<name>[\w$]+)\s*(?::\s*(?P<type>[^=]+?))?\s*=\s*(?P<value>.+?);?\s*(?://\s*(?P<help>.*))?$"
)

#: What the notebook that is about to get its parameters declares, by name.
declared = ContextVar("declared", default={})


class TypeScriptTranslator(Translator):
    """Values as TypeScript, each declared as the notebook declares it, or under the type that it has: the kernel checks it against that."""

    @classmethod
    def translate(cls, val):
        return super().translate(list(val) if isinstance(val, tuple) else val)

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
        lines = [cls.declaration(name, value) for name, value in parameters.items()]
        return "\n".join([cls.comment(comment), *lines, ""])

    @classmethod
    def declaration(cls, name, value):
        keyword, written = declared.get().get(name, ("const", None))
        text = cls.translate(value)
        if written == "bigint" and isinstance(value, int) and not isinstance(value, bool):
            text += "n"
        return f"{keyword} {name}: {written or type_of(value)} = {text}"

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
    if isinstance(value, (list, tuple)):
        return f"{union(value)}[]"
    if isinstance(value, dict):
        return f"Record<string, {union(value.values())}>"
    return "string"


def union(values):
    types = sorted({type_of(each) for each in values})
    return "never" if not types else types[0] if len(types) == 1 else f"({' | '.join(types)})"


def declarations(notebook):
    """What the cell tagged `parameters` declares: by name, the keyword and the type, None where none is written."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            found = (DECLARATION.match(line) for line in cell.source.splitlines())
            return {match["name"]: (match["keyword"], (match["type"] or "").strip() or None) for match in found if match}
    return {}


def noting(ask):
    """papermill shows a translator the values alone; the notebook it names here, just before."""

    def nb_language(engine_name, nb, language=None):
        declared.set(declarations(nb))
        return ask(engine_name, nb, language)

    return nb_language


papermill_engines.nb_language = noting(papermill_engines.nb_language)


class ClvlabEngine(NBClientEngine):
    """papermill's own engine; its entry point is how papermill comes to load this file."""


for name in ("typescript", "clvlab"):
    papermill_translators.register(name, TypeScriptTranslator)
