"""Our own colours are readable on what they lie on, in JupyterLab's light and dark theme: WCAG's AA, 4.5 to 1."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from analysis.panels.page import _LABEL, _PAPER, LAYERS
from analysis.panels.table import HERE

THEMES = Path(sys.prefix, "share", "jupyter", "lab", "themes", "@jupyterlab")
HEX = re.compile(r"#[0-9a-f]{6}\b|#[0-9a-f]{3}\b", re.IGNORECASE)


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 to 21, as WCAG 2.2 counts."""
    lighter, darker = sorted(map(luminance, (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def declared(css: str, selector: str) -> dict[str, str]:
    """The declarations of the rule with this selector."""
    rule = re.search(rf"(?:^|\}})\s*{re.escape(selector)}\s*\{{([^}}]*)\}}", css)
    assert rule, f"no rule {selector}"
    return styled(rule[1])


def styled(style: str) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (part.partition(":") for part in style.split(";"))}


def theme(name: str) -> dict[str, str]:
    """JupyterLab's own variables of a theme, as colours."""
    css = (THEMES / f"theme-{name}-extension" / "index.css").read_text(encoding="utf-8")
    found = re.findall(r"(--jp-[\w-]+):\s*(?:var\(--md-[\w-]+,)?\s*([^;})]+)", css)
    return {name: value.strip().replace("white", "#ffffff") for name, value in found}


def test_the_measure_is_right():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_reader_is_readable(name):
    css = (HERE / "reader.css").read_text(encoding="utf-8")
    known = theme(name)
    own = declared(css, ".wb-reader")
    own |= {} if name == "light" else declared(css, '[data-jp-theme-light="false"] .wb-reader')
    papers = [known["--jp-layout-color1"], known["--jp-layout-color2"]]  # the paper, and the chosen sentence
    assert all(HEX.fullmatch(paper) for paper in papers)
    for paper in papers:
        assert contrast(own["--said"], paper) >= 4.5  # the cue is text
        assert contrast(own["--line"], paper) >= 4.5  # so is a claim's number
        assert contrast(own["--noted"], paper) >= 3  # a line, no text
    for selector in (".wb-reader .wb-entities", ".wb-reader .wb-found", ".wb-reader .wb-chosen"):
        rule = declared(css, selector)
        assert contrast(rule["color"], rule["background"]) >= 4.5
    cue = declared(css, ".wb-reader .wb-entities.wb-cue")["color"]
    assert contrast(cue, declared(css, ".wb-reader .wb-entities")["background"]) >= 4.5


def test_the_busy_sign_is_readable():
    rule = declared((HERE / "status.css").read_text(encoding="utf-8"), ".wb-status .wb-working")
    assert contrast(rule["color"], rule["background"]) >= 4.5


def test_marks_on_paper_are_readable():
    paper = styled(_PAPER)
    assert contrast(paper["color"], paper["background"]) >= 4.5
    assert contrast(styled(_LABEL)["color"], paper["background"]) >= 4.5
    for layer, (_, style, _) in LAYERS.items():
        rule = styled(style)
        text, behind = rule.get("color", paper["color"]), rule.get("background", paper["background"])
        assert contrast(text, behind) >= 4.5, layer
        for line in HEX.findall(" ".join(value for name, value in rule.items() if name not in ("color", "background"))):
            assert contrast(line, paper["background"]) >= 3, layer
