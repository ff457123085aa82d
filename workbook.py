#!/usr/bin/env python3
"""Open the workbook, or test it. The first start installs what it needs into the folder .venv.

    python3 workbook.py lab [--articles DIR] [arguments for JupyterLab ...]
    python3 workbook.py test [arguments for pytest ...]

`lab` opens JupyterLab in the browser, on this computer only. `--articles DIR`, or the environment variable
WORKBOOK_ARTICLES, names the folder with your own articles; without it the notebooks read the example in seeds/.
You work on copies of the notebooks, in the folder workbook-notebooks beside your articles; `lab` says where.
`test` checks everything, the notebooks included, always on the example.
"""
# Only the standard library, and up to the version check only words that a very old Python can read.

from __future__ import print_function

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(
        "Python 3.11, 3.12 or 3.13 is needed, this is %d.%d.%d.\n"
        "If you have one of them, name it: for example python3.12 workbook.py lab" % sys.version_info[:3]
    )

import argparse
import hashlib
import os
import platform
import re
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.txt"
SETTINGS = ROOT / "pyproject.toml"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
FIRST_NOTEBOOK = "1-reading.ipynb"


def main(arguments):
    """Do what the command line asks; returns the exit code."""
    command = arguments[0] if arguments else "--help"
    if command in ("-h", "--help"):
        print(__doc__.strip())
        return 0
    if command not in COMMANDS:
        sys.exit("%s\n\nThere is no command %r: it is lab or test." % (__doc__.strip(), command))
    if command == "lab" and {"-h", "--help"} & set(arguments):
        print(__doc__.strip() + "\n\nFor JupyterLab's own arguments: python3 workbook.py lab --help-all")
        return 0
    call, environment = COMMANDS[command](arguments[1:])
    install()
    return hand_over(call, environment)


def lab(arguments):
    """The call and the environment for JupyterLab on the first notebook and the analyst's articles."""
    parser = argparse.ArgumentParser(prog="workbook.py lab", add_help=False, allow_abbrev=False)
    parser.add_argument("--articles", metavar="DIR", default=os.environ.get("WORKBOOK_ARTICLES"))
    own, others = parser.parse_known_args(arguments)
    if getattr(os, "geteuid", lambda: 1)() == 0 and "--allow-root" not in others:
        sys.exit(
            "JupyterLab does not run as root, where a page could do anything to this computer.\n"
            "Log in as another user, or say that you want it: python3 workbook.py lab --allow-root"
        )
    environment = dict(os.environ)
    # The kernel named python3 is .venv's, even if the analyst has installed another of that name.
    environment["JUPYTER_PREFER_ENV_PATH"] = "1"
    # The folder .jupyter turns off JupyterLab's question whether it may fetch news, and has the controls of a panel
    # answered one after another: in threads of their own, an older answer may be shown last.
    config = [str(ROOT / ".jupyter"), os.environ.get("JUPYTER_CONFIG_PATH")]
    environment["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, config))
    from analysis.copies import working_copies  # only the standard library, like this file

    folder = None
    if own.articles:
        folder = Path(own.articles).expanduser().resolve()
        if not folder.is_dir():
            sys.exit("There is no folder %s, named by --articles or WORKBOOK_ARTICLES." % folder)
        environment["WORKBOOK_ARTICLES"] = str(folder)
    copies = working_copies(ROOT, folder)
    print("Reading %s.\nYour notebooks, with what they show of these articles, are in %s"
          % (folder or "the example in seeds/: no --articles DIR was given", copies), flush=True)  # fmt: skip
    call = [
        str(PYTHON),
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",  # JupyterLab asks for its token besides, as it does unless told otherwise
        "--ServerApp.root_dir=%s" % copies,
        "--LabApp.default_url=/lab/tree/%s" % FIRST_NOTEBOOK,
        # Nothing that is read here may be announced outside: no extension store, no news, no update check.
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    return call + others, environment


def test(arguments):
    """The call and the environment for all tests, on the example and without any analyst's settings."""
    environment = dict(os.environ)
    for setting in ("WORKBOOK_ARTICLES", "WORKBOOK_PIPELINE"):
        environment.pop(setting, None)
    # A judgement on the example must not change a test: the journal is one that does not exist yet.
    journal = VENV / "judgements-in-tests.jsonl"
    journal.unlink(missing_ok=True)
    environment["WORKBOOK_JOURNAL"] = str(journal)
    return [str(PYTHON), "-m", "pytest"] + arguments, environment


COMMANDS = {"lab": lab, "test": test}


def fingerprint():
    """What an install depends on, as one line: the lock, the package's settings, the Python, where the folder lies."""
    parts = [LOCK.read_bytes(), SETTINGS.read_bytes(), platform.python_version().encode(), str(ROOT).encode()]
    return " ".join(hashlib.sha256(part).hexdigest() for part in parts)


def installed():
    """Whether .venv is complete and made from the present files by the present Python."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == fingerprint()


def install():
    """Make .venv from the lock, unless it is there; whatever an interrupted install left is thrown away."""
    if installed():
        return
    print("Installing into %s, once: about 1 GB. It takes two minutes with a fast connection and a fast disk, ten "
          "with slow ones." % VENV, flush=True)  # fmt: skip
    begun = time.time()
    STAMP.unlink(missing_ok=True)
    # The Python behind a virtual environment, lest .venv be asked to clear itself away.
    base = getattr(sys, "_base_executable", None) or sys.executable
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    packages = len(set(re.findall(r"^([\w.-]+)==", LOCK.read_text("utf-8"), re.MULTILINE)))
    step(
        "Making the folder .venv",
        [base, "-m", "venv", "--clear", str(VENV)],
        "Close JupyterLab and whatever else runs from .venv. On Debian and Ubuntu: sudo apt install python3-venv",
    )
    step(
        "Installing the packages of requirements.txt",
        pip + ["--require-hashes", "--only-binary=:all:", "-r", str(LOCK)],
        "Check the connection (behind a proxy, set HTTPS_PROXY) and that 2 GB of disk are free. "
        "Packages are there for Linux (x86-64, ARM), macOS (Apple silicon) and Windows (x86-64).",
        packages,
    )
    # In a step of its own: pip takes no folder beside hashes. The lock holds setuptools, so nothing is downloaded.
    step(
        "Installing the workbook's own package",
        pip + ["--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
        "If you changed pyproject.toml, look there; a fresh copy of the project may help.",
    )
    STAMP.write_text(fingerprint())  # last, so that it stands only for a whole install
    print("Installed in %d s." % (time.time() - begun), flush=True)


def run(call, packages):
    """Run a program in the project's folder and return its exit code; of pip's lines only its progress is shown."""
    if not packages:
        return subprocess.call(call, cwd=str(ROOT))
    found = 0
    with subprocess.Popen(call, cwd=str(ROOT), stdout=subprocess.PIPE, universal_newlines=True) as child:
        for line in child.stdout:
            if line.startswith("Collecting "):
                found += 1
                name = re.split(r"[=<>\s]", line[len("Collecting "):])[0]
                print("\r  downloading %d of about %d packages: %-30.30s" % (found, packages, name), end="", flush=True)
            elif line.startswith("Installing collected packages"):
                print("\n  unpacking them: one minute to five, without further news ...", flush=True)
            elif line.startswith("ERROR"):
                print("\n" + line.rstrip(), flush=True)
        return child.wait()


def step(what, call, remedy, packages=0):
    """Run one step of the install; if it fails, say which one and what to try."""
    print("%s ..." % what, flush=True)
    try:
        code = run(call, packages)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. The next start installs from the beginning.")
    if code:
        sys.exit("\n%s failed (exit code %d, the reason is above).\n%s\nThen give the same command again; "
                 "it starts from the beginning." % (what, code, remedy))  # fmt: skip


def hand_over(call, environment):
    """Let the called program take over; returns its exit code where this process has to wait for it."""
    os.chdir(str(ROOT))
    if os.name == "posix":
        os.execve(call[0], call, environment)  # in this process's place, so that every signal reaches it
    child = subprocess.Popen(call, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            pass  # the child got it too, and JupyterLab first asks whether it is meant


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
