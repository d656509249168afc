"""HanLP kept quiet, off the network unless allowed, and its failures told in one line."""

from __future__ import annotations

import io
import logging
import os
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import Any
from urllib.parse import urlsplit

from kg.errors import KgError

PATIENCE = 2.0  # seconds for a host to answer, name look-up included
STALL = (5.0, 30.0)  # seconds to connect, seconds without a byte
ALLOW = "add --allow-download, or give a folder that holds a model"
TOLD = 240  # characters of a foreign message


@contextmanager
def guarded(name: str, *, online: bool = False, transformers_online: bool = False) -> Iterator[None]:
    """Run HanLP inside: nothing reaches stdout or stderr, no download unless ``online``, failures become KgError.

    ``name`` is the model as the user wrote it. A download asks first whether the host answers.
    """
    os.environ.setdefault("HANLP_VERBOSE", "0")  # read when HanLP is imported, so before the next line
    from hanlp.utils import component_util, io_util
    from huggingface_hub import constants
    from requests.adapters import HTTPAdapter

    download, send, lock = io_util.download, HTTPAdapter.send, io_util.temp_lock
    shown = sys.stderr

    def fetch(url: str, save_path: Any = None, *args: Any, **kwargs: Any) -> Any:
        if save_path and os.path.isfile(save_path):  # noqa: PTH113 - HanLP passes strings
            return save_path
        if not online:
            raise KgError(f"{name} needs {url}, which is not in HanLP's folder", ALLOW)
        reach(url)
        with redirect_stderr(shown):
            print(f"kg: fetching {url}", file=shown, flush=True)
            return download(url, save_path, *args, **{**kwargs, "verbose": shown.isatty()})

    def patient(adapter: Any, request: Any, **kwargs: Any) -> Any:
        return send(adapter, request, **{**kwargs, "timeout": kwargs.get("timeout") or STALL})

    def short_lock(path: str) -> Any:
        return _Patient(lock(path))

    def unknown(*_: Any, **__: Any) -> Any:
        return None, None

    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        logger = logging.getLogger("hanlp")
        for owner, attribute, value in (
            (io_util, "download", fetch),
            (io_util, "temp_lock", short_lock),
            (io_util, "get_latest_info_from_pypi", unknown),  # asked when something fails: another 26 s offline
            (component_util, "get_latest_info_from_pypi", unknown),
            (component_util, "check_version_conflicts", unknown),
            (HTTPAdapter, "send", patient),
            (constants, "HF_HUB_OFFLINE", not transformers_online),
            (logger, "disabled", True),
        ):
            stack.enter_context(_replaced(owner, attribute, value))
        sink = io.StringIO()
        stack.enter_context(redirect_stdout(sink))
        stack.enter_context(redirect_stderr(sink))
        try:
            yield
        except KgError as error:  # HanLP adds a banner to what passes through it
            raise KgError(_line(str(error)), error.hint) from None
        except (Exception, SystemExit) as error:
            raise KgError(f"{name}: HanLP failed: {cause(error)}", "") from None


def cause(error: BaseException) -> str:
    """What went wrong, in one line. A missing pkg_resources hides the failure before it."""
    while isinstance(error, ModuleNotFoundError) and error.name == "pkg_resources" and error.__context__:
        error = error.__context__
    text = _line(str(error))
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def reach(url: str) -> None:
    """Ask for a URL by the way that a download would take (proxies too); KgError unless it answers in time."""
    import requests

    problems: list[str] = []

    def ask() -> None:
        try:
            with requests.get(url, stream=True, timeout=PATIENCE) as answer:
                problems.append("" if answer.ok else f"it answers {answer.status_code} {answer.reason}")
        except requests.exceptions.ProxyError:
            problems.append("the proxy does not let it through")
        except requests.exceptions.Timeout:
            problems.append(f"no answer within {PATIENCE:g} seconds")
        except requests.exceptions.SSLError as error:
            problems.append(f"no secure connection: {_line(str(error))}")
        except requests.exceptions.ConnectionError as error:
            nameless = "NameResolutionError" in repr(error)
            problems.append("its host's name cannot be resolved" if nameless else "its host does not let us connect")
        except (requests.RequestException, OSError, ValueError) as error:
            problems.append(_line(str(error)))

    # A thread, because looking up a name has no time limit of its own.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    problem = problems[0] if problems else f"no answer within {PATIENCE:g} seconds"
    if problem:
        check = "name" if problem.startswith("it answers") else f"connection to {urlsplit(url).hostname}"
        raise KgError(f"cannot fetch {url}: {problem}", f"check the {check}, or give a folder that holds a model")


class _Patient:
    """A file lock that does not wait for ever for another process."""

    def __init__(self, lock: Any) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=PATIENCE)
        except Timeout:
            raise KgError("another process is fetching this model", "wait until it is done") from None

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@contextmanager
def _replaced(owner: Any, name: str, value: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _line(text: str) -> str:
    """The first ``TOLD`` characters of a message on one line, without HanLP's banners."""
    told = " ".join(line.strip() for line in text.splitlines() if "ERROR LOG" not in line and line.strip())
    return told if len(told) <= TOLD else told[: TOLD - 1] + "…"
