"""What the conformance suite leaves out, through the real jupyter_client and nbclient."""

import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

LIMIT = 30


class Session:
    """A kernel in a process of its own and a client that keeps everything it hears."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="clvlab")
        self.manager.start_kernel()
        self.connect()

    def connect(self):
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=LIMIT)

    def run(self, code, **options):
        """Runs a cell; gives its reply and what was published for it up to its idle status."""
        published = []
        reply = self.client.execute_interactive(code, output_hook=published.append, timeout=LIMIT, **options)
        return reply["content"], published

    def text(self, code):
        """The stdout of a cell that must succeed."""
        reply, published = self.run(code)
        assert reply["status"] == "ok", reply
        return "".join(m["content"]["text"] for m in published if m["msg_type"] == "stream" and m["content"]["name"] == "stdout")

    def begin(self, code, said):
        """Starts a cell and waits until it has printed something."""
        request = self.client.execute(code)
        while True:
            message = self.client.get_iopub_msg(timeout=LIMIT)
            if message["msg_type"] == "stream" and said in message["content"]["text"]:
                return request

    def reply_to(self, request):
        while True:
            message = self.client.get_shell_msg(timeout=LIMIT)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def shared():
    session = Session()
    yield session
    session.close()


@pytest.fixture
def fresh():
    session = Session()
    yield session
    session.close()


BUSY = {
    "an await": "console.log('on'); await new Promise(done => setTimeout(done, 60_000))",
    "a busy loop": "console.log('on'); for (let i = 0; ; i++) if (i % 1e8 === 0) console.log('.')",
    "a busy loop after an await": "await 1; console.log('on'); for (let i = 0; ; i++) if (i % 1e8 === 0) console.log('.')",
}


@pytest.mark.parametrize("code", BUSY.values(), ids=BUSY.keys())
def test_interrupt_stops_and_keeps_the_session(shared, code):
    shared.text("let kept = 41")
    request = shared.begin(code, "on")
    shared.manager.interrupt_kernel()
    reply = shared.reply_to(request)
    assert (reply["status"], reply["ename"]) == ("error", "Interrupted")
    assert shared.text("console.log(kept + 1)") == "42\n"


def test_restart_forgets_and_serves_again(fresh):
    fresh.text("const gone = 1; setInterval(() => undefined, 10)")
    fresh.client.stop_channels()
    fresh.manager.restart_kernel()
    fresh.connect()
    reply, _ = fresh.run("gone")
    assert reply["ename"] == "TypeScriptError"
    assert fresh.text("console.log('again')") == "again\n"


def test_shutdown_ends_the_process_despite_timers(fresh):
    fresh.text("setInterval(() => undefined, 10)")
    fresh.client.shutdown()
    deadline = time.monotonic() + LIMIT
    while fresh.manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not fresh.manager.is_alive()


def test_a_kernel_whose_front_end_is_killed_ends_too():
    start = "from jupyter_client.manager import KernelManager as M; m = M(kernel_name='clvlab'); m.start_kernel(); c = m.client(); c.start_channels(); c.wait_for_ready(); print(m.provisioner.pid, flush=True); input()"
    front_end = subprocess.Popen([sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    kernel = int(front_end.stdout.readline())
    front_end.send_signal(signal.SIGKILL)
    front_end.wait()
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        try:
            os.kill(kernel, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.kill(kernel, signal.SIGKILL)
    pytest.fail("the kernel lives on")


def test_volume_loses_nothing(shared):
    reply, published = shared.run("for (let i = 0; i < 100_000; i++) console.log(i)")
    assert reply["status"] == "ok"
    text = "".join(m["content"]["text"] for m in published if m["msg_type"] == "stream")
    assert text == "".join(f"{i}\n" for i in range(100_000))
    assert len(published) < 200


def test_update_display_reaches_the_first_output(shared):
    _, shown = shared.run("const place = display('one')")
    [first] = [m for m in shown if m["msg_type"] == "display_data"]
    _, again = shared.run("place.update('two')")
    [update] = [m for m in again if m["msg_type"] == "update_display_data"]
    assert update["content"]["transient"] == first["content"]["transient"] != {}
    assert update["content"]["data"]["text/plain"] == "'two'"


def test_stdin_asks_and_is_answered(shared):
    def answer(message):
        assert message["content"]["prompt"] == "name? "
        shared.client.input("Ada")

    reply, published = shared.run("console.log(`hello ${await input('name? ')}`)", allow_stdin=True, stdin_hook=answer)
    assert reply["status"] == "ok"
    assert "hello Ada\n" in [m["content"]["text"] for m in published if m["msg_type"] == "stream"]


def test_stdin_is_refused_where_nobody_can_answer(shared):
    reply, _ = shared.run("await input('name? ')", allow_stdin=False)
    assert (reply["status"], reply["ename"]) == ("error", "KernelError")


def test_comms_are_none_and_unknown_messages_make_no_noise(shared):
    request = shared.client.comm_info()
    assert shared.reply_to(request) == {"status": "ok", "comms": {}}
    session = shared.client.session
    for kind in ("comm_open", "comm_msg", "comm_close", "no_such_request"):
        shared.client.shell_channel.send(session.msg(kind, {"comm_id": "x", "target_name": "t", "data": {}}))
    _, published = shared.run("'quiet'")
    assert [m["msg_type"] for m in published if m["msg_type"] not in ("status", "execute_input", "execute_result")] == []


def test_late_output_belongs_to_its_own_cell(shared):
    first = shared.client.execute("setTimeout(() => console.log('late'), 300); undefined")
    shared.reply_to(first)
    second = shared.client.execute("await new Promise(done => setTimeout(done, 900))")
    while True:
        message = shared.client.get_iopub_msg(timeout=LIMIT)
        if message["msg_type"] == "stream":
            assert message["parent_header"]["msg_id"] == first
            break
    assert shared.reply_to(second)["status"] == "ok"


def notebook(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


def test_nbclient_runs_a_notebook():
    ran = NotebookClient(notebook("const n = 20", "console.log(n)", "n + 1"), kernel_name="clvlab", timeout=LIMIT).execute()
    assert ran.cells[1].outputs[0].text == "20\n"
    assert ran.cells[2].outputs[0].data["text/plain"] == "21"
    nbformat.validate(ran)


def test_nbclient_stops_at_a_floating_rejection():
    with pytest.raises(CellExecutionError, match="loose"):
        NotebookClient(notebook("void Promise.reject(new Error('loose'))", "1"), kernel_name="clvlab", timeout=LIMIT).execute()


def test_nbclient_runs_every_cell_behind_a_failed_one_when_told_to():
    ran = NotebookClient(notebook("throw new Error('first')", "'second'", "'third'"), kernel_name="clvlab", timeout=LIMIT, allow_errors=True).execute()
    assert [cell.outputs[0].output_type for cell in ran.cells] == ["error", "execute_result", "execute_result"]
