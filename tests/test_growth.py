"""No text may hang the workbook: twice the text takes the rules about twice as many steps, whatever its shape.

``tools/bench_growth.py`` measures more shapes, at greater lengths, in seconds.
"""

import pytest

from tools.bench_growth import GROWTH, calls, shape


@pytest.mark.parametrize("name", [
    "tolls", "quotations", "semicolons", "nested quotations", "bullets", "acronyms", "titles", "denials"])
def test_twice_the_text_takes_about_twice_the_steps(name):
    assert calls(shape(name, 2400)) <= GROWTH * calls(shape(name, 1200))


@pytest.mark.parametrize("name", ["of", "that", "relative clauses", "capitals"])
def test_one_long_sentence_takes_no_more_steps_than_its_greatest_length_allows(name):
    assert calls(shape(name, 1200)) < 2500 * 1200
