"""Read an article: its facts, its text with highlights, and a word in its context."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.panels.marks import marks, matches
from analysis.panels.page import legend_html, marked_html, table_html, words
from analysis.panels.panel import Panel, Shown, choice, counted, switch, text
from analysis.panels.tables import ALL, of_article, quote, without_lone_article


def facts(corpus: Corpus, article_id: str) -> pd.DataFrame:
    """Return what is known of an article, as rows of fact and value; what is not known says so."""
    row = corpus.articles.set_index("article_id").loc[article_id]
    told = {"article": article_id, **{name: row[name] for name in ("title", "outlet", "published", "url", "language",
                                                                  "rights", "words")}}
    told |= {f"{name} found": len(of_article(getattr(corpus, name), article_id))
             for name in ("mentions", "attributions", "casualties")}
    told["a copy of"] = "no other article" if pd.isna(row["duplicate_of"]) else row["duplicate_of"]
    return pd.DataFrame({"fact": list(told), "value": [words(value) for value in told.values()]})


def concordance(corpus: Corpus, search: str, context: int = 60, article_id: str = ALL) -> pd.DataFrame:
    """Return every place where a word stands: article, start (a character), in context (so many characters each side).

    Capitals make no difference; a part of a word is found too.
    """
    rows = []
    for name in of_article(corpus.articles, article_id)["article_id"]:
        text = corpus.text(name)
        for match in matches(text, search):
            start, end = match.span()
            rows.append((name, start, quote(text, max(start - context, 0), start, end, end + context)))
    return without_lone_article(pd.DataFrame(rows, columns=["article", "start", "in context"]), corpus)


def article_html(corpus: Corpus, article_id: str, entities: bool = True, claims: bool = True, attributions: bool = True,
                 search: str = "") -> str:
    """Return an article with a legend and the highlights of the layers that are on."""
    layers = {"entities": entities, "claims": claims, "content": attributions, "source": attributions,
              "cue": attributions, "found": search.strip()}
    shown = marks(corpus, article_id, entities, claims, attributions, search)
    return legend_html([name for name, on in layers.items() if on]) + marked_html(corpus.text(article_id), shown)


def show_article(corpus: Corpus, article: str | None, search: str = "", context: int = 60, **layers: bool) -> Shown:
    """Return one article with its facts and highlights, and the searched word in all articles."""
    if article is None:
        return Shown("No article could be read.", "")
    found = concordance(corpus, search, context)
    articles = found["article"].nunique() if "article" in found else min(len(found), 1)
    rows = [counted(len(of_article(corpus.mentions, article)), "mention"),
            counted(len(of_article(corpus.casualties, article)), "claim"),
            counted(len(of_article(corpus.attributions, article)), "attribution")]
    searched = (f"; “{search.strip()}” stands {counted(len(found), 'time')} "
                f"in {counted(articles, 'article')}") if search.strip() else ""
    context_html = table_html(found, "It stands nowhere.") if search.strip() else ""
    return Shown(f"{', '.join(rows)} in this article{searched}",
                 f"<details><summary>What is known of this article</summary>{table_html(facts(corpus, article))}"
                 f"</details>{context_html}{article_html(corpus, article, search=search, **layers)}")


def reading_panel(corpus: Corpus, article: str | None = None, search: str = "", context: int = 60) -> Panel:
    """Return the panel of 1-reading: an article with its layers, and a word in its context."""
    names = list(corpus.articles["article_id"])
    articles = choice("Article", names, first=None, wide=True)
    articles.value = article if article in names else articles.value
    return Panel(partial(show_article, corpus, context=context), article=articles,
                 search=text("Search", "a word, in all articles", search), entities=switch("Entities"),
                 claims=switch("Claims"), attributions=switch("Attributions"))
