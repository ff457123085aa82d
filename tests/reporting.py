"""Made-up reporting for property tests: plausible sentences, put together at random, with hostile fragments among them.

Nothing here is about anybody. The fragments are what a hostile or broken page may hold.
"""

from hypothesis import strategies as st

from analysis.records import Article

NAMES = (
    "Omar Haddad", "General Petra Voss", "Mrs. Okello", "the spokesman", "residents", "the Blue Front", "police",
    "Press TV", "Reuters", "the army", "a doctor who asked not to be named", "he", "she", "Al-Nahar", "ISIS-K",
    "the Interior Ministry", "Washington", "the Red Cross", "two officials", "nobody", "an eyewitness", "I", "we")
PLACES = (
    "Kabul", "the north of Aleppo", "Mazar-i-Sharif", "Goma", "the village of Tel Rasha", "Georgia",
    "Rivers State", "a market", "the border between Chad and Sudan", "Oldtown hospital")
NUMBERS = (
    "five", "at least 12", "some 30", "more than 1,000", "up to seven", "several", "dozens of", "no", "one",
    "between 3 and 5", "5-7", "two million", "1.5 million", "99999999999999999999", "0", "-3", "10th", "a few",
    "nearly a hundred", "half a dozen", "tens of thousands of", "½", "٣", "three or four", "12 (two of them",
    "hundreds, perhaps thousands of", "60%", "a third of the", "neither", "")
VICTIMS = (
    "civilians", "soldiers", "people", "militants", "children and two women", "journalists",
    "members of a family", "policemen, including a colonel", "prisoners", "Ali and Hassan, two brothers,",
    "shoppers", "houses", "of them", "others", "families", "")
HARMS = (
    "were killed", "were wounded", "died", "were shot dead", "have been abducted", "went missing",
    "were displaced", "were not hurt", "may have been executed", "were killed or injured", "lost their lives",
    "surrendered", "were captured and later killed", "had fled", "killed", "wounding")
SAYING = (
    "said", "told reporters in {place}", "denied that", "claimed", "confirmed", "reported", "according to",
    "added", "quoted {name} as saying", "has repeatedly rejected reports that", "did not say whether",
    "warned that", "tweeted", "admitted", "accused {name} of lying when", "said {name} had told {name} that")
WHEN = (
    "on Monday", "on 19 March", "last year", "in 2014", "since 1979", "yesterday", "two days later",
    "on 31 February", "between Friday and Sunday", "at 25:61", "in the summer of 2016", "on 3/4/05", "tomorrow")
FORMS = (
    "{name} {saying} {number} {victims} {harm} in {place} {when}.",
    "{number} {victims} {harm} {when}, {name} {saying}.", "“{number} {victims} {harm},” {name} {saying}.",
    "\"We saw {number} {victims}\", {saying} {name}, \"who {harm}.",
    "An air strike killed {number} {victims} and wounded {number} {victims} near {place}, {name} {saying}.",
    "According to {name}, {name} {saying} {number} {victims} {harm}, {number} of whom {harm} {when}.",
    "The toll rose to {number} from {number}, {name} {saying}.",
    "{name} {saying} {name} {saying} that he {harm}.", "If {number} {victims} {harm}, {name} would know.",
    "{name}: {number} {victims} {harm}", "{name}, {place} - {when}",
    "- {number} {victims}\n- {number} {victims}\n- {name}, {number}", "{name}", "{number}", "{harm} {harm} {harm}")
HOSTILE = (
    "<script>document.title='ran'</script>", "<img src=x onerror=\"document.title='ran'\">",
    "javascript:alert(1)", "<a href='javascript:document.title=1'>killed 5</a>",
    "</style></script><svg onload=alert(1)>", "<!-- five killed -->", "{{7*7}}", "${7*7}", "%s%n",
    "[x](javascript:alert(1))", "=HYPERLINK(\"http://x\")", "+1+1", "-2", "@SUM(A1)", "\t=1", "\r", "\r\n",
    "\n\n", "\n", "\0", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\u202efive dead\u202c",
    "k\u200bi\u200bl\u200bl\u200be\u200bd", "\u2066\u2067", "\ufeff", "\u00ad", "\u2028", "\u2029", "\x85",
    "../../etc/passwd", "C:\\con\\nul", "file:///etc/passwd", "e\u0301" * 5, "Z" + "\u0351" * 40,
    "👩‍👩‍👧‍👦 killed five", "🇸🇾", "٣ قتلى", "五人死亡", "\ufffd", "x" * 300, "a " * 200, "(" * 60, "\"" * 7, "“" * 5,
    "''''", "—" * 9, ", " * 40, "and " * 40, "..." * 20, "said " * 30, "1 " * 40, "five killed " * 15, "\ufb01ve",
    "Ｆｉｖｅ ｋｉｌｌｅｄ", "İstanbul", "ß", "\U0010ffff", "\ue000", "\u0000")


def _filled(form: str):
    """A strategy for a form with each of its gaps filled."""
    gaps = {"name": NAMES, "place": PLACES, "number": NUMBERS, "victims": VICTIMS, "harm": HARMS, "saying": SAYING,
            "when": WHEN}

    def fill(draw):
        text = form
        while gap := next((gap for gap in gaps if f"{{{gap}}}" in text), None):
            text = text.replace(f"{{{gap}}}", draw(st.sampled_from(gaps[gap])), 1)
        return text

    return st.composite(fill)()


SENTENCES = st.sampled_from(FORMS).flatmap(_filled)
FRAGMENTS = st.sampled_from(HOSTILE) | st.text(max_size=20)


@st.composite
def texts(draw):
    """A text of up to eight sentences; in about half of them a fragment stands somewhere, also inside a word."""
    pieces = []
    for sentence in draw(st.lists(SENTENCES, min_size=1, max_size=8)):
        if draw(st.booleans()):
            at = draw(st.integers(0, len(sentence)))
            sentence = sentence[:at] + draw(FRAGMENTS) + sentence[at:]
        pieces += [sentence, draw(st.sampled_from((" ", "\n", "\n\n", "\r\n", "")))]
    return "".join(pieces)


@st.composite
def corpora(draw, size: int = 2):
    """``size`` articles, which may share text, with and without outlet, title and date."""
    written = [draw(texts()) for _ in range(size)]
    if draw(st.integers(0, 4)) == 0:
        written[-1] = written[0] + draw(SENTENCES)
    return [Article(name, text=text, words=len(text.split()), language="en", title=draw(st.none() | FRAGMENTS),
                    outlet=draw(st.sampled_from((None, "Press TV", "The Herald", "=Herald"))),
                    published=draw(st.sampled_from((None, "2021-08-19", "2016-02-29", "0001-01-01", "9999-12-31"))))
            for name, text in zip("abcdefgh"[:size], written, strict=True)]
