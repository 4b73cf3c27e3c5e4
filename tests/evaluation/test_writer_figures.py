"""eval writer: what a model is worth, against scripted servers that are good and bad."""

from __future__ import annotations

import json
import time

import pytest

from replygen import Desk, load_settings
from replygen.cli.main import run
from replygen.errors import ReadError, WriterError
from replygen.evaluation.writer import WriterFigures, measure_writer, read_proposals
from replygen.settings import Limits, Writer, resource, sample_settings
from replygen.writing import open_model
from replygen.writing.scripted import Failure, answer_well, invent_one, serve_script


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    pytest.importorskip("openai", reason="没有安装 openai")
    folder = tmp_path_factory.mktemp("figures")
    with Desk(sample_settings(load_settings(cwd=folder))) as desk:
        desk.add([resource("corpus", "own")], own=True, encode=0)
        yield desk


@pytest.fixture(scope="module")
def proposals():
    return read_proposals(resource("corpus", "proposals", "0126.docx"), None, Limits())


@pytest.fixture
def measure(desk, proposals):
    def measuring(script):
        with serve_script(script) as address:
            model = open_model(Writer(base_url=address, model="模拟", timeout=5.0))
            return measure_writer(desk, proposals, model=model).to_json()

    return measuring


@pytest.mark.slow
def test_a_good_model_is_kept_and_answers_what_ours_answers(measure):
    def script(data):
        time.sleep(0.05)
        return answer_well(data)

    told = measure(script)
    assert told["n"] == 1 and told["asks"] == 3 and told["model"] == "模拟"
    assert told["metrics"]["sentences_refused"] == 0 and not told["refused"]
    assert 0 < told["metrics"]["sentences_kept"] <= 1
    assert told["metrics"]["demands_covered"] >= told["metrics"]["demands_covered_without"] > 0
    assert told["metrics"]["seconds_an_ask_p95"] >= told["metrics"]["seconds_an_ask"] >= 0.05


def test_the_slowest_of_three_is_not_under_the_ninety_fifth_of_a_hundred():
    told = WriterFigures("模拟", seconds=[0.1, 0.1, 90.0]).to_json()["metrics"]
    assert told["seconds_an_ask"] == 0.1 and told["seconds_an_ask_p95"] == 90.0


def test_what_is_refused_is_counted_by_reason(measure):
    told = measure(invent_one)
    assert sum(told["refused"].values()) == 3
    assert set(told["reasons"]) == set(told["refused"])
    share = 3 / told["sentences"]
    assert told["metrics"]["sentences_refused"] == pytest.approx(share, abs=1e-4)


def test_an_ask_without_a_usable_answer_counts_as_failed_and_keeps_what_ours_covers(measure):
    calls = []

    def script(data):
        calls.append(1)
        return "好的" if len(calls) == 1 else answer_well(data)

    told = measure(script)
    assert told["failed"] == {"模型的回答不是要求的格式": 1}
    assert told["metrics"]["asks_failed"] == pytest.approx(1 / 3, abs=1e-4)


def test_a_model_that_never_answers_is_an_error_of_one_line(measure):
    with pytest.raises(WriterError, match="一次也没有"):
        measure(lambda data: Failure(401))


def test_proposals_come_from_files_folders_and_data_sets(tmp_path):
    assert len(read_proposals(resource("corpus", "proposals"), 2, Limits())) == 2
    (tmp_path / "空").mkdir()
    with pytest.raises(ReadError, match="提案"):
        read_proposals(tmp_path / "空", None, Limits())


def test_the_command_prints_json_and_asks_for_a_model(tmp_path, monkeypatch, capsys):
    pytest.importorskip("openai", reason="没有安装 openai")
    monkeypatch.chdir(tmp_path)
    assert run(["eval", "writer"]) == 2
    assert "[writer]" in capsys.readouterr().err
    assert run(["eval", "letters"]) == 2
    assert "--data" in capsys.readouterr().err
    own = resource("corpus", "own", "reply-2024-0112.docx")
    with serve_script(answer_well) as address:
        (tmp_path / "replygen.toml").write_text(
            f'[writer]\nbase_url = "{address}"\nmodel = "模拟"\n', "utf-8"
        )
        assert run(["index", "add", "--own", "--later", str(own)]) == 0
        capsys.readouterr()
        assert run(["eval", "writer", "-n", "1", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["set"] == "writer" and told["n"] == 1
        assert run(["eval", "writer", "-n", "1"]) == 0
        assert "每项" in capsys.readouterr().out
