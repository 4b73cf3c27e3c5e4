"""One call to a model behind an OpenAI-compatible address (extra ``llm``).

Only loopback and private addresses unless the settings allow others; no proxy of the
environment is used and no redirect followed, so that nothing leaves the house unseen.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from replygen.errors import SettingsError, WriterError
from replygen.settings import Writer
from replygen.writing.prompt import SCHEMA

if TYPE_CHECKING:
    from openai import OpenAI

_TRIES = 2
_PAUSE = 0.5  # seconds before the second try, where the server names none
_LONGEST_PAUSE = 5.0
# what a status means for who set the model up
_REFUSED = {
    401: "模型服务不认密钥，请检查 [writer] key_env 指的环境变量",
    403: "模型服务没有给这个密钥权限",
    404: "模型服务没有这个模型或者地址不对，请检查 [writer] base_url 和 model",
    0: "模型服务没有接受这次请求，请检查 [writer] 的设置",
}
_NOT_A_KEY = "none"  # what servers without a key get: the client wants one


@dataclass(slots=True)
class Model:
    """A model at its address; what the server cannot do is remembered."""

    settings: Writer
    client: OpenAI = field(repr=False)
    structured: bool = True
    streamed: bool = True

    @property
    def name(self) -> str:
        """What the model is called."""
        return self.settings.model

    def ask(
        self, messages: Sequence[dict[str, str]], *, stopped: Callable[[], bool] = lambda: False
    ) -> str:
        """Return the answer. Tried again once where the server is busy or broken. Raises
        WriterError."""
        import openai

        end = time.monotonic() + self.settings.timeout
        busy = 0
        while True:
            try:
                return self._ask_once(messages, stopped, end)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not self._give_up_one(error):
                    raise WriterError(_tell_refused(error)) from error
            except (openai.RateLimitError, openai.InternalServerError) as error:
                busy += 1
                if busy == _TRIES:
                    raise WriterError(f"模型服务忙或出错（{error.status_code}）") from error
                time.sleep(_pause(error))
            except openai.APITimeoutError as error:
                raise WriterError(f"模型 {self.settings.timeout:g} 秒内没有答完") from error
            except openai.APIConnectionError as error:
                raise WriterError("连不上模型服务，请检查 [writer] base_url") from error
            except openai.APIStatusError as error:
                raise WriterError(_REFUSED.get(error.status_code, _REFUSED[0])) from error
            except openai.APIError as error:
                raise WriterError(f"模型服务没有答复（{type(error).__name__}）") from error

    def _give_up_one(self, error: Any) -> bool:  # noqa: ANN401 - openai's error
        """Do without what the server cannot do, the schema first unless it names the stream;
        whether there is anything left to do without."""
        if _is_too_long(error) or not (self.structured or self.streamed):
            return False
        if self.streamed and (not self.structured or "stream" in str(error).lower()):
            self.streamed = False
        else:
            self.structured = False
        return True

    def _ask_once(
        self, messages: Sequence[dict[str, str]], stopped: Callable[[], bool], end: float
    ) -> str:
        wanted: dict[str, Any] = {
            "model": self.name,
            "messages": list(messages),
            "temperature": self.settings.temperature,
            "max_tokens": self.settings.max_tokens,
        }
        if self.structured:
            schema = {"name": "sentences", "schema": SCHEMA, "strict": True}
            wanted["response_format"] = {"type": "json_schema", "json_schema": schema}
        if not self.streamed:
            return _read_whole(self.client.chat.completions.create(**wanted), stopped)
        parts: list[str] = []
        finished, came = None, False
        stream: Any = self.client.chat.completions.create(**wanted, stream=True)
        with stream:
            for chunk in _reading(stream):
                came = True
                if stopped():
                    raise WriterError("已取消")
                if time.monotonic() > end:
                    raise WriterError(f"模型 {self.settings.timeout:g} 秒内没有答完")
                for choice in chunk.choices[:1]:
                    parts.append(choice.delta.content or "")
                    finished = choice.finish_reason or finished
        if not came:  # a server that answers whole whatever it was asked
            self.streamed = False
            return self._ask_once(messages, stopped, end)
        return _check_whole("".join(parts), finished)


def _read_whole(answer: Any, stopped: Callable[[], bool]) -> str:  # noqa: ANN401 - openai's
    if stopped():
        raise WriterError("已取消")
    for choice in (answer.choices or ())[:1]:
        return _check_whole(choice.message.content or "", choice.finish_reason)
    raise WriterError("模型的回答是空的")


def _check_whole(text: str, finished: str | None) -> str:
    """Return the text of an answer that came to its end. Raises WriterError."""
    if finished is None:
        raise WriterError("模型的回答没有传完就断了")
    if finished == "length":
        raise WriterError("模型的回答超过 max_tokens，没有写完")
    if not text.strip():
        raise WriterError("模型的回答是空的")
    return text


def open_model(settings: Writer) -> Model:
    """Return the model of the settings. Raises SettingsError where none is set, its address
    may not be used, the key is missing or the client is not installed."""
    if not settings.base_url or not settings.model:
        raise SettingsError("没有设置模型：请在 replygen.toml 的 [writer] 里写 base_url 和 model")
    check_address(settings.base_url, external=settings.allow_external)
    try:
        from openai import DefaultHttpxClient, OpenAI
    except ImportError as error:
        raise SettingsError("没有安装模型组件，请先运行 pip install 'replygen[llm]'") from error
    key = os.environ.get(settings.key_env, "") if settings.key_env else _NOT_A_KEY
    if not key:
        raise SettingsError(f"环境变量 {settings.key_env} 是空的，请先放上模型的密钥")
    http = DefaultHttpxClient(trust_env=False, follow_redirects=False)
    client = OpenAI(
        base_url=settings.base_url,
        api_key=key,
        timeout=settings.timeout,
        max_retries=0,
        http_client=http,
    )
    return Model(settings, client)


def check_address(url: str, *, external: bool) -> None:
    """Raise SettingsError for an address that may not be asked: one of another network, unless
    ``external``; one with a password in it; one that is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SettingsError(f"[writer] base_url 不是网址：{error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise SettingsError("[writer] base_url 要写成 http://127.0.0.1:8000/v1 这样")
    if parts.username or parts.password:
        raise SettingsError("[writer] base_url 里不要写密码，密钥放在环境变量里，用 key_env 指明")
    if external:
        return
    if not _all_inside(host, port):
        raise SettingsError(
            f"[writer] {host} 不是本机或内网地址；确要把提案和材料发给它，请设 "
            "allow_external = true"
        )


def leaves_house(settings: Writer) -> str:
    """Return the host that a call to the model goes to where it is none of this house, which
    only ``allow_external`` allows; "" where everything stays inside. Raises SettingsError."""
    if not settings.allow_external:
        return ""
    check_address(settings.base_url, external=True)
    parts = urlsplit(settings.base_url)
    host = parts.hostname or ""
    return "" if _all_inside(host, parts.port) else host


def _all_inside(host: str, port: int | None) -> bool:
    try:
        found = {row[4][0] for row in socket.getaddrinfo(host, port or 80)}
    except OSError as error:
        raise SettingsError(f"[writer] 找不到主机 {host}，请检查 base_url") from error
    return all(_is_inside(str(address).partition("%")[0]) for address in found)


def _is_inside(text: str) -> bool:
    address = ip_address(text)
    address = getattr(address, "ipv4_mapped", None) or address
    return (address.is_loopback or address.is_private) and not address.is_unspecified


def _reading(stream: Any) -> Any:  # noqa: ANN401 - the client's stream of chunks
    """Give the chunks; what breaks while they come is the client's or the transport's error."""
    import openai

    try:
        yield from stream
    except openai.APIError:
        raise
    except GeneratorExit:
        raise
    except Exception as error:  # httpx's own, and a chunk that is no JSON
        name = type(error).__name__
        why = "没有在规定时间内答完" if "Timeout" in name else "没有传完就断了"
        raise WriterError(f"模型的回答{why}（{name}）") from error


def _is_too_long(error: Any) -> bool:  # noqa: ANN401 - openai's error
    return any(word in str(error).lower() for word in ("context length", "too long", "maximum"))


def _tell_refused(error: Any) -> str:  # noqa: ANN401 - openai's error
    if _is_too_long(error):
        return "材料太长，超过了模型的上下文"
    return f"模型服务不接受这次请求（{error.status_code}）"


def _pause(error: Any) -> float:  # noqa: ANN401 - openai's error
    try:
        said = float(error.response.headers.get("retry-after", _PAUSE))
    except (TypeError, ValueError):
        said = _PAUSE
    return min(max(said, 0.0), _LONGEST_PAUSE)
