"""A real JupyterLab, opened as `workbook.py lab` opens it, and its notebooks in a real Chromium.

    with serve(folder) as lab, chromium() as browser:
        notebook = Notebook(browser, lab, "notebooks/3-casualties.ipynb")
        notebook.run()
        notebook.panel().get_by_label("Effect").select_option("killed")
        notebook.until(notebook.panel(), "7 of 9 claims")
        assert notebook.problems() == []

After each step wait for what this step shows, with ``until``, ``choose`` or ``expect``; where it may have been so
before, ``settle`` first. Tests take the fixture ``open_notebook`` of conftest.py, which does the first two lines.
"""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Request, Route, expect, sync_playwright

import workbook

EXECUTABLE = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
SECONDS = 120  # how long a notebook may take to open or to run
PATIENCE = 60_000  # milliseconds that a page may take for one step
expect.set_options(timeout=PATIENCE)
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, with none of the connections that a browser makes by itself."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the folder it shows, its address and the token that it asks for."""

    folder: Path
    address: str
    token: str

    @property
    def articles(self) -> Path:
        """The folder whose articles the notebooks read, and where their journal lies."""
        return self.folder / "seeds"

    def ask(self, path: str, method: str = "GET") -> bytes:
        """The answer of the server's own interface, e.g. ``ask("/api/kernels")``."""
        permission = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.address + path, method=method, headers=permission)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()


@contextmanager
def serve(folder: Path) -> Iterator[Lab]:
    """JupyterLab on ``folder``, a copy that tests may write to, with nobody's settings but the workbook's own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = Lab(folder, f"http://127.0.0.1:{port}", secrets.token_hex())
    own = folder / "settings"
    settings = own / "lab" / "user-settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"windowingMode": "none"}))  # cells out of sight are drawn too
    call, environment = workbook.lab(
        [f"--articles={lab.articles}"]
        + ["--no-browser", f"--port={port}", "--ServerApp.port_retries=0", "--LabApp.expose_app_in_browser=True"]
        + (["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])
    )
    root = "--ServerApp.root_dir="  # so that tests may lay files beside the notebooks and open notebooks of their own
    call = [f"{root}{folder}" if argument.startswith(root) else argument for argument in call[1:]]
    environment.pop("WORKBOOK_JOURNAL", None)
    environment |= {
        "JUPYTER_TOKEN": lab.token,
        "JUPYTER_CONFIG_DIR": str(own),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "IPYTHONDIR": str(own / "ipython"),
    }
    log = folder / "jupyterlab.log"
    with log.open("wb") as sink:
        server = subprocess.Popen([sys.executable, *call], cwd=folder, env=environment, stdout=sink, stderr=sink)
    try:
        wait_for(lab, server, log)
        yield lab
    finally:
        server.terminate()  # JupyterLab ends its kernels with itself
        server.wait(timeout=30)


def wait_for(lab: Lab, server: subprocess.Popen, log: Path) -> None:
    """Return when JupyterLab answers; fail with what it wrote when it does not."""
    for _ in range(SECONDS * 4):
        try:
            lab.ask("/api/status")
            return
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, f"JupyterLab stopped: {log.read_text()}"
            time.sleep(0.25)
    raise AssertionError(f"JupyterLab did not answer in {SECONDS} s: {log.read_text()}")


class Notebook:
    """One notebook, open in its own page: run it, look at what the reader sees, move its controls."""

    READY = """() => {
        const panel = window.jupyterapp?.shell.currentWidget;
        const session = panel?.sessionContext;
        return Boolean(panel?.context?.isReady && session?.isReady && session.session?.kernel);
    }"""
    # An error inside a widget's callback may show up in no cell: listen to the kernel itself. What the page asked is
    # answered once the kernel is idle again for it; by then the page has sent what it held back meanwhile.
    LISTEN = """async () => {
        const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
        await kernel.info;
        window.kernelErrors = [];
        window.unanswered = new Set();
        kernel.anyMessage.connect((_, { msg, direction }) => {
            if (direction === "send" && msg.channel === "shell") window.unanswered.add(msg.header.msg_id);
        });
        kernel.iopubMessage.connect((_, message) => {
            if (message.header.msg_type === "error") {
                window.kernelErrors.push(`${message.content.ename}: ${message.content.evalue}`);
            }
            if (message.content.execution_state === "idle") window.unanswered.delete(message.parent_header.msg_id);
        });
    }"""
    DRAWN = """() => !document.body.innerText.includes("Loading widget")"""

    def __init__(self, browser: Browser, lab: Lab, path: str):
        self.path, self.lab = path, lab
        self.outside: list[str] = []  # addresses that the page asked for outside this computer
        self.console: list[str] = []  # errors in the page's console
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(PATIENCE)
        context.route("**/*", self._keep_inside)
        self.page = context.new_page()
        self.page.on("console", lambda line: line.type == "error" and self.console.append(line.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        workspace = secrets.token_hex(4)  # its own, or JupyterLab restores what another page had open
        self.address = f"{lab.address}/lab/workspaces/{workspace}/tree/{path}?token={lab.token}&reset"
        self.page.goto(self.address)
        self.page.wait_for_function(self.READY)
        self.page.evaluate(self.LISTEN)

    def _keep_inside(self, route: Route, request: Request) -> None:
        if urlsplit(request.url).hostname in {"127.0.0.1", None}:  # None: data: and blob:
            route.continue_()
        else:
            self.outside.append(request.url)
            route.abort()

    def run(self) -> None:
        """Run all cells from the top and wait until the last is done and its widgets are drawn."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.settle()
        self.page.wait_for_function(self.DRAWN)

    def reopen(self) -> None:
        """Restart the kernel and load the page again, as an analyst does the next day; nothing is run yet.

        Outputs are cleared before, since widgets of a kernel that is gone cannot be drawn. What JupyterLab itself says
        of answers that this kernel still owed (its debugger asks) is dropped.
        """
        said = list(self.console)
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.save()")
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
        self.page.wait_for_function(self.READY)
        self.page.goto(self.address)
        self.page.wait_for_function(self.READY)
        self.page.evaluate(self.LISTEN)
        self.console[:] = said

    def kernel(self, code: str) -> str:
        """What the notebook's kernel prints when it runs some code."""
        return self.page.evaluate("""async (code) => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const future = kernel.requestExecute({ code });
            let said = "";
            future.onIOPub = (message) => { said += message.content.text ?? ""; };
            await future.done;
            return said.trim();
        }""", code)

    def panel(self, number: int = 0) -> Locator:
        """One panel of the notebook, by its order."""
        return self.page.locator(".wb-panel").nth(number)

    def settle(self) -> None:
        """Wait until the kernel has answered all that the page asked: what the page shows now is the last step's."""
        self.page.wait_for_function("() => window.unanswered.size === 0")

    def until(self, panel: Locator, words: str) -> None:
        """Let the page settle and expect a panel's status line to hold some words; "0 of" is no part of "10 of"."""
        self.settle()
        wanted = re.compile(("(?<![0-9,])" if words[0].isdigit() else "") + re.escape(words))
        expect(panel.locator(".wb-status span").first).to_have_text(wanted)

    def choose(self, panel: Locator, words: str) -> str:
        """Choose the row of a panel's table that holds some words, and return what the reader marks."""
        panel.locator(".wb-chooses tbody tr").filter(has_text=words).first.click()
        self.settle()
        panel.locator(".wb-chosen").first.wait_for()
        return "".join(panel.locator(".wb-chosen").all_inner_texts())

    def problems(self) -> list[str]:
        """Whatever went wrong so far: in a cell or a callback, in the page, or by a request to the outside."""
        errors = self.page.evaluate("() => window.kernelErrors")
        broken = self.page.get_by_text("Error displaying widget").all_inner_texts()
        return [*errors, *broken, *self.console, *(f"asked for {address}" for address in self.outside)]

    def theme(self, name: str) -> None:
        """Change the page's theme, for example to "JupyterLab Dark"."""
        self.page.evaluate("name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})", name)
        dark = str("Dark" not in name).lower()
        self.page.wait_for_function(f"() => document.body.dataset.jpThemeLight === '{dark}'")

    def screenshot(self, folder: Path, name: str | None = None, width: int = 1400) -> Path:
        """A picture of the whole notebook, not only of the part that fits a window."""
        self.page.set_viewport_size({"width": width, "height": 1000})
        height = self.page.evaluate(
            "() => Math.max(...[...document.querySelectorAll('.jp-WindowedPanel-outer')].map(e => e.scrollHeight))"
        )
        self.page.set_viewport_size({"width": width, "height": min(height, 12_000) + 150})
        self.page.evaluate(
            "() => document.querySelectorAll('.jp-WindowedPanel-outer').forEach(e => e.scrollTo(0, 0))"
        )
        self.page.wait_for_function(  # the first cell is drawn anew once it is in sight
            "() => document.querySelector('.jp-Notebook h1')?.getBoundingClientRect().top > 0"
        )
        file = folder / f"{name or Path(self.path).stem}.png"
        self.page.screenshot(path=file)
        return file

    def close(self) -> None:
        """Close the page and end its kernel, which would outlive it."""
        self.page.context.close()
        for kernel in json.loads(self.lab.ask("/api/kernels")):
            self.lab.ask(f"/api/kernels/{kernel['id']}", "DELETE")
