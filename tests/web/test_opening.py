"""From the start to the first screen: the port answers at once, then the page is there."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest
from starlette.testclient import TestClient

from replygen.errors import SettingsError
from replygen.web.auth.headers import SecurityHeaders
from replygen.web.gradio_startup import Opening, open_socket, serve
from replygen.web.serving import is_loopback


async def page(scope, receive, send) -> None:
    """A page, with a start and an end of its own."""
    if scope["type"] == "lifespan":
        for what in ("startup", "shutdown"):
            assert (await receive())["type"] == f"lifespan.{what}"
            await send({"type": f"lifespan.{what}.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"ready"})


def test_the_port_answers_before_the_page_is_made_and_then_with_the_page():
    made, go = threading.Event(), threading.Event()

    def make():
        made.set()
        assert go.wait(20)
        return page

    # the client's lifespan and requests run in a thread: the browser tests leave a loop here
    with TestClient(SecurityHeaders(Opening(make)), base_url="http://127.0.0.1") as client:
        waits = client.get("/")
        assert waits.status_code == 503
        assert "正在打开" in waits.text and 'lang="zh-CN"' in waits.text
        assert "default-src 'self'" in waits.headers["content-security-policy"]
        go.set()
        for _ in range(200):
            answer = client.get("/")
            if answer.status_code == 200:
                break
            time.sleep(0.02)
        assert answer.text == "ready"


def test_what_goes_wrong_while_the_page_is_made_ends_the_server_and_is_raised():
    def make():
        raise SettingsError("设置不对")

    opening = Opening(make)
    with pytest.raises(SettingsError, match="设置不对"):
        serve(opening, opening, open_socket("127.0.0.1", 0))


def test_an_application_that_ends_at_its_start_is_no_endless_wait():
    async def broken(scope, receive, send) -> None:
        raise SettingsError("没有打开")

    opening = Opening(lambda: broken)
    with pytest.raises(SettingsError, match="没有打开"):
        serve(opening, opening, open_socket("127.0.0.1", 0))


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.1.2.3", False),
        ("office.example", False),
        ("localhost.evil.example", False),
    ],
)
def test_only_this_machines_own_addresses_need_no_login(host, local):
    assert is_loopback(host) is local


def run_python(code: str) -> str:
    """What ``code`` prints in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_port_waits_for_no_room_behind_the_page():
    rooms = "('drafting', 'checking', 'word', 'workspace', 'parsing', 'service', 'statistics')"
    loaded = run_python(
        "import sys, replygen.cli.main\nfrom replygen.web import serve_page\n"
        f"print([room for room in {rooms} if f'replygen.{{room}}' in sys.modules])"
    )
    assert loaded == "[]"


STEPS = {
    "pandas is loaded": "'pandas' in sys.modules",
    "mcp is loaded": "find_spec('mcp') is None or 'mcp' in sys.modules",
    "stubs are written": "bool(stubs)",
    "applications are made": "bool(made)",
}


@pytest.fixture(scope="module")
def plain_gradio():
    """What Gradio does when nothing is put off."""
    told = run_python(
        "import sys\nfrom importlib.util import find_spec\nstubs, made = [], []\n"
        "def hear(event, what):\n"
        "    if event == 'open' and str(what[0]).endswith('.pyi'): stubs.append(what[0])\n"
        "sys.addaudithook(hear)\n"
        "import gradio as gr\nfrom gradio.routes import App\n"
        "create = App.create_app\n"
        "App.create_app = staticmethod(lambda *a, **k: made.append(1) or create(*a, **k))\n"
        "with gr.Blocks(): gr.Button()\n"
        f"print({', '.join(STEPS.values())})"
    )
    return dict(zip(STEPS, told.split(), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("what", STEPS)
def test_what_is_put_off_is_still_done_by_a_plain_gradio(plain_gradio, what):
    assert plain_gradio[what] == "True", "drop this step from web/gradio_startup.py"


def test_gradio_is_loaded_without_writing_stubs_for_editors():
    told = run_python(
        "import sys\nstubs = []\n"
        "def hear(event, what):\n"
        "    if event == 'open' and str(what[0]).endswith('.pyi'): stubs.append(what[0])\n"
        "sys.addaudithook(hear)\n"
        "from replygen.web.gradio_startup import load_gradio\nload_gradio()\nimport gradio\n"
        "print(stubs, gradio.Button.click is not None)\n"
    )
    assert told == "[] True"


def test_the_page_makes_no_application_of_gradios_before_it_is_mounted():
    told = run_python(
        "from replygen.web.gradio_startup import load_gradio, without_applications\nload_gradio()\n"
        "import gradio as gr\nfrom gradio.routes import App\n"
        "with without_applications(), gr.Blocks() as page: gr.Button().click(lambda: 1)\n"
        "print(page.app, len(page.fns))\n"
        "print(gr.mount_gradio_app(__import__('fastapi').FastAPI(), page, path='').routes != [])\n"
        "print(isinstance(App.create_app(page), App))"
    )
    assert told.splitlines() == ["None 1", "True", "True"]


def test_pandas_waits_until_something_of_it_is_used():
    told = run_python(
        "import sys\nfrom replygen.web.gradio_startup import load_gradio\nload_gradio()\n"
        "import gradio as gr\nprint('pandas' in sys.modules)\n"
        "table = gr.Dataframe(headers=['甲']).postprocess([['乙']])\n"
        "print(table.data, 'pandas' in sys.modules, sys.modules['pandas'].DataFrame.__name__)"
    )
    assert told.splitlines() == ["False", "[['乙']] True DataFrame"]


def test_a_taken_port_is_one_chinese_line_and_exit_2(tmp_path):
    with open_socket("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-c", "from replygen.cli.main import main; main()"]
            + ["serve", "--port", str(port)],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
    assert done.returncode == 2
    assert "--port" in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
