"""The sample unit, its proposal and its material, all fictional."""

from __future__ import annotations

from pathlib import Path

import pytest

from replygen.models import Ask, Proposal
from replygen.settings import Profile, load_profile, resource


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile(resource("corpus", "profile.toml"))


@pytest.fixture(scope="session")
def proposal() -> Proposal:
    return Proposal(
        title="关于规范我市直播电商健康发展的提案",
        channel="cppcc",
        session="五届三次",
        number="0126",
        proposers=("林静", "周海明"),
        host_role="主办",
        background="近年来，我市直播电商快速发展，柳塘镇竹编、桐坪镇鲜果通过直播走向全国。",
        problems="直播间虚假宣传、以次充好时有发生，主播素质参差不齐。",
        asks=(
            Ask(1, "加大监管力度", "加大监管力度，严查直播间虚假宣传、以次充好。"),
            Ask(
                2,
                "压实平台和直播机构的主体责任，建立主播培训制度",
                "压实平台和直播机构的主体责任，建立主播培训制度。",
            ),
            Ask(3, "出台地方标准，推动行业自律", "出台地方标准，推动行业自律。"),
        ),
    )


@pytest.fixture(scope="session")
def own_texts() -> tuple[str, ...]:
    return (
        "全年开展直播营销专项监测6轮，发现涉嫌违法线索43条，均已移交处置。",
        "与市网信办、市商务局建立网络市场监管联席会议制度，每季度会商一次。",
        "下一步，我局将于2025年底前建成网络交易监测平台。",
    )


@pytest.fixture(scope="session")
def tables() -> Path:
    return Path(__file__).resolve().parent
