"""Jupyter's own conformance suite against the clvlab kernel.

Needs: pip install jupyter_kernel_test; `clvlab kernel install --sys-prefix`. Run: python -m pytest test/kernel/jupyter
"""

import unittest

import jupyter_kernel_test


class ClvlabConformance(jupyter_kernel_test.KernelTests):
    kernel_name = "clvlab"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"
    completion_samples = [
        {"text": "console.lo", "matches": {"log"}},
        {"text": "const e = '\N{GRINNING FACE}'; e.toUpp", "matches": {"toUpperCase"}},
    ]
    complete_code_samples = ["1", "const f = () => 1", "function g() {\n  return 2\n}", "`a`"]
    incomplete_code_samples = ["function f() {", "const t = `a\n", "/* a", "if (true) {\n  1"]
    invalid_code_samples = ["const = 3", "x = }"]
    code_generate_error = "throw new RangeError('no')"
    code_execute_result = [{"code": "6 * 7", "result": "42"}, {"code": "'a' + 'b'", "result": "'ab'"}]
    code_display_data = [{"code": "displayBundle({ data: { 'text/html': '<b>x</b>', 'text/plain': 'x' } })", "mime": "text/html"}]
    code_history_pattern = "6 * 7*"
    supported_history_operations = ("tail", "search")
    code_inspect_sample = "console.log"
    code_clear_output = "clearOutput()"


if __name__ == "__main__":
    unittest.main()
