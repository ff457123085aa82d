"""The two commands and what they install; no test here reaches for the network."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import workbook

ROOT = workbook.ROOT
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = [Requirement(line) for line in SETTINGS["project"]["dependencies"]]
TEST = [Requirement(line) for line in SETTINGS["dependency-groups"]["test"]]
LOCK = (ROOT / "requirements.txt").read_text()
# A name may be locked twice, with markers for different Pythons.
PINS = [Requirement(line.rstrip("\\ ")) for line in LOCK.splitlines() if re.match(r"\w", line)]


# --- the three lists of packages agree ------------------------------------------------------------------------------


def test_every_requirement_is_locked_within_its_bounds():
    assert len(PINS) > 100
    build = [Requirement(line) for line in SETTINGS["build-system"]["requires"]]  # nothing is downloaded to build
    for wanted in RUNTIME + TEST + build:
        pins = [pin for pin in PINS if canonicalize_name(pin.name) == canonicalize_name(wanted.name)]
        assert pins, f"{wanted.name} is in pyproject.toml and not in requirements.txt"
        for pin in pins:
            (exact,) = pin.specifier
            assert exact.operator == "=="
            assert wanted.specifier.contains(exact.version), f"{pin} is outside {wanted}"


def test_every_pin_has_a_hash_and_nothing_has_an_address():
    for block in re.split(r"\n(?=\w)", LOCK):
        assert "--hash=sha256:" in block, block
    assert "://" not in LOCK
    assert not re.search(r"^-", LOCK, re.MULTILINE), "no option may sit in the lock, least of all an index"


def test_conda_supplies_python_and_pip_and_the_lock_the_rest():
    *from_conda, from_pip = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert from_conda == [f"python {SETTINGS['project']['requires-python']}", "pip"]
    assert from_pip == {"pip": ["--require-hashes", "-r requirements.txt"]}


def test_the_python_versions_agree():
    (low, high) = re.findall(r"\(3, (\d+)\)", (ROOT / "workbook.py").read_text())
    assert SETTINGS["project"]["requires-python"] == f">=3.{low},<3.{int(high) + 1}"


def test_whatever_the_package_imports_is_required():
    files = list((ROOT / "analysis").rglob("*.py"))
    assert len(files) > 10
    trees = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    names = {alias.name for node in trees if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in trees if isinstance(node, ast.ImportFrom) and not node.level}
    outside = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"analysis"}
    required = {canonicalize_name(wanted.name) for wanted in RUNTIME}
    owners = packages_distributions()
    assert {name for name in outside if not required & {canonicalize_name(owner) for owner in owners[name]}} == set()


# --- the import contract --------------------------------------------------------------------------------------------


def test_a_room_knows_only_the_rooms_to_its_left():
    # In a process of its own: it sets up logging, and every logger there was before falls silent.
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    call = [sys.executable, "-c", lint, "--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_contract_is_about_every_module():
    (contract,) = SETTINGS["tool"]["importlinter"]["contracts"]
    named = set(re.findall(r"\w+", " ".join(contract["layers"])))
    modules = {path.stem for path in (ROOT / "analysis").glob("*.py")} - {"__init__"}
    modules |= {path.parent.name for path in (ROOT / "analysis").glob("*/__init__.py")}
    assert len(modules) > 10
    assert named == modules


# --- workbook.py: which Python --------------------------------------------------------------------------------------


def test_an_old_python_is_told_what_is_needed(tmp_path):
    # The real check, run by this Python in the belief that it is an older one.
    old = tmp_path / "old.py"
    source = (ROOT / "workbook.py").read_text()
    old.write_text(source.replace("import sys\n", "import sys\nsys.version_info = (3, 8, 18)\n", 1))
    answer = subprocess.run([sys.executable, old, "lab"], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.startswith("Python 3.11, 3.12 or 3.13 is needed, this is 3.8.18.")


def test_an_old_python_can_read_that_far():
    # An f-string or an annotation would be a SyntaxError before the check is reached.
    ast.parse((ROOT / "workbook.py").read_text(), feature_version=(3, 4))


# --- workbook.py: the install ---------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder in which every step of the install is written down instead of done."""
    for name in ("LOCK", "SETTINGS"):
        file = tmp_path / getattr(workbook, name).name
        file.write_text(name)
        monkeypatch.setattr(workbook, name, file)
    for name in ("VENV", "PYTHON", "STAMP", "ROOT"):
        monkeypatch.setattr(workbook, name, tmp_path / getattr(workbook, name).relative_to(ROOT))
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def calls(project, monkeypatch):
    """The calls that the install made, in order; ``fail_at`` counts them from 1."""
    made = []

    def call(arguments, packages):
        made.append([Path(argument).name if os.sep in argument else argument for argument in arguments])
        if "venv" in arguments:
            shutil.rmtree(workbook.VENV, ignore_errors=True)
            workbook.PYTHON.parent.mkdir(parents=True)
            workbook.PYTHON.touch()
        return 1 if len(made) == call.fail_at else 0

    call.fail_at = None
    made_by = type("Calls", (), {"made": made, "call": call})
    monkeypatch.setattr(workbook, "run", call)
    return made_by


def test_the_first_start_installs_the_lock_then_the_package(calls, project):
    workbook.install()
    venv, packages, own = calls.made
    assert venv[1:] == ["-m", "venv", "--clear", ".venv"]
    assert packages[-4:] == ["--require-hashes", "--only-binary=:all:", "-r", "requirements.txt"]
    assert own[-4:] == ["--no-deps", "--no-build-isolation", "-e", project.name]


def test_the_second_start_installs_nothing(calls):
    workbook.install()
    del calls.made[:]
    workbook.install()
    assert calls.made == []


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_a_changed_file_is_a_new_install(calls, project, changed):
    workbook.install()
    (project / changed).write_text("something else")
    assert not workbook.installed()


def test_another_python_is_a_new_install(calls, monkeypatch):
    workbook.install()
    monkeypatch.setattr(workbook.platform, "python_version", lambda: "3.13.9")
    assert not workbook.installed()


def test_a_moved_folder_is_a_new_install(calls, project, monkeypatch):
    workbook.install()
    monkeypatch.setattr(workbook, "ROOT", project / "elsewhere")
    assert not workbook.installed()


def test_a_python_that_is_gone_is_a_new_install(calls):
    workbook.install()
    workbook.PYTHON.unlink()
    assert not workbook.installed()


@pytest.mark.parametrize(
    ("step", "what", "remedy"),
    [
        (1, "Making the folder .venv failed", "python3-venv"),
        (2, "Installing the packages of requirements.txt failed", "HTTPS_PROXY"),
        (3, "Installing the workbook's own package failed", "pyproject.toml"),
    ],
)
def test_a_failing_install_says_what_failed_and_what_to_try(calls, step, what, remedy):
    calls.call.fail_at = step
    with pytest.raises(SystemExit) as stop:
        workbook.install()
    assert what in stop.value.code
    assert remedy in stop.value.code
    assert not workbook.installed()


def test_an_interrupted_install_is_made_anew(calls, monkeypatch):
    def interrupted(arguments, packages):
        if "--require-hashes" in arguments:
            raise KeyboardInterrupt
        return calls.call(arguments, packages)

    with monkeypatch.context() as during:
        during.setattr(workbook, "run", interrupted)
        with pytest.raises(SystemExit, match="from the beginning"):
            workbook.install()
    left = workbook.VENV / "half-a-package"
    left.touch()
    workbook.install()
    assert not left.exists()
    assert workbook.installed()


def test_of_the_packages_only_their_number_is_told(project, capfd):
    pip = "print('Collecting numpy==2.3 (from -r x)\\n  Using cached numpy\\nCollecting pandas==3\\n" \
          "Installing collected packages: numpy, pandas'); raise SystemExit(3)"
    assert workbook.run([sys.executable, "-c", pip], 150) == 3
    told = capfd.readouterr().out
    assert "2 of about 150 packages: pandas" in told
    assert "unpacking them: one minute to five" in told
    assert "Using cached" not in told


# --- workbook.py: the two commands ----------------------------------------------------------------------------------


@pytest.fixture
def handed_over(project, monkeypatch):
    """What ``main`` starts in the end, with the install left out."""
    started = []
    monkeypatch.setattr(workbook, "install", lambda: None)
    monkeypatch.setattr(workbook, "hand_over", lambda call, environment: started.append((call, environment)) or 0)
    return started


def test_root_is_told_what_to_do_before_anything_is_installed(calls, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SystemExit, match="lab --allow-root"):
        workbook.main(["lab"])
    assert calls.made == []


def test_lab_is_for_this_computer_only_and_asks_nobody_outside(handed_over):
    assert workbook.main(["lab"]) == 0
    ((call, environment),) = handed_over
    assert call[:3] == [str(workbook.PYTHON), "-m", "jupyterlab"]
    assert "--ServerApp.ip=127.0.0.1" in call
    assert "--LabApp.extension_manager=readonly" in call
    assert "--LabApp.news_url=None" in call
    assert not any("token" in argument or "password" in argument for argument in call)
    assert "--LabApp.default_url=/lab/tree/1-reading.ipynb" in call
    assert (ROOT / "notebooks" / "1-reading.ipynb").exists()
    assert "WORKBOOK_ARTICLES" not in environment


def test_the_question_about_news_is_off():
    answers = (ROOT / ".jupyter" / "labconfig" / "page_config.json").read_text()
    assert '"@jupyterlab/apputils-extension:announcements": true' in answers


def test_jupyterlab_is_told_to_answer_controls_one_after_another():
    settings = json.loads((ROOT / ".jupyter" / "labconfig" / "default_setting_overrides.json").read_text())
    assert settings["@jupyterlab/apputils-extension:kernels-settings"] == {"commsOverSubshells": "disabled"}


@pytest.mark.parametrize("given", [["--articles", "mine"], ["--articles=mine"]])
def test_the_articles_are_named_in_full_and_other_arguments_passed_on(handed_over, project, monkeypatch, given):
    (project / "mine").mkdir()
    monkeypatch.chdir(project)
    workbook.main(["lab", "--no-browser", *given, "--port", "9999"])
    ((call, environment),) = handed_over
    assert environment["WORKBOOK_ARTICLES"] == str(project / "mine")
    assert call[-3:] == ["--no-browser", "--port", "9999"]


def test_the_articles_may_be_named_by_the_environment(handed_over, project, monkeypatch):
    (project / "mine").mkdir()
    monkeypatch.setenv("WORKBOOK_ARTICLES", str(project / "mine"))
    workbook.main(["lab"])
    assert handed_over[0][1]["WORKBOOK_ARTICLES"] == str(project / "mine")


def test_a_folder_that_is_not_there_is_named_before_anything_is_installed(handed_over, project):
    missing = project / "no such folder"
    with pytest.raises(SystemExit, match=r"There is no folder .*no such folder"):
        workbook.main(["lab", "--articles", str(missing)])
    assert handed_over == []


def test_tests_run_on_the_example_whatever_the_analyst_has_set(handed_over, project, monkeypatch):
    monkeypatch.setenv("WORKBOOK_ARTICLES", "/mine")
    monkeypatch.setenv("WORKBOOK_PIPELINE", "another")
    workbook.main(["test", "-k", "lab", "--articles"])
    ((call, environment),) = handed_over
    assert call == [str(workbook.PYTHON), "-m", "pytest", "-k", "lab", "--articles"]
    assert not {"WORKBOOK_ARTICLES", "WORKBOOK_PIPELINE"} & set(environment)
    assert not Path(environment["WORKBOOK_JOURNAL"]).exists()


def test_help_installs_nothing(calls, capsys):
    assert workbook.main(["lab", "--articles", "nowhere", "--help"]) == 0
    assert "workbook.py lab [--articles DIR]" in capsys.readouterr().out
    assert calls.made == []


def test_an_unknown_command_is_refused_and_no_command_is_explained(handed_over, capsys):
    with pytest.raises(SystemExit, match="There is no command 'start'"):
        workbook.main(["start"])
    assert workbook.main([]) == 0
    assert "workbook.py lab [--articles DIR]" in capsys.readouterr().out


# --- what the documents say -----------------------------------------------------------------------------------------


def commands(document):
    """The calls of workbook.py in a document's code blocks."""
    return re.findall(r"^\s*(python3 workbook\.py .+)$", (ROOT / document).read_text("utf-8"), re.MULTILINE)


def test_the_readme_names_both_commands():
    kinds = {command.split()[2] for command in commands("README.md")}
    assert kinds == set(workbook.COMMANDS)


def test_ci_calls_the_readmes_test_command():
    run = (ROOT / ".ci" / "run").read_text()
    (called,) = re.findall(r"python3 workbook\.py .+", run)
    assert called in commands("README.md")
    assert "git clone" in run


def test_the_documented_refresh_makes_the_lock_from_the_groups_that_are_locked():
    (refresh,) = re.findall(r"uv pip compile .+", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    for option in ("--group test", "--universal", "--generate-hashes", "--no-emit-index-url", "-o requirements.txt"):
        assert option in refresh
