"""check --fix, publish, clean and index audit, as a clerk runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from replygen.cli.main import run
from replygen.models import Block, Draft, DraftSection, Sentence
from replygen.settings import load_profile, resource
from replygen.word import export_docx, read_docx_draft

Command = Callable[..., tuple[int, str, str]]

GOOD = """云市监提复[2026]005号

对市政协五届三次会议第0126号提案的答复

林静、周海明委员:
你们提出的《关于促进我市直播电商规范经营的提案》（第0126号）收悉。现答复如下:
1、我局将于2027年06月30日前,会同市网信办建立直播间巡查制度。
感谢你们对市场监管工作的关心和支持！

云川市市场监督管理局
2026年11月3日
（联系人：许嘉木，联系电话：0000-1234567）
抄送：市政协提案委员会、市政府督查室
"""


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPLYGEN_INDEX", raising=False)
    monkeypatch.delenv("REPLYGEN_PROFILE", raising=False)
    profile = str(resource("corpus", "profile.toml"))

    def call(*words: str) -> tuple[int, str, str]:
        code = run([*words, "--profile", profile])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "稿.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter without open places, with comments."""

    def form(text: str) -> Sentence:
        return Sentence(text, "form")

    typed = Sentence("我局将于2027年06月底前,建立直播间巡查制度。", "typed", ("proposal",), ask=1)
    draft = Draft(
        title="对市政协五届三次会议第0126号提案的答复",
        form="letter",
        header=(
            Block("doc_number", (form("云市监提复〔2026〕5号"),)),
            Block("title", (form("对市政协五届三次会议第0126号提案的答复"),)),
            Block("addressee", (form("林静委员："),)),
        ),
        sections=(
            DraftSection(form("一、关于加大监管力度"), 1, (Block("body", (typed,), "planned"),)),
        ),
        signoff=(
            Block("sign_unit", (form("云川市市场监督管理局"),)),
            Block("sign_date", (form("2026年11月3日"),)),
            Block("contacts", (form("（联系人：许嘉木，联系电话：0000-1234567）"),)),
        ),
    )
    profile = load_profile(resource("corpus", "profile.toml"))
    return export_docx(draft, tmp_path / "稿.docx", profile=profile)


# ── check --fix ────────────────────────────────────────────────────────────


def test_fix_writes_a_copy_and_says_what_changed(command: Command, text: Path) -> None:
    code, out, _ = command("check", str(text), "--fix")
    assert code == 0
    fixed = (text.parent / "稿-已修正.txt").read_text(encoding="utf-8")
    assert "云市监提复〔2026〕5号" in fixed
    assert "林静、周海明委员：\n" in fixed
    assert "1.我局将于2027年6月30日前，会同" in fixed
    assert fixed.endswith("督查室。\n")
    assert "“1、”" not in out and "“、”→“.”" in out
    assert text.read_text(encoding="utf-8") == GOOD


def test_fix_as_json_has_the_changes_and_the_report_of_the_fixed_text(
    command: Command, text: Path
) -> None:
    code, out, _ = command("check", str(text), "--fix", "-o", "改.txt", "--json")
    result = json.loads(out)
    assert (code, result["output"]) == (0, "改.txt")
    assert {"rule", "paragraph", "before", "after"} == set(result["fixed"][0])
    assert {f["rule"] for f in result["fixed"]} >= {"form.doc_number", "form.salutation", "form.cc"}
    still = {f["rule"] for f in result["findings"] if f["where"]}
    assert not still & {"form.doc_number", "form.salutation", "form.cc", "form.numbering"}


def test_fix_in_word_keeps_the_sources(command: Command, letter: Path) -> None:
    code, out, _ = command("check", str(letter), "--fix", "-o", "改.docx")
    assert code == 0, out
    texts, draft = read_docx_draft(Path("改.docx"))
    assert "我局将于2027年6月底前，建立直播间巡查制度。" in texts
    assert draft is not None
    assert tuple(b.text for b in draft.blocks) == texts


def test_nothing_to_fix_writes_nothing(command: Command, tmp_path: Path) -> None:
    Path("好.txt").write_text("我局将于2027年6月底前建立制度。\n", encoding="utf-8")
    code, out, _ = command("check", "好.txt", "--fix")
    assert code == 0
    assert "没有可以直接修正" in out
    assert not Path("好-已修正.txt").exists()


def test_markdown_keeps_its_marks_and_line_ends(command: Command) -> None:
    Path("稿.md").write_bytes("# 答复\r\n\r\n- **加强**监管,规范经营.\r\n".encode())
    assert command("check", "稿.md", "--fix", "-o", "改.md")[0] == 0
    assert Path("改.md").read_bytes().decode() == "# 答复\r\n\r\n- **加强**监管，规范经营。\r\n"


# ── publish ────────────────────────────────────────────────────────────────


def test_publish_takes_contacts_out_and_lists_them(command: Command, letter: Path) -> None:
    code, out, _ = command("publish", str(letter), "-o", "公开.docx")
    assert code == 0, out
    texts, draft = read_docx_draft(Path("公开.docx"))
    assert draft is None
    assert not any("许嘉木" in t for t in texts)
    assert "云川市市场监督管理局" in texts
    assert "联系方式：（联系人：许嘉木" in out


def test_publish_as_json(command: Command, letter: Path) -> None:
    code, out, _ = command("publish", str(letter), "--json")
    result = json.loads(out)
    assert code == 0
    assert result["output"].endswith("稿-公开.docx")
    assert {"联系方式", "批注", "出处数据"} <= {r["kind"] for r in result["removed"]}
    assert result["refused"] == []


def test_publish_text(command: Command, text: Path) -> None:
    code, _, _ = command("publish", str(text), "-o", "公开.txt")
    assert code == 0
    left = Path("公开.txt").read_text(encoding="utf-8")
    assert left == GOOD.replace("（联系人：许嘉木，联系电话：0000-1234567）\n", "")


@pytest.mark.parametrize(
    ("more", "why"),
    [("【请补充：时间】", "必须改"), ("机密★10年\n", "密级"), ("（不同意公开）\n", "公开属性")],
)
def test_publish_refuses(command: Command, text: Path, more: str, why: str) -> None:
    text.write_text(GOOD + more, encoding="utf-8")
    for words in (["publish", str(text)], ["publish", str(text), "--json"]):
        code, out, _ = command(*words)
        assert (code, why in out) == (1, True)
    assert not (text.parent / "稿-公开.txt").exists()


# ── clean ──────────────────────────────────────────────────────────────────


def test_clean_keeps_text_and_sources(command: Command, letter: Path) -> None:
    code, out, _ = command("clean", str(letter), "-o", "净.docx")
    assert code == 0
    assert read_docx_draft(Path("净.docx")) == read_docx_draft(letter)
    assert "批注" in out
    command("clean", str(letter), "-o", "净2.docx", "--drop-sources")
    assert read_docx_draft(Path("净2.docx"))[1] is None


def test_clean_refuses_while_a_place_is_open(command: Command, tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("我局将于【时间】前完成。")
    document.save(str(tmp_path / "空.docx"))
    code, out, _ = command("clean", "空.docx")
    assert (code, "必须改" in out) == (1, True)
    assert not (tmp_path / "空-净稿.docx").exists()


# ── errors are one line ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    [
        ["check", "没有.docx", "--fix"],
        ["check", "稿.txt", "-o", "改.txt"],
        ["publish", "没有.docx"],
        ["clean", "没有.docx"],
        ["clean", "稿.txt"],
        ["publish", "稿.txt", "-o", "."],
    ],
)
def test_an_error_is_one_line_and_code_2(command: Command, text: Path, words: list[str]) -> None:
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert err.startswith("错误：") and err.count("\n") == 1


# ── index audit ────────────────────────────────────────────────────────────


def test_the_audit_lists_stale_citations(command: Command, tmp_path: Path) -> None:
    Path("旧.txt").write_text(
        "关于第12号提案的答复\n依据《中华人民共和国合同法》第八条处理。\n2019年5月8日\n",
        encoding="utf-8",
    )
    assert command("index", "add", "旧.txt")[0] == 0
    code, out, _ = command("index", "audit", "--json")
    result = json.loads(out)
    assert (code, result["documents"]) == (0, 1)
    assert [(s["article"], s["verdict"], s["successor"]) for s in result["stale"]] == [
        ("第八条", "repealed", "民法典")
    ]
    code, out, _ = command("index", "audit")
    assert (code, "民法典" in out) == (0, True)
