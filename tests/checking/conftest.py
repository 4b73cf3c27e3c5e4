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
        title="关于促进我市直播电商规范经营的提案",
        channel="cppcc",
        session="五届三次",
        number="0126",
        proposers=("林静", "周海明"),
        host_role="主办",
        background="近年来，我市直播电商快速发展，柳塘镇竹编、桐坪镇鲜果通过直播走向全国。",
        problems="直播间虚假宣传、以次充好时有发生，主播素质参差不齐。",
        asks=(
            Ask(1, "加大监管力度", "加大监管力度，查处直播间里的虚假宣传、以次充好。"),
            Ask(
                2,
                "督促平台和直播机构履行义务，建立主播培训制度",
                "督促平台和直播机构履行义务，建立主播培训制度。",
            ),
            Ask(3, "制定地方标准，引导行业自律", "制定地方标准，引导行业自律。"),
        ),
    )


@pytest.fixture(scope="session")
def own_texts() -> tuple[str, ...]:
    return (
        "全年组织直播带货专项监测6轮，筛出违法线索43条，全部移交办理。",
        "会同市商务局、市网信办设立网络监管联席会议，每季度会商一次。",
        "下一步，我局将于2025年12月底前上线网络交易监测平台。",
    )


@pytest.fixture(scope="session")
def tables() -> Path:
    return Path(__file__).resolve().parent
