"""The endpoints for other systems, asked over HTTP of a server that wants a login."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from replygen.settings import resource

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
PROPOSAL = resource("corpus", "proposals", "0126.docx")
TEXT = (
    "关于规范直播带货的提案\n背景：直播带货投诉较多。\n"
    "建议：一、加强直播间监测。二、建立主播培训制度。"
)


@pytest.fixture(scope="module")
def clients(guarded):
    """One gradio_client for each user, signed in."""
    from gradio_client import Client

    return {
        name: Client(f"{guarded.url}/api", auth=(name, password), verbose=False)
        for name, password in guarded.passwords.items()
    }


@contextmanager
def sign_in(guarded, name: str) -> Iterator[httpx.Client]:
    """A plain HTTP client with the cookie of a user, as curl keeps it."""
    with httpx.Client(base_url=guarded.url, timeout=60) as client:
        data = {"username": name, "password": guarded.passwords[name]}
        assert client.post("/login", data=data).status_code == 200
        yield client


def call(client: httpx.Client, endpoint: str, data: list[object]) -> tuple[str, object]:
    """Ask an endpoint as curl does: (``complete`` or ``error``, what came)."""
    started = client.post(f"/api/gradio_api/call/{endpoint}", json={"data": data})
    assert started.status_code == 200, started.text
    text = client.get(f"/api/gradio_api/call/{endpoint}/{started.json()['event_id']}").text
    event, data_line = [line for line in text.splitlines() if line][-2:]
    return event.removeprefix("event: "), json.loads(data_line.removeprefix("data: "))


@pytest.mark.slow
def test_a_draft_of_a_text_comes_with_its_word_file(clients):
    draft, docx = clients["小林"].predict(text=TEXT, api_name="/draft")
    assert [s["ask"] for s in draft["sections"] if s["ask"]] == [1, 2]
    assert draft["proposal"]["title"] == "关于规范直播带货的提案"
    assert draft["docx"] == "答复草稿.docx"
    with zipfile.ZipFile(docx) as archive:
        assert "加强直播间监测" in archive.read("word/document.xml").decode()


def test_a_draft_of_a_file_is_checked_against_its_proposal(clients):
    from gradio_client import handle_file

    client = clients["小林"]
    draft, docx = client.predict(proposal=handle_file(PROPOSAL), form="phase", api_name="/draft")
    assert draft["proposal"]["number"] == "0126"
    checked = client.predict(
        draft=handle_file(docx), proposal=handle_file(PROPOSAL), api_name="/check"
    )
    assert len(checked["coverage"]) == 3
    assert any(f["rule"] == "slot.open" for f in checked["findings"])


def test_material_may_be_stated_as_done(clients, tmp_path):
    from gradio_client import handle_file

    path = tmp_path / "材料.txt"
    path.write_text(
        "2026年工作情况\n一是加强直播间监测。2026年上半年，我局监测直播间57个。\n", encoding="utf-8"
    )
    draft, _ = clients["小林"].predict(text=TEXT, material=[handle_file(path)], api_name="/draft")
    own = [s["text"] for part in draft["sections"] for s in part["sentences"]
           if s["origin"] == "own"]  # fmt: skip
    assert any("57个" in text for text in own)


def test_search_finds_measures_and_says_what_a_kind_may_be(clients):
    found = clients["老周"].predict(query="直播 监测", kind="measure", k=3, api_name="/search")
    assert 1 <= len(found["hits"]) <= 3
    assert all(hit["kind"] == "measure" for hit in found["hits"])
    assert str(resource("corpus")) not in json.dumps(found)
    with pytest.raises(Exception, match="kind 只能是"):
        clients["老周"].predict(query="直播", kind="law", api_name="/search")


def test_add_takes_files_and_names_none_of_the_servers_paths(clients, guarded, tmp_path):
    from gradio_client import handle_file

    good, bad = tmp_path / "新的.txt", tmp_path / "坏的.docx"
    good.write_text("甲县工作情况\n一是建立了台账。二是开展了检查。\n", encoding="utf-8")
    bad.write_bytes(b"PK\x03\x04" + bytes(40))
    added = clients["小陈"].predict(
        files=[handle_file(good), handle_file(bad)], region="甲省乙市", api_name="/add"
    )
    assert added["added"] == 1
    assert [row["file"] for row in added["failed"]] == ["坏的.docx"]
    assert str(tmp_path) not in json.dumps(added) and "/tmp" not in json.dumps(added)
    again = clients["小陈"].predict(files=[handle_file(good)], api_name="/add")
    assert again["added"] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "endpoint", "data", "word"),
    [
        ("小林", "add", [None, False, ""], "语料库"),
        ("老周", "add", [None, False, ""], "语料库"),
        ("老周", "draft", [TEXT, None, None, ""], "起草"),
        ("小陈", "draft", [TEXT, None, None, ""], "起草"),
        ("小陈", "check", [None, None], "审核"),
    ],
)
def test_an_endpoint_of_another_role_is_refused(guarded, name, endpoint, data, word):
    with sign_in(guarded, name) as client:
        event, told = call(client, endpoint, data)
    assert event == "error"
    assert "权限" in json.dumps(told, ensure_ascii=False)
    assert word in json.dumps(told, ensure_ascii=False)


def test_no_way_around_the_roles_leads_to_the_action(guarded):
    """By name at once, by number through the queue, on the page and at the endpoints."""
    with sign_in(guarded, "小林") as client:
        for base in ("", "/api"):
            config = client.get(f"{base}/config").json()
            wanted = [d for d in config["dependencies"] if d["api_name"] in ("add", "laws")]
            assert wanted
            for dependency in wanted:
                arguments = [None] * len(dependency["inputs"])
                body = {"data": arguments, "fn_index": dependency["id"], "session_hash": "s"}
                ran = client.post(f"{base}/gradio_api/run/{dependency['api_name']}", json=body)
                assert ran.status_code == 500 and "权限" in ran.text
                client.post(f"{base}/gradio_api/queue/join", json=body)
                stream = client.get(f"{base}/gradio_api/queue/data", params={"session_hash": "s"})
                assert '"success":false' in stream.text
                assert (
                    "权限"
                    in json.loads(
                        next(li for li in stream.text.splitlines() if "process_completed" in li)[6:]
                    )["output"]["error"]
                )


def test_without_a_login_nothing_is_told(guarded):
    from gradio_client import Client
    from gradio_client.exceptions import AuthenticationError

    for path in ("/api/config", "/api/gradio_api/info", "/config"):
        assert httpx.get(guarded.url + path).status_code == 401
    with pytest.raises(AuthenticationError):
        Client(f"{guarded.url}/api", auth=("小林", "falsch-2026"), verbose=False)


@pytest.mark.slow
@pytest.mark.parametrize("made_up", ["passwd", "index", "users", "page.py"])
def test_a_path_of_the_server_is_neither_read_nor_served(guarded, made_up):
    paths = {
        "passwd": Path("/etc/passwd"),
        "index": next(guarded.settings.index.glob("*.db")),
        "users": guarded.users.path,
        "page.py": Path(__file__),
    }
    path = paths[made_up]
    secret = path.read_bytes()[:40]
    files = [
        str(path),
        {"path": str(path), "meta": {"_type": "gradio.FileData"}},
        {"path": f"/tmp/gradio/../..{path}", "meta": {"_type": "gradio.FileData"}},
        {"path": path.as_uri(), "meta": {"_type": "gradio.FileData"}},
        {"path": "x", "url": path.as_uri(), "meta": {"_type": "gradio.FileData"}},
        {"path": "a\0b", "meta": {"_type": "gradio.FileData"}},
    ]
    link = Path(tempfile.gettempdir()) / "gradio" / f"link-{made_up}.txt"
    link.unlink(missing_ok=True)
    link.symlink_to(path)
    files.append({"path": str(link), "meta": {"_type": "gradio.FileData"}})
    with sign_in(guarded, "小林") as client:
        for base in ("", "/api"):
            for form in (f"file={path}", f"file/{path}", f"file=../../..{path}"):
                answer = client.get(f"{base}/gradio_api/{form}")
                assert answer.status_code in (403, 404)
                assert secret not in answer.content
        for file in files:
            event, told = call(client, "check", [file, None])
            assert event == "error", file
            assert secret.decode(errors="replace") not in json.dumps(told)
        config = client.get("/config").json()
        read = next(d for d in config["dependencies"] if d["api_name"] == "read")
        for file in files[1:]:
            body = {"data": ["", file], "fn_index": read["id"], "session_hash": "s"}
            answer = client.post("/gradio_api/run/read", json=body)
            assert answer.status_code == 500 and "要先上传" in answer.text
    link.unlink()


def test_a_file_is_never_fetched_from_an_address(guarded):
    import http.server
    import threading

    asked = []

    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write("建议：一、泄密。".encode())

        def log_message(self, *_: object) -> None:
            pass

    other = http.server.HTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{other.server_port}/a.txt"
    try:
        with sign_in(guarded, "小林") as client:
            for sent in ({"path": address}, {"path": address, "url": address}, address):
                event, _ = call(client, "draft", ["", sent, None, ""])
                assert event == "error"
            for base in ("", "/api"):
                for kind in ("file", "proxy"):
                    assert client.get(f"{base}/gradio_api/{kind}={address}").status_code == 404
    finally:
        other.shutdown()
    assert asked == []


def test_what_goes_wrong_is_one_chinese_line_without_the_inside(guarded, tmp_path):
    with sign_in(guarded, "小林") as client:
        for endpoint, data, word in (
            ("draft", ["  ", None, None, ""], "没有文字"),
            ("draft", [TEXT, None, None, "../../etc/passwd"], "form 只能是"),
            ("draft", [TEXT, None, None, "nonsense"], "nonsense"),
            ("check", [None, None], "缺少 draft"),
            ("search", ["", "", 5], "检索词"),
            ("search", ["直播", "", -3], "大于 0"),
        ):
            event, told = call(client, endpoint, data)
            text = json.dumps(told, ensure_ascii=False)
            assert event == "error" and word in text, (endpoint, data, text)
            assert "Traceback" not in text and "/work/" not in text and "/tmp/" not in text


def test_a_program_is_refused_by_its_content_and_a_page_comes_back_as_a_download(guarded):
    with sign_in(guarded, "小林") as client:
        sent = client.post(
            "/api/gradio_api/upload",
            files=[
                ("files", ("a.docx", b"MZ" + bytes(range(256)) * 4)),
                ("files", ("b.html", b"<script>alert(1)</script>")),
            ],
        ).json()
        event, told = call(client, "check", [{"path": sent[0]}, None])
        assert event == "error" and "a.docx" in json.dumps(told, ensure_ascii=False)
        page = client.get(f"/api/gradio_api/file={sent[1]}")
        assert page.headers["content-disposition"].startswith("attachment")


@pytest.fixture(scope="module")
def unguarded(serve, guarded):
    """The address of a server that wants no login, as a single user runs it."""
    with serve(guarded.settings) as served:
        yield served.url


def read_example(language: str) -> str:
    """The example of docs/api.md in a language, as it stands there."""
    blocks = re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    assert len(blocks) == 1
    return blocks[0]


def run_example(command: list[str], folder: Path) -> str:
    """What an example says where the corpus lies; nothing is said of an error."""
    (folder / "corpus").symlink_to(resource("corpus"))
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def read_events(told: str) -> tuple[dict[str, object], dict[str, object]]:
    """The draft and the file of an answer to /draft as curl shows it."""
    assert "event: complete" in told, told
    draft, file = json.loads(told.split("data: ")[-1])
    return draft, file


@pytest.mark.slow
def test_the_documented_python_works_as_written(unguarded, tmp_path):
    code = read_example("python").replace("http://127.0.0.1:7860", unguarded)
    told = run_example([sys.executable, "-c", code], tmp_path)
    assert "第0126号" in told
    assert ".docx" in told
    assert "block " in told and "还空着" in told
    hits, added = told.splitlines()[-2:]
    assert len(ast.literal_eval(hits)) == 5
    assert added == "0 []"  # the sample's own summary is there already


def test_the_documented_curl_works_as_written(unguarded, tmp_path):
    code = read_example("sh").replace("http://127.0.0.1:7860", unguarded)
    draft, file = read_events(run_example(["bash", "-eu", "-c", code], tmp_path))
    assert draft["proposal"]["number"] == "0126"
    assert httpx.get(file["url"]).content[:2] == b"PK"


def test_the_documented_curl_works_with_the_documented_login(guarded, tmp_path):
    """The commented step taken, and ``-b cookies.txt`` at each curl, as the text says."""
    code = read_example("sh").replace("http://127.0.0.1:7860", guarded.url)
    code = code.replace("curl -s", "curl -s -b cookies.txt")
    code = code.replace("# curl -s -b cookies.txt -c", "curl -s -o /dev/null -c")
    assert "username=oa" in code and "password=密码" in code
    code = code.replace("=oa", "=小林").replace("=密码", f"={guarded.passwords['小林']}")
    draft, _ = read_events(run_example(["bash", "-eu", "-c", code], tmp_path))
    assert draft["proposal"]["number"] == "0126"


def test_the_documented_examples_name_the_parameters_that_there_are(guarded):
    """docs/api.md, against what the server says of itself."""
    text = DOCUMENT.read_text(encoding="utf-8")
    with sign_in(guarded, "小林") as client:
        info = client.get("/api/gradio_api/info").json()["named_endpoints"]
    assert set(info) == {"/draft", "/check", "/search", "/add"}
    for name, endpoint in info.items():
        part = text.split(f"## {name.strip('/')}", 1)[1].split("\n## ", 1)[0]
        for parameter in endpoint["parameters"]:
            assert f"`{parameter['parameter_name']}`" in part, (name, parameter)
