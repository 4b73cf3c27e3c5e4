"""The pages that are there without Gradio: waiting, login, a refusal. No script of others,
no picture, no font: one answer holds all."""

from __future__ import annotations

from html import escape

_STYLE = """
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:flex;align-items:center;
justify-content:center;background:#eef2f7;color:#1f2937;padding:16px;
font:16px/1.6 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif}
main{background:#fff;border:1px solid #d0d7de;border-radius:10px;padding:28px 36px;width:100%;
max-width:420px;box-shadow:0 2px 12px rgba(0,0,0,.08)}h1{font-size:22px;margin:0 0 4px}
p{margin:0 0 14px;color:#4b5563}label{display:block;font-weight:600;margin:12px 0 4px}
input{width:100%;font:inherit;padding:8px 10px;border:1px solid #8c959f;border-radius:6px}
input:focus-visible,button:focus-visible{outline:3px solid #1f6feb;outline-offset:1px}
button{width:100%;font:inherit;font-weight:600;color:#fff;background:#1e4f91;border:0;
border-radius:6px;padding:10px;margin:20px 0 0;cursor:pointer}button:hover{background:#163d70}
.bad{color:#a40e26;background:#ffebe9;border:1px solid #f3b5b0;border-radius:6px;padding:8px 12px}
.bar{height:6px;border-radius:3px;background:#dbe4ef;overflow:hidden;margin:16px 0 4px}
.bar i{display:block;width:35%;height:100%;background:#1e4f91;animation:go 1.4s infinite}
@keyframes go{from{margin-left:-35%}to{margin-left:100%}}
@media (prefers-reduced-motion:reduce){.bar i{animation:none;width:100%}}
small{color:#4b5563;display:block;margin-top:16px}
"""
# Asks again until the server answers with something else; without scripts, loads again.
_AGAIN = """<noscript><meta http-equiv="refresh" content="2"></noscript>
<script src="own/waiting.js"></script>"""


def show_waiting() -> str:
    """Return the page that is shown while the real one is being prepared."""
    return _page(
        "正在打开",
        "<h1>正在打开，请稍候</h1><p role='status'>程序刚刚启动，一般要几秒钟；"
        "准备好了会自动转到正式页面。</p><div class='bar' aria-hidden='true'><i></i></div>",
        head=_AGAIN,
    )


def show_login(unit: str, *, name: str = "", message: str = "") -> str:
    """Return the login page; ``message`` says what was wrong with the last try."""
    bad = f"<p class='bad' role='alert'>{escape(message)}</p>" if message else ""
    first, second = ("", " autofocus") if name else (" autofocus", "")
    return _page(
        "登录",
        f"<h1>提案建议答复起草</h1><p>{escape(unit) or '请登录后使用'}</p>{bad}"
        "<form method='post'>"
        "<label for='username'>用户名</label>"
        f"<input id='username' name='username' value='{escape(name, quote=True)}' required "
        f"maxlength='64' autocomplete='username' autocapitalize='none'{first}>"
        "<label for='password'>密码</label>"
        "<input id='password' name='password' type='password' required maxlength='128' "
        f"autocomplete='current-password'{second}>"
        "<button type='submit'>登录</button></form>"
        "<small>忘记密码，或者还没有账号，请找本单位的管理员。</small>",
    )


def show_refusal(message: str) -> str:
    """Return a page that says in one line why nothing is shown."""
    return _page("不能打开", f"<h1>不能打开</h1><p role='alert'>{escape(message)}</p>")


def _page(title: str, body: str, *, head: str = "") -> str:
    return (
        "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{title} · 答复起草</title><style>{_STYLE}</style>{head}</head>"
        f"<body><main>{body}</main></body></html>"
    )
