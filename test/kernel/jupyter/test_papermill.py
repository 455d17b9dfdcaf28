"""papermill itself on this kernel: parameters written as TypeScript, checked by the kernel, and shown by --help-notebook.

Needs: pip install ./integrations/papermill; `clvlab kernel install --sys-prefix`.
"""

import json
import subprocess
import sys

import nbformat
import papermill
import pytest
from papermill.translators import papermill_translators


def notebook(path, *sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    kernel = {"kernelspec": {"display_name": "TypeScript (clvlab)", "language": "typescript", "name": "clvlab"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    return str(path)


def shown(path):
    return [output["data"]["text/plain"] for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", []) if "data" in output]


def test_the_command_line_gives_parameters(tmp_path):
    source = notebook(tmp_path / "in.ipynb", "const horizon: number = 90 // days\nconst name: string = 'none'", "horizon + 1", "name")
    out = str(tmp_path / "out.ipynb")
    command = [sys.executable, "-m", "papermill", source, out, "-k", "clvlab", "-p", "horizon", "180", "-p", "name", "it's \"Ada\"\\"]
    subprocess.run(command, check=True, capture_output=True)
    assert shown(out) == ["181", "`it's \"Ada\"\\\\`"]


def test_the_notebook_says_its_parameters(tmp_path):
    source = notebook(tmp_path / "in.ipynb", "const horizon: number = 90 // days\nconst name = 'none'")
    said = subprocess.run([sys.executable, "-m", "papermill", "--help-notebook", source], capture_output=True, text=True).stdout
    assert "horizon: number (default 90)" in said and "days" in said and "name: Unknown type (default 'none')" in said


@pytest.mark.parametrize("value", ["a\u2028b\n\t'\"\\`${x}", -3, 2.5, 1e300, True, None, [1, 2], [1, "a"], [], {"a": {"b": [1]}}, {}])
def test_every_value_arrives_as_it_is(tmp_path, value):
    source = notebook(tmp_path / "in.ipynb", "const given: unknown = 0", "console.log(JSON.stringify(given)); undefined")
    ran = papermill.execute_notebook(source, str(tmp_path / "out.ipynb"), parameters={"given": value}, progress_bar=False)
    assert json.loads(ran.cells[-1].outputs[0].text) == value


@pytest.mark.parametrize(
    "declaration, value, use, result",
    [
        ("const mode: 'fast' | 'slow' = 'fast'", "slow", "const f = (mode: 'fast' | 'slow'): string => mode\nf(it)", "'slow'"),
        ("let it: number = 3", 10, "it = it + 1\nit", "11"),
        ("let it = 3", 10, "it += 1\nit", "11"),
        ("const it: string | null = 'a'", None, "it === null", "true"),
        ("const it: readonly string[] = ['a']", ("b", "c,d"), "it.length", "2"),
        ("const it: bigint = 1n", 2**60, "it + 1n", "1152921504606846977n"),
        ("const it: { a: number } = { a: 1 }", {"a": 5}, "it.a", "5"),
    ],
)
def test_a_parameter_stays_what_the_notebook_declares(tmp_path, declaration, value, use, result):
    source = notebook(tmp_path / "in.ipynb", declaration.replace(" mode:", " it:"), use)
    out = str(tmp_path / "out.ipynb")
    papermill.execute_notebook(source, out, parameters={"it": value}, progress_bar=False)
    assert shown(out)[-1].replace("\"", "'") == result


def test_a_value_of_a_wrong_type_fails_before_it_is_used(tmp_path):
    source = notebook(tmp_path / "in.ipynb", "const horizon: number = 90", "horizon.toFixed(1)")
    with pytest.raises(papermill.PapermillExecutionError, match="TS2322.*string.*number"):
        papermill.execute_notebook(source, str(tmp_path / "out.ipynb"), parameters={"horizon": "soon"}, progress_bar=False)


def test_numbers_that_json_has_not():
    assert papermill_translators.find_translator("x", "typescript").codify({"a": float("nan"), "b": float("-inf")}) == (
        "// Parameters\nconst a: number = NaN\nconst b: number = -Infinity\n"
    )
