"""Log-in and roles in a real browser; no other host is ever asked; readable for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from replygen.settings import resource

pytestmark = pytest.mark.browser
PROPOSAL = resource("corpus", "proposals", "0126.docx")
TABS = ("起草", "审核", "语料库", "设置")
SEEN = {"小林": {"起草"}, "老周": {"审核"}, "小陈": {"语料库", "设置"}}
READING = (Path(__file__).parent / "reading.js").read_text(encoding="utf-8")


class Office:
    """A server and a browser: each visitor has a page of their own. Whatever is done, no
    other host is asked and no script fails."""

    def __init__(self, browser, served) -> None:
        self.browser, self.served = browser, served
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        self._contexts = []

    def open(self, width: int = 1366, height: int = 768):
        context = self.browser.new_context(
            locale="zh-CN", viewport={"width": width, "height": height}
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda r: self.hosts.add(r.url) if "://" in r.url else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.served.url)
        return page

    def sign_in(self, name: str, **size: int):
        page = self.open(**size)
        type_in(page, name, self.served.passwords[name])
        page.locator(".rg-user", has_text=name).wait_for()
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        own = self.served.url.split("/")[2]
        assert {url.split("/")[2] for url in self.hosts} == {own}
        assert self.errors == []


@pytest.fixture
def office(chromium, guarded) -> Iterator[Office]:
    office = Office(chromium, guarded)
    yield office
    office.close()


def type_in(page, name: str, password: str) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_label("密码").press("Enter")


def tabs(page) -> set[str]:
    """The tabs that a user sees."""
    return {name for name in TABS if page.get_by_role("tab", name=name, exact=True).count()}


@pytest.mark.parametrize("name", SEEN)
def test_each_role_sees_its_own_tabs_and_nothing_complains(office, name):
    page = office.sign_in(name)
    first = next(tab for tab in TABS if tab in SEEN[name])
    page.get_by_role("tab", name=first, exact=True).wait_for()
    page.locator("[role=tabpanel]:visible").first.wait_for()
    assert tabs(page) == SEEN[name]
    page.wait_for_timeout(1500)
    assert page.get_by_text("权限").count() == 0


def test_a_wrong_password_is_told_and_keeps_the_name(office):
    page = office.open()
    assert page.url.endswith("/login")
    type_in(page, "小林", "falsch-2026")
    page.get_by_role("alert").get_by_text("用户名或密码不对").wait_for()
    assert page.get_by_label("用户名").input_value() == "小林"
    assert page.get_by_label("密码").input_value() == ""
    assert page.evaluate("document.activeElement.id") == "password"
    type_in(page, "小林", office.served.passwords["小林"])
    page.get_by_role("button", name="读取提案").wait_for()


def test_after_log_out_the_way_back_is_closed(office):
    page = office.sign_in("小林")
    page.get_by_role("button", name="退出").click()
    page.get_by_label("用户名").wait_for()
    page.go_back()
    page.reload()
    page.get_by_label("用户名").wait_for()
    assert "replygen" not in [cookie["name"] for cookie in page.context.cookies()]


def test_a_cookie_cannot_be_read_by_a_script(office):
    page = office.sign_in("小林")
    assert "replygen" not in page.evaluate("document.cookie")
    cookie = next(c for c in page.context.cookies() if c["name"] == "replygen")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")


def test_two_users_at_once_each_work_on_their_own(office):
    clerk, indexer = office.sign_in("小林"), office.sign_in("小陈")
    clerk.locator("#rg-file input[type=file]").set_input_files(PROPOSAL)
    clerk.get_by_text("0126").first.wait_for()
    clerk.get_by_role("button", name="读取提案").click()
    clerk.locator(".rg-cards").wait_for()
    indexer.get_by_role("tab", name="设置").click()
    indexer.get_by_label("签发人").fill("陆明远")
    indexer.get_by_role("button", name="保存设置").click()
    indexer.get_by_text("已保存").wait_for()
    clerk.locator(".rg-findings").wait_for()
    clerk.locator(".rg-paper").first.wait_for()
    assert "0126" in clerk.locator(".rg-paper").first.inner_text()
    assert (
        (office.served.settings.work / "profile.toml").read_text(encoding="utf-8").count("陆明远")
    )


def test_the_first_page_is_shown_while_a_field_is_changed(office):
    page = office.sign_in("小陈")
    page.get_by_role("tab", name="设置").click()
    page.get_by_label("单位全称").fill("云川市<b>民政局")
    page.get_by_label("自称").click()
    preview = page.locator("#rg-preview")
    preview.locator("article", has_text="云川市<b>民政局").or_(
        preview.locator("img")
    ).first.wait_for()
    page.get_by_label("单位全称").fill("")
    page.get_by_role("button", name="保存设置").click()
    page.get_by_text("请填写单位全称").first.wait_for()


def test_every_tab_asks_this_server_only_and_another_host_is_refused(office):
    for name in SEEN:
        page = office.sign_in(name)
        for tab in SEEN[name]:
            page.get_by_role("tab", name=tab, exact=True).click()
            page.wait_for_timeout(300)
    refused = page.evaluate(
        """() => new Promise(done => {
          document.addEventListener('securitypolicyviolation', e => done(e.blockedURI));
          const picture = new Image(); picture.src = 'http://127.0.0.2:9/x.png';
          setTimeout(() => done('asked'), 2000) })"""
    )
    assert refused.startswith("http://127.0.0.2")
    office.hosts = {url for url in office.hosts if "127.0.0.2" not in url}


def test_the_login_can_be_used_with_the_keyboard_alone(office):
    page = office.open()
    assert page.evaluate("document.activeElement.id") == "username"
    page.keyboard.type("小林")
    page.keyboard.press("Tab")
    page.keyboard.type(office.served.passwords["小林"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "登录"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="读取提案").wait_for()


@pytest.mark.parametrize("width", [1366, 390])
def test_names_headings_language_and_colours_are_right_on_every_tab(office, width):
    page = office.open(width=width)
    assert page.evaluate(READING) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in SEEN:
        page = office.sign_in(name, width=width)
        for tab in (t for t in TABS if t in SEEN[name]):
            page.get_by_role("tab", name=tab, exact=True).click()
            page.wait_for_timeout(500)
            assert page.evaluate(READING) == [], tab
            assert page.evaluate("document.documentElement.scrollWidth") <= width, tab


def test_a_clerks_whole_path_is_readable(office):
    page = office.sign_in("小林")
    page.locator("#rg-file input[type=file]").set_input_files(PROPOSAL)
    page.get_by_text("0126").first.wait_for()
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-cards").wait_for()
    assert page.evaluate(READING) == []
    page.locator(".rg-findings").wait_for()
    page.locator(".rg-paper").first.wait_for()
    page.wait_for_timeout(800)
    assert page.evaluate(READING) == []


CONTROLS = """() => [...document.querySelectorAll(
    'button, input:not([type=hidden]), textarea, select, summary, a[href]')]
  .filter(e => { const b = e.getBoundingClientRect(), s = getComputedStyle(e);
    return b.width > 1 && b.height > 1 && s.visibility === 'visible' && !e.disabled
      && e.type !== 'file' && e.tabIndex >= 0 && !e.closest('[hidden], [inert]') })
  .map((e, n) => { e.dataset.n = n; return n + ' ' + e.outerHTML.slice(0, 120) })"""


@pytest.mark.parametrize("name", SEEN)
def test_the_tab_key_reaches_every_control(office, name):
    page = office.sign_in(name)
    page.locator("[role=tabpanel]:visible").first.wait_for()
    page.wait_for_timeout(800)
    controls = page.evaluate(CONTROLS)
    assert len(controls) > 5
    reached = set()
    for _ in range(3 * len(controls)):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.n"))
    missed = [c for n, c in enumerate(controls) if str(n) not in reached]
    # Of a group of radio buttons, Tab reaches one and the arrows the others.
    assert [c for c in missed if 'type="radio"' not in c] == []
