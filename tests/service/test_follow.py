"""Sites, feeds and folders that are followed, on a server of our own on 127.0.0.1."""

from __future__ import annotations

import io
import json
import os
import socket
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from sites import list_page, serve_site, title_of

from replygen import cli
from replygen.errors import FetchError, SettingsError
from replygen.index import open_index
from replygen.service.follow import add_follow, run_follow
from replygen.service.follow.fetching import Fetcher, is_private
from replygen.settings import FollowLimits, Limits, Settings
from replygen.workspace import FollowStore

FAST = FollowLimits(delay=0.0, seconds=5.0)


@pytest.fixture
def site():
    with serve_site() as found:
        yield found


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(index=tmp_path / "index", work=tmp_path / "work", encoder="static", follow=FAST)


@pytest.fixture
def index(settings):
    with open_index(settings.index, encoder="static") as found:
        yield found


def follow(settings, site, path="/zw/ta/index.html", **options):
    return add_follow(settings.work, "甲市", site.url + path, **options)


def paths(index) -> set[str]:
    return {document.path for document in index.documents()}


# ── a column ───────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_column_of_three_hundred_pages_is_read_page_by_page(site, settings, index):
    for page in range(15):
        links = [(f"./t{n}.html", title_of(n)) for n in range(page * 20, page * 20 + 20)]
        more = f"<a href='index_{page + 1}.html'>下一页</a>" if page < 14 else ""
        site.put(f"/zw/ta/index{f'_{page}' if page else ''}.html", list_page(links, more))
        for n in range(page * 20, page * 20 + 20):
            site.put_reply(f"/zw/ta/t{n}.html", n)
    follow(settings, site, region="甲省甲市")
    report = run_follow(index, settings, "甲市")
    assert report.error is None and report.failed == ()
    assert report.added + len(report.duplicates) >= 300
    assert len(index.documents()) == 300
    assert {d.region for d in index.documents()} == {"甲省甲市"}
    again = run_follow(index, settings, "甲市")
    assert (again.added, again.updated, again.unchanged) == (0, 0, 300)
    assert len(FollowStore(settings.work).fetches("甲市", most=2_000)) == 2 * (1 + 15 + 300)


def test_links_are_kept_by_host_path_and_title(site, settings, index):
    links = [
        ("t1.html", title_of(1)),
        ("/zw/ta/2026/t2.html#top", title_of(2)),
        ("/zw/other/t3.html", title_of(3)),
        ("t4.html", "网站地图"),
        ("t5.jpg", title_of(5)),
        (f"http://localhost:{site.url.rpartition(':')[2]}/zw/ta/t6.html", title_of(6)),
        ("http://127.0.0.1:1/zw/ta/t7.html", title_of(7)),
        ("file:///etc/passwd", title_of(8)),
        ("javascript:go(9)", title_of(9)),
        ("http://[broken/", title_of(10)),
    ]
    site.put("/zw/ta/index.html", list_page(links))
    for n in range(1, 11):
        site.put_reply(f"/zw/ta/t{n}.html", n)
    site.put_reply("/zw/ta/2026/t2.html", 2)
    site.put_reply("/zw/other/t3.html", 3)
    follow(settings, site)
    assert run_follow(index, settings, "甲市").added == 2
    assert paths(index) == {f"{site.url}/zw/ta/t1.html", f"{site.url}/zw/ta/2026/t2.html"}


def test_a_title_cut_on_the_page_is_read_from_its_attribute_and_may_be_chosen(
    site, settings, index
):
    body = (
        f"<a href='t1.html' title='{title_of(1)}'>关于市政…</a>"
        f"<a href='t2.html' title='{title_of(2)}'>关于市政…</a>"
    )
    site.put("/zw/ta/index.html", f"<html><body>{body}</body></html>")
    site.put_reply("/zw/ta/t1.html", 1)
    site.put_reply("/zw/ta/t2.html", 2)
    follow(settings, site, title="第0002号")
    assert run_follow(index, settings, "甲市").added == 1
    assert paths(index) == {f"{site.url}/zw/ta/t2.html"}


def test_pages_that_turn_in_a_loop_end(site, settings, index):
    turn = "<a href='index_1.html'>2</a><a href='index.html'>上一页</a><a href='index.html'>1</a>"
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1))], turn))
    site.put("/zw/ta/index_1.html", list_page([("t2.html", title_of(2))], turn))
    site.put_reply("/zw/ta/t1.html", 1)
    site.put_reply("/zw/ta/t2.html", 2)
    follow(settings, site)
    assert run_follow(index, settings, "甲市").added == 2
    assert site.asked["/zw/ta/index.html"] == site.asked["/zw/ta/index_1.html"] == 1


def test_pages_that_a_script_turns_are_turned(site, settings, index):
    script = "<script>createPageHTML(3, 0, 'index', 'html');</script>"
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1))], script))
    for n in (1, 2):
        site.put(f"/zw/ta/index_{n}.html", list_page([(f"t{n + 1}.html", title_of(n + 1))]))
    for n in (1, 2, 3):
        site.put_reply(f"/zw/ta/t{n}.html", n)
    follow(settings, site)
    assert run_follow(index, settings, "甲市").added == 3


def test_endless_pages_end_at_the_limit_and_nothing_counts_as_gone(site, settings, index):
    for n in range(30):
        more = f"<a href='p{n + 1}.html'>下一页</a>"
        site.put(f"/zw/ta/p{n}.html", list_page([(f"t{n}.html", title_of(n))], more))
        site.put_reply(f"/zw/ta/t{n}.html", n)
    follow(settings, site, "/zw/ta/p0.html")
    few = replace(settings, follow=replace(FAST, pages=5, documents=3))
    report = run_follow(index, few, "甲市")
    assert report.added == 3 and report.cut is not None
    assert run_follow(index, few, "甲市").gone == ()


# ── attachments ────────────────────────────────────────────────────────────


def test_attachments_are_read_and_a_mere_cover_is_not(site, settings, index):
    text = f"{title_of(5)}\n张明委员：\n现答复如下：\n一、加强监管。检查商户五家。\n某局\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("内/六.txt", text.replace("五家", "六家，建立台账六本，全部整改到位"))
    site.put("/zw/ta/f/a.txt", text, kind="text/plain; charset=utf-8")
    site.put("/zw/ta/f/b.zip", packed.getvalue(), kind="application/zip")
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1)), ("t2.html", title_of(5))]))
    site.put_reply("/zw/ta/t1.html", 1, "<a href='f/b.zip'>附件.zip</a>")
    site.put("/zw/ta/t2.html", f"<html><body><h1>{title_of(5)}</h1>"
             "<a href='f/a.txt'>附件1</a><a href='http://other.invalid/c.pdf'>附件2</a></body>"
             "</html>")  # fmt: skip
    follow(settings, site)
    report = run_follow(index, settings, "甲市")
    assert report.failed == ()
    assert paths(index) == {
        f"{site.url}/zw/ta/t1.html", f"{site.url}/zw/ta/f/a.txt",
        f"{site.url}/zw/ta/f/b.zip!内/六.txt",
    }  # fmt: skip
    assert run_follow(index, settings, "甲市").gone == ()


# ── changes ────────────────────────────────────────────────────────────────


def test_what_did_not_change_is_not_sent_again(site, settings, index):
    head = {"headers": {"ETag": '"v1"'}}
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1))]), **head)
    site.put_reply("/zw/ta/t1.html", 1, headers={"Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"})
    follow(settings, site)
    assert run_follow(index, settings, "甲市").added == 1
    report = run_follow(index, settings, "甲市")
    assert (report.unchanged, site.unchanged) == (1, 2)


def test_what_changed_is_read_again_and_what_vanished_is_offered_for_removal(site, settings, index):
    links = [(f"t{n}.html", title_of(n)) for n in (1, 2, 3)]
    site.put("/zw/ta/index.html", list_page(links))
    for n in (1, 2, 3):
        site.put_reply(f"/zw/ta/t{n}.html", n)
    follow(settings, site)
    run_follow(index, settings, "甲市")
    site.put_reply("/zw/ta/t1.html", 7)
    site.put("/zw/ta/index.html", list_page(links[:2]))
    del site.pages["/zw/ta/t2.html"]
    report = run_follow(index, settings, "甲市")
    assert report.updated == 1
    assert {gone.place.rpartition("/")[2] for gone in report.gone} == {"t2.html", "t3.html"}
    assert all(gone.document and not gone.removed for gone in report.gone)
    assert len(index.documents()) == 3  # nothing is removed unasked
    dropped = run_follow(index, settings, "甲市", drop=True)
    assert all(gone.removed for gone in dropped.gone)
    assert paths(index) == {f"{site.url}/zw/ta/t1.html"}
    assert run_follow(index, settings, "甲市").gone == ()


def test_a_list_page_that_fails_makes_nothing_vanish(site, settings, index):
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1))],
             "<a href='index_1.html'>下一页</a>"))  # fmt: skip
    site.put("/zw/ta/index_1.html", list_page([("t2.html", title_of(2))]))
    site.put_reply("/zw/ta/t1.html", 1)
    site.put_reply("/zw/ta/t2.html", 2)
    follow(settings, site)
    assert run_follow(index, settings, "甲市").added == 2
    site.put("/zw/ta/index_1.html", "坏了", status=500)
    report = run_follow(index, settings, "甲市")
    assert report.gone == () and len(report.failed) == 1


# ── what goes wrong ────────────────────────────────────────────────────────


def test_broken_pages_are_named_and_the_rest_goes_on(site, settings, index):
    names = ("good", "missing", "error", "empty", "loop", "slow", "large", "binary")
    site.put("/zw/ta/index.html", list_page([(f"{n}.html", title_of(i)) for i, n in
             enumerate(names)]))  # fmt: skip
    site.put_reply("/zw/ta/good.html", 1)
    site.put("/zw/ta/error.html", "x", status=503)
    site.put("/zw/ta/empty.html", "")
    site.put("/zw/ta/loop.html", "", status=302, headers={"Location": "/zw/ta/loop.html"})
    site.put("/zw/ta/slow.html", "<p>甲</p>", wait=1.5)
    site.put("/zw/ta/large.html", b"a" * 300_000)
    site.put("/zw/ta/binary.html", bytes(range(256)) * 20)
    follow(settings, site)
    tight = replace(settings, follow=replace(FAST, seconds=0.7), limits=Limits(file_bytes=200_000))
    report = run_follow(index, tight, "甲市")
    assert report.added == 1
    told = {path.rpartition("/")[2]: why for path, why in (*report.failed, *report.refused)}
    assert set(told) == {f"{name}.html" for name in names[1:]}
    assert "404" in told["missing.html"] and "503" in told["error.html"]
    assert "跳转" in told["loop.html"] and "按时" in told["slow.html"]
    assert "上限" in told["large.html"]


def test_a_slow_drip_and_a_site_that_stops_answering_end_the_run(site, settings, index):
    site.put("/zw/ta/index.html", list_page([(f"t{n}.html", title_of(n)) for n in range(9)]))
    for n in range(9):
        site.put(f"/zw/ta/t{n}.html", b"a" * 400, drip=0.1)
    follow(settings, site)
    tight = replace(settings, follow=replace(FAST, seconds=0.3, failures=2))
    report = run_follow(index, tight, "甲市")
    assert report.cut is not None and "没有回答" in report.cut
    assert len(report.failed) == 2 and site.asked["/zw/ta/t5.html"] == 0


@pytest.mark.parametrize(
    "place",
    [
        "http://other.invalid/x.html",
        "http://localhost:{port}/zw/ta/real.html",
        "http://127.0.0.1:1/x.html",
        "http://10.0.0.1/x.html",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "//other.invalid/x",
    ],
)
def test_redirects_to_anywhere_else_are_refused(site, settings, index, place):
    target = place.format(port=site.url.rpartition(":")[2])
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1)), ("t2.html", title_of(2))]))
    site.put("/zw/ta/t1.html", "", status=302, headers={"Location": target})
    site.put("/zw/ta/t2.html", "", status=301, headers={"Location": "/zw/ta/real.html"})
    site.put_reply("/zw/ta/real.html", 2)
    follow(settings, site)
    report = run_follow(index, settings, "甲市")
    assert [why for _, why in report.refused if "别的网站" in why] != []
    assert report.added == 1 and site.asked["/zw/ta/real.html"] == 1


def test_a_public_name_in_a_private_network_is_refused(site, settings, monkeypatch):
    real, port = socket.getaddrinfo, site.url.rpartition(":")[2]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *more, **options: real("127.0.0.1", *more, **options)
    )
    site.put("/index.html", "<html><body>甲</body></html>")
    store = FollowStore(settings.work)
    add_follow(settings.work, "甲市", f"http://public.example:{port}/index.html")
    options = {"store": store, "rules": FAST, "limits": Limits()}
    url = f"http://public.example:{port}/index.html"
    with Fetcher("甲市", url, **options) as fetcher, pytest.raises(FetchError, match="内网"):
        fetcher.fetch(url)
    assert not site.asked
    with Fetcher("甲市", url, inside=True, **options) as fetcher:
        assert fetcher.fetch(url).data
    monkeypatch.setattr(
        "replygen.service.follow.fetching.Fetcher._check_network", lambda self, url: None
    )
    with Fetcher("甲市", url, **options) as fetcher, pytest.raises(FetchError, match="内网"):
        fetcher.fetch(url)  # the name changed after it was looked up


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True), ("localhost", True), ("10.1.2.3", True), ("172.16.0.1", True),
        ("192.168.1.1", True), ("169.254.169.254", True), ("0.0.0.0", True), ("::1", True),
        ("fe80::1", True), ("::ffff:10.0.0.1", True), ("fd00::1", True),
        ("8.8.8.8", False), ("2001:4860:4860::8888", False), ("www.example.gov.cn", False),
    ],
)  # fmt: skip
def test_private_addresses_are_known(host, private):
    assert is_private(host) is private


# ── manners ────────────────────────────────────────────────────────────────


def test_robots_is_kept(site, settings, index):
    site.put("/robots.txt", "User-agent: *\nDisallow: /zw/ta/t2.html\n", kind="text/plain")
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1)), ("t2.html", title_of(2))]))
    site.put_reply("/zw/ta/t1.html", 1)
    site.put_reply("/zw/ta/t2.html", 2)
    follow(settings, site)
    report = run_follow(index, settings, "甲市")
    assert report.added == 1 and site.asked["/zw/ta/t2.html"] == 0
    assert "robots" in report.refused[0][1]
    assert site.asked["/robots.txt"] == 1
    assert all(agent.startswith("replygen") for agent in site.agents)


@pytest.mark.parametrize(("status", "reads"), [(404, True), (403, False), (503, False)])
def test_robots_that_is_kept_from_us_forbids_and_one_that_is_missing_allows(
    site, settings, index, status, reads
):
    site.put("/robots.txt", "", status=status)
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1))]))
    site.put_reply("/zw/ta/t1.html", 1)
    follow(settings, site)
    report = run_follow(index, settings, "甲市")
    assert (report.added == 1) is reads
    assert (report.error is None) is reads


def test_two_fetches_are_apart_as_long_as_robots_asks(site, settings):
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", kind="text/plain")
    site.put("/a.html", "<p>甲</p>")
    follow(settings, site, "/a.html")
    slept: list[float] = []
    options = {"store": FollowStore(settings.work), "rules": FAST, "limits": Limits()}
    with Fetcher("甲市", f"{site.url}/a.html", sleep=slept.append, **options) as fetcher:
        fetcher.fetch(f"{site.url}/a.html")
        fetcher.fetch(f"{site.url}/a.html")
    assert len(slept) == 2 and all(6.0 < seconds <= 7.0 for seconds in slept)


def test_every_fetch_is_logged(site, settings, index):
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1))]))
    site.put("/zw/ta/t1.html", "", status=302, headers={"Location": "http://other.invalid/"})
    follow(settings, site)
    run_follow(index, settings, "甲市")
    told = [(f.url.rpartition("/")[2], f.status) for f in FollowStore(settings.work).fetches()]
    assert told == [("robots.txt", 404), ("index.html", 200), ("t1.html", 302), ("", None)]


# ── feeds ──────────────────────────────────────────────────────────────────


RSS = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>甲</title>{}"
    "</channel></rss>"
)
ATOM = (
    "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
    "<title>甲</title><entry><title>乙</title><link href='/a/t1.html'/></entry></feed>"
)


def test_a_feed_is_read_and_what_leaves_it_is_not_gone(site, settings, index):
    item = "<item><title>{0}</title><link>{1}/a/t{0}.html</link></item>"
    site.put("/feed.xml", RSS.format(item.format(1, site.url) + item.format(2, site.url)
             + item.format(3, "http://other.invalid")))  # fmt: skip
    for n in (1, 2):
        site.put_reply(f"/a/t{n}.html", n)
    follow(settings, site, "/feed.xml", kind="rss")
    assert run_follow(index, settings, "甲市").added == 2
    site.put("/feed.xml", ATOM)
    report = run_follow(index, settings, "甲市")
    assert (report.unchanged, report.gone) == (1, ())


@pytest.mark.parametrize("body", ["<html><body>不是</body></html>", "", "甲乙丙"])
def test_what_is_no_feed_is_refused(site, settings, index, body):
    site.put("/feed.xml", body)
    follow(settings, site, "/feed.xml", kind="rss")
    assert "RSS" in (run_follow(index, settings, "甲市").error or "")


# ── folders ────────────────────────────────────────────────────────────────


def test_a_watched_folder_is_indexed_and_what_was_deleted_is_offered(settings, index, tmp_path):
    folder = tmp_path / "入"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(
            f"{title_of(n)}\n张明委员：\n现答复如下：\n一、检查。检查{'甲乙'[n - 1] * 30}家。\n",
            encoding="utf-8",
        )  # fmt: skip
    add_follow(settings.work, "文件夹", str(folder), own=True, region="甲省甲市")
    assert run_follow(index, settings, "文件夹").added == 2
    assert {(d.own, d.region) for d in index.documents()} == {(True, "甲省甲市")}
    os.rename(folder / "1.txt", folder / "moved.txt")
    (folder / "2.txt").unlink()
    report = run_follow(index, settings, "文件夹")
    assert {Path(gone.place).name for gone in report.gone} == {"1.txt", "2.txt"}
    assert len(index.documents()) == 2
    run_follow(index, settings, "文件夹", drop=True)
    assert {Path(path).name for path in paths(index)} == {"moved.txt"}


def test_a_folder_that_is_not_there_or_empty_removes_nothing(settings, index, tmp_path):
    folder = tmp_path / "入"
    folder.mkdir()
    (folder / "1.txt").write_text(f"{title_of(1)}\n一、检查商户。\n", encoding="utf-8")
    add_follow(settings.work, "文件夹", str(folder))
    run_follow(index, settings, "文件夹")
    (folder / "1.txt").unlink()
    with pytest.raises(SettingsError, match="没有挂上"):
        run_follow(index, settings, "文件夹", drop=True)
    folder.rmdir()
    report = run_follow(index, settings, "文件夹", drop=True)
    assert "不在了" in (report.error or "") and report.gone == ()
    assert len(index.documents()) == 1


# ── the commands ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["甲", "file:///etc/passwd"], "http"),
        (["甲", "ftp://example.com/"], "http"),
        (["甲", "javascript:alert(1)"], "http"),
        (["甲", "http://"], "http"),
        (["甲", "http://user:pw@example.com/"], "密码"),
        (["甲", "/no/such/folder"], "文件夹"),
        (["甲", "http://example.com/", "--kind", "pdf"], "--kind"),
        (["甲", ".", "--kind", "rss"], "--kind"),
        (["甲/乙", "http://example.com/"], "名字"),
        (["甲", "http://example.com/", "--title", "("], "正则"),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value[1:]),
)
def test_what_cannot_be_followed_is_refused_in_one_line(tmp_path, monkeypatch, capsys, words, told):
    monkeypatch.chdir(tmp_path)
    assert cli.run(["follow", "add", *words]) == 2
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1
    assert not (tmp_path / "work" / "follows.db").exists()


def test_the_commands_add_list_run_and_remove(site, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "replygen.toml").write_text(
        'encoder = "static"\n[follow]\ndelay = 0.0\n', encoding="utf-8"
    )
    site.put("/zw/ta/index.html", list_page([("t1.html", title_of(1))]))
    site.put_reply("/zw/ta/t1.html", 1)

    def run(*words: str) -> dict:
        assert cli.run([*words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    added = run("follow", "add", "甲市", f"{site.url}/zw/ta/index.html", "--region", "甲省甲市")
    assert (added["kind"], added["region"], added["ran"]) == ("html", "甲省甲市", None)
    assert not site.asked  # nothing is read before it is asked for
    assert cli.run(["follow", "add", "甲市", site.url]) == 2
    (report,) = run("follow", "run")["sources"]
    assert (report["name"], report["added"], report["error"]) == ("甲市", 1, None)
    (source,) = run("follow", "list")["sources"]
    assert source["ran"] and "新增 1" in source["told"]
    assert [f["status"] for f in run("follow", "log")["fetches"]] == [404, 200, 200]
    assert run("follow", "remove", "甲市") == {"removed": "甲市"}
    capsys.readouterr()
    assert cli.run(["follow", "remove", "甲市"]) == 2
    assert cli.run(["follow", "run"]) == 2


def test_a_site_that_does_not_answer_is_told_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert cli.run(["follow", "add", "甲", f"http://127.0.0.1:{port}/"]) == 0
        assert cli.run(["follow", "run", "甲"]) == 2
    error = capsys.readouterr().err
    assert "连不上" in error and "Traceback" not in error
