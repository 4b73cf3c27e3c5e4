"""The sample bureau's desk, and one proposal with what was found for it."""

from __future__ import annotations

import pytest

from replygen import Desk, load_settings
from replygen.drafting import gather_evidence
from replygen.settings import resource, sample_settings


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    pytest.importorskip("openai", reason="没有安装 openai")
    folder = tmp_path_factory.mktemp("writing")
    with Desk(sample_settings(load_settings(cwd=folder))) as desk:
        desk.add([resource("corpus", "own")], own=True, encode=0)
        desk.add([resource("corpus", "rules")], encode=0)
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")), encode=0)
        yield desk


@pytest.fixture(scope="session")
def case(desk):
    """(proposal, evidence, our draft)"""
    proposal = desk.read_proposal(resource("corpus", "proposals", "0126.docx"))
    profile = desk.settings.profile
    evidence = gather_evidence(proposal, desk.index, profile=profile, judge=desk.judge)
    return proposal, evidence, desk.compose(proposal, evidence=evidence)


@pytest.fixture(scope="session")
def write(desk, case):
    """What has a scripted server write the sample's draft: ``write(script)``."""
    from replygen.settings import Writer
    from replygen.writing import Journal, open_model, write_draft
    from replygen.writing.scripted import serve_script

    def writing(script, *, of=case, journal=None, timeout=20.0, key_env="", **more):
        proposal, evidence, draft = of
        with serve_script(script) as address:
            writer = Writer(base_url=address, model="模拟", timeout=timeout, key_env=key_env)
            return write_draft(
                draft, proposal, evidence, model=open_model(writer),
                profile=desk.settings.profile, index=desk.index, judge=desk.judge,
                journal=journal or Journal(), **more,
            )  # fmt: skip

    return writing
