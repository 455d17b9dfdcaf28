"""This kernel against ipykernel through jupyter_client, in turn in one run: python test/kernel/jupyter/bench.py [RUNS]

Needs: pip install ipykernel; `clvlab kernel install --sys-prefix`. Prints medians in milliseconds: start to the first result
of `1 + 1`, one more cell, and the first import of the library. A type check is part of each of ours.
"""

import logging
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

CELLS = 20
LIMIT = 60
TEXTS = {
    "clvlab": ("1 + 1", "const n{0}: number = {0}", "import * as clv from 'clvlab'"),
    "python3": ("1 + 1", "n{0}: int = {0}", "import statistics"),
}


def measure(name):
    first, cell, library = TEXTS[name]
    began = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=LIMIT)

    def run(code):
        at = time.perf_counter()
        reply = client.execute_interactive(code, output_hook=lambda message: None, timeout=LIMIT)
        if reply["content"]["status"] != "ok":
            raise RuntimeError(reply["content"])
        return time.perf_counter() - at

    run(first)
    start = time.perf_counter() - began
    each = statistics.median(run(cell.format(i)) for i in range(CELLS))
    imported = run(library)
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return start, each, imported


def main(runs):
    logging.disable(logging.WARNING)
    found = {name: [] for name in TEXTS}
    for _ in range(runs):
        for name in TEXTS:
            found[name].append(measure(name))
    ours, peer = ([1000 * statistics.median(run[i] for run in found[name]) for i in range(3)] for name in TEXTS)
    print(f"start to first result   {ours[0]:7.1f} ms, ipykernel {peer[0]:7.1f} ms, ratio {peer[0] / ours[0]:.2f}")
    print(f"one cell                {ours[1]:7.1f} ms, ipykernel {peer[1]:7.1f} ms, ratio {peer[1] / ours[1]:.2f}")
    print(f"first import of the lib {ours[2]:7.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
