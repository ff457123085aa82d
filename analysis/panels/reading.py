"""Read an article: its facts, its text with highlights and what found them, a word in its context, notes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from analysis import independence
from analysis.corpus import Corpus
from analysis.panels.controls import choice, switch, text
from analysis.panels.marks import marks, matches
from analysis.panels.notes import note_marks, notes_view, take_back_note, write_note
from analysis.panels.page import legend_html, marked_html, table_html, words
from analysis.panels.panel import Panel, Shown
from analysis.panels.reader import Reader
from analysis.panels.settings import Settings
from analysis.panels.table import Listing
from analysis.panels.tables import ALL, counted, named_by, of_article, quote, rows, voices, without_lone_article
from analysis.plots import figure_words
from analysis.records import Article

RULE = "rule"
FOUND_ORDER = {"kind": "kind", "words": "start", "what": "what", "found by": "found_by"}


def alike(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Return {article_id: the other articles that tell the same story in nearly the same words}."""
    originals = independence.originals(rows(corpus.articles, Article))
    stories: dict[str, list[str]] = {}
    for article_id, original in originals.items():
        stories.setdefault(original, []).append(article_id)
    return {one: tuple(other for other in story if other != one) for story in stories.values() for one in story
            if len(story) > 1}


def facts(corpus: Corpus, article_id: str, copies: Mapping[str, tuple[str, ...]] | None = None) -> pd.DataFrame:
    """Return what is known of an article, as rows of fact and value; what is not known says so.

    ``copies``: those of ``alike``, where they are at hand.
    """
    copies = alike(corpus) if copies is None else copies
    row = corpus.articles.set_index("article_id").loc[article_id]
    told = {"article": article_id, **{name: row[name] for name in ("title", "outlet", "published", "url", "language",
                                                                  "rights", "words")}}
    told |= {f"{name} found": len(of_article(found, article_id)) for name, found in (
        ("mentions", corpus.mentions), ("attributions", corpus.attributions), ("claims", corpus.casualties))}
    told["a copy of"] = "no other article" if pd.isna(row["duplicate_of"]) else row["duplicate_of"]
    told["nearly the same as"] = copies.get(article_id, ()) or "no other article"
    return pd.DataFrame({"fact": list(told), "value": [words(value) for value in told.values()]})


def occurrences(corpus: Corpus, search: str, article_id: str = ALL) -> pd.DataFrame:
    """Return every place where words stand: article_id, start, end. Capitals make no difference; parts count too."""
    places = [(name, *match.span()) for name in of_article(corpus.articles, article_id)["article_id"]
              for match in matches(corpus.text(name), search)]
    return named_by(pd.DataFrame(places, columns=["article_id", "start", "end"]), "article_id", "start")


def in_context(corpus: Corpus, places: pd.DataFrame, context: int = 60) -> pd.DataFrame:
    """Return places for reading: article, start (a character), in context (so many characters each side)."""
    quotes = [quote(corpus.text(name), max(start - context, 0), start, end, end + context)
              for name, start, end in places[["article_id", "start", "end"]].itertuples(index=False)]
    return pd.DataFrame({"article": places["article_id"], "start": places["start"],
                         "in context": pd.Series(quotes, index=places.index, dtype=object)}
                        ).pipe(without_lone_article, corpus)


def _beside(corpus: Corpus, places: pd.DataFrame, context: int = 60) -> pd.DataFrame:
    """Return places as a concordance of columns: article, start, before, words, after."""
    shown = in_context(corpus, places, context)
    quotes = shown.pop("in context")
    return shown.assign(before=[q.before for q in quotes], words=[q.found for q in quotes],
                        after=[q.after for q in quotes])


def concordance(corpus: Corpus, search: str, context: int = 60, article_id: str = ALL) -> pd.DataFrame:
    """Return every place where a word stands: article, start (a character), in context (so many characters each side).

    Capitals make no difference; a part of a word is found too.
    """
    return in_context(corpus, occurrences(corpus, search, article_id), context)


def findings(corpus: Corpus, article_id: str, entities: bool = True, claims: bool = True, attributions: bool = True,
             ) -> pd.DataFrame:
    """Return what was found in an article: article_id, start, end, kind, words, what, found_by; as the text goes.

    ``found_by`` is the rule, or the model, that found a mention; claims and attributions are found by rules alone.
    """
    text, found = corpus.text(article_id), []
    for m in of_article(corpus.mentions, article_id).itertuples() if entities else ():
        found.append((m.start, m.end, "mention", f"{words(m.entity)} ({words(m.type)})", _found_by(m.extracted_by)))
    for c in of_article(corpus.casualties, article_id).itertuples() if claims else ():
        found.append((c.start, c.end, "claim", f"{c.effect} {figure_words(c.low, c.high, c.bound)}, {c.certainty}",
                      "you" if c.judged == "added" else RULE))
    said = of_article(corpus.attributions, article_id) if attributions else corpus.attributions.head(0)
    for a, voice in zip(said.itertuples(), voices(said), strict=True):
        found.append((a.start, a.end, "attribution", f"{voice}: “{a.cue}”, {a.certainty}", RULE))
    listed = [(article_id, start, end, kind, text[start:end], what, by)
              for start, end, kind, what, by in sorted(found, key=lambda row: (row[0], -row[1]))]
    columns = ["article_id", "start", "end", "kind", "words", "what", "found_by"]
    return named_by(pd.DataFrame(listed, columns=columns).drop_duplicates(), "article_id", "start", "end", "kind")


def _found_by(name: str | None) -> str:
    return "not known" if pd.isna(name) else "model" if name == "model" else f"{RULE}: {name}"


def findings_view(found: pd.DataFrame) -> pd.DataFrame:
    """Return findings for reading: kind, words, what, found by."""
    return pd.DataFrame({"kind": found["kind"], "words": [_short(text) for text in found["words"]],
                         "what": found["what"], "found by": found["found_by"]})


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]} …"


def article_html(corpus: Corpus, article_id: str, entities: bool = True, claims: bool = True, attributions: bool = True,
                 search: str = "") -> str:
    """Return an article with a legend and the highlights of the layers that are on."""
    layers = {"entities": entities, "claims": claims, "content": attributions, "source": attributions,
              "cue": attributions, "found": search.strip()}
    shown = marks(corpus, article_id, entities, claims, attributions, search)
    return legend_html([name for name, on in layers.items() if on]) + marked_html(corpus.text(article_id), shown)


def show_article(corpus: Corpus, copies: Mapping[str, tuple[str, ...]], article: str | None, search: str = "",
                 context: int = 60, **layers: bool) -> Shown:
    """Return what was found in an article, or the searched words in all articles, with the article's facts."""
    if article is None:
        return Shown("No article could be read.")
    parts = [counted(len(of_article(getattr(corpus, table), article)), word) for table, word in
             (("mentions", "mention"), ("casualties", "claim"), ("attributions", "attribution"))]
    status = f"{', '.join(parts)} in this article"
    status += f"; nearly the same as {', '.join(copies[article])}" if article in copies else ""
    listing = Listing(findings(corpus, article, **layers), findings_view, FOUND_ORDER,
                      "Nothing was found in this article, or no layer is on.")
    if search.strip():
        found = occurrences(corpus, search)
        status += (f"; “{search.strip()}” stands {counted(len(found), 'time')} "
                   f"in {counted(found['article_id'].nunique(), 'article')}")
        listing = Listing(found, partial(_beside, corpus, context=context), nothing="It stands nowhere.")
    shown = {"entities": ["entities"], "claims": ["claims"], "attributions": ["content", "source", "cue"]}
    legend = legend_html([name for layer, names in shown.items() if layers.get(layer) for name in names] + ["note"],
                         paper=False)
    return Shown(status, f"{legend}<details><summary>What is known of this article</summary>"
                 f"{table_html(facts(corpus, article, copies))}</details>", listing,
                 {"Your notes": Listing(notes_view(corpus), nothing="You have written no note yet.")})


def read_found(corpus: Corpus, reader: Reader, row: pd.Series | None, article: str | None, search: str = "",
               **layers: bool) -> None:
    """Open the chosen row in the reader, else the chosen article at its top, with its layers and notes."""
    if article is None:
        return
    name = article if row is None else row["article_id"]
    span = () if row is None else (int(row["start"]), int(row["end"]))
    around = [*marks(corpus, name, search=search, **layers), *note_marks(corpus, name)]
    about = "" if row is None or "found_by" not in row else f"{row['what']} — found by {row['found_by']}"
    reader.read(corpus, name, *span, around=around, about=about)


def reading_panel(corpus: Corpus, article: str | None = None, search: str = "", context: int = 60) -> Panel:
    """Return the panel of 1-reading: an article with its layers and what found them, search in all, and notes."""
    names = list(corpus.articles["article_id"])
    articles = choice("Article", names, first=None, wide=True)
    articles.value = article if article in names else articles.value
    return Panel(partial(show_article, corpus, alike(corpus), context=context),
                 {"Write the note": partial(write_note, corpus), "Take back a note": partial(take_back_note, corpus)},
                 read=partial(read_found, corpus), table="What was found",
                 fields={"note": text("Note", "on the words selected, or on the row", wide=True)},
                 saved=Settings.beside(corpus.journal, "reading"), article=articles,
                 search=text("Search", "words, in all articles", search, wide=True), entities=switch("Entities"),
                 claims=switch("Claims"), attributions=switch("Attributions"))
