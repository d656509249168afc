"""A real headless Chromium for the viewer's tests: found, or installed from Debian where that is possible."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "chromium-driver", "fonts-noto-cjk")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",  # the page then moves at once, and clicks land where they are aimed
)
Size = tuple[int, int]


def found() -> tuple[str, str] | None:
    """The paths of the browser and of its driver, or None."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


def provide() -> tuple[str, str]:
    """The same, after installing what is missing. Fails the test, with a reason, where that is impossible."""
    paths = found()
    if paths:
        return paths
    wanted = f"the viewer's tests need Chromium and chromedriver: apt-get install {' '.join(PACKAGES)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        pytest.fail(wanted)
    # Several test processes may come here at once; dpkg lets only one of them work.
    with (Path(tempfile.gettempdir()) / "kg-tests-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not found():
            _install(wanted)
    paths = found()
    return paths if paths else pytest.fail(wanted)


def _install(wanted: str) -> None:
    calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-q", "update"], ["apt-get", "-qy", "--no-install-recommends", "install", *PACKAGES]):
        done = subprocess.run(command, env=calm, capture_output=True, text=True, check=False, timeout=900)
        if done.returncode:
            pytest.fail(f"{wanted}\n{' '.join(command)} failed:\n{done.stderr[-2000:]}")


@contextmanager
def chromium(size: Size = (1280, 800)) -> Iterator[webdriver.Chrome]:
    """A browser with a fresh profile; it writes down what the page logs and every request that it makes."""
    browser, driver = provide()
    with tempfile.TemporaryDirectory(prefix="kg-chromium-", ignore_cleanup_errors=True) as profile:
        options = Options()
        options.binary_location = browser
        for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        window = webdriver.Chrome(options=options, service=Service(driver))
        try:
            resize(window, size)
            yield window
        finally:
            window.quit()


def resize(window: webdriver.Chrome, size: Size) -> None:
    """Sets the size of the page itself, which a headless window's frame would make smaller."""
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
