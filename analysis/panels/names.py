"""Judge names by hand: two names are one, a name is someone else's, two are not the same; and take it back."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.judgements import Judgement
from analysis.markup import escape
from analysis.panels import judging
from analysis.panels.controls import choice, suggestion, text
from analysis.panels.panel import Done, Panel, Shown
from analysis.panels.table import Listing
from analysis.panels.tables import counted, in_short, sentence

NO_ENTITY = "No one is named in these articles."
DECISIONS = {"merge": "both names are one: merge", "split": "the other name is someone else's: split",
             "not_same": "they are not the same"}
_MOST_SUGGESTED = 1000  # names that travel to the browser


def aliases_view(corpus: Corpus, entity: str) -> pd.DataFrame:
    """Return how an entity is written: written, by name, mentions, articles, and the first words; names first."""
    rows = corpus.mentions[corpus.mentions["entity"] == entity]
    counts = rows.assign(name=~rows["nominal"]).groupby(["text", "name"], sort=False).agg(
        mentions=("text", "size"), articles=("article_id", "nunique"), article_id=("article_id", "first"),
        start=("start", "first"), end=("end", "first")).reset_index()
    counts = counts.sort_values(["name", "mentions", "text"], ascending=[False, False, True], ignore_index=True)
    spans = zip(counts["article_id"], counts["start"], counts["end"], strict=True)
    first = pd.Series([in_short(sentence(corpus, *span)) for span in spans], dtype=object)
    return counts.rename(columns={"text": "written", "name": "by name"})[
        ["written", "by name", "mentions", "articles"]].assign(**{"first mention": first})


def decided(corpus: Corpus, name: str | None = None) -> list[Judgement]:
    """Return the analyst's decisions on names that stand, or those about one name, the latest last."""
    return [judgement for judgement in corpus.journal.in_force()
            if judgement.kind in DECISIONS and (name is None or name in judgement.target)]


def decisions_view(corpus: Corpus) -> pd.DataFrame:
    """Return the analyst's decisions on names that stand: decision, names, why, who, when."""
    columns = ["decision", "names", "why", "who", "when"]
    return pd.DataFrame([(DECISIONS[j.kind], j.target, j.why, j.who, j.when[:10]) for j in decided(corpus)],
                        columns=columns)


def show_name(corpus: Corpus, name: str) -> Shown:
    """Return the names of an entity with the evidence that joins them, and the decisions that stand."""
    made = {"Your decisions": Listing(decisions_view(corpus), nothing="You have decided nothing about names yet.")}
    row = corpus.entities[corpus.entities["entity"] == name]
    if row.empty:
        return Shown(f"No entity is called “{name}”." if len(corpus.entities) else NO_ENTITY, tables=made)
    written = aliases_view(corpus, name)
    status = f"{name}: {counted(len(written), 'wording')}, {counted(written['mentions'].sum(), 'mention')}"
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in row["evidence"].iloc[0])
    reasons = f"<ul>{reasons}</ul>" if reasons else "<p>They are alike in spelling; no more was needed.</p>"
    return Shown(status, f"<h4>Why its names are one</h4>{reasons}", tables={"Its names": Listing(written), **made})


def save_name(corpus: Corpus, name: str, decision: str, other: str, why: str) -> Done:
    """Write a decision on two names into the journal, and return what came of it or why it was not saved."""
    name, other = name.strip(), other.strip()
    if refused := _refused(corpus, decision, name, other):
        return Done(f"Not saved: {refused}")
    done = judging.write(corpus, f"“{name}” and “{other}” are {'one' if decision == 'merge' else 'two'} now", decision,
                         name, other, why=why)
    joined = _names(corpus).get(name, set()) & _names(corpus).get(other, set())
    if done.undo and bool(joined) != (decision == "merge") and done.words.startswith("Saved: "):
        return Done("Saved, but not carried out: the articles themselves use both names for one", done.undo)
    return done


def _refused(corpus: Corpus, kind: str, name: str, other: str) -> str | None:
    """Return why a decision cannot be saved, None where it can."""
    known = _names(corpus)
    for wanted in (name, other):
        if wanted not in known:
            return f"no entity has the name “{wanted}”." if wanted else "two names are needed."
    if name == other:
        return "both names are the same words."
    if kind == "merge" and known[name] & known[other]:
        return f"“{name}” and “{other}” are one already."
    if kind == "split" and not known[name] & known[other]:
        return f"“{other}” is not a name of “{name}”."
    return None


def _names(corpus: Corpus) -> dict[str, set[str]]:
    """Return {name or alias: the entities that bear it}."""
    found: dict[str, set[str]] = {}
    for entity, aliases in zip(corpus.entities["entity"], corpus.entities["aliases"], strict=True):
        for name in (entity, *aliases):
            found.setdefault(name, set()).add(entity)
    return found


def take_back_name(corpus: Corpus, name: str, **_: object) -> Done:
    """Take back the latest decision about a name, and return what was done or why not."""
    decisions = decided(corpus, name.strip())
    if not decisions:
        return Done(f"There is no decision of yours on “{name}” to take back.")
    return judging.take_back(corpus, [decisions[-1].id], " / ".join(decisions[-1].target))


def names_panel(corpus: Corpus) -> Panel:
    """Return the panel in which the analyst merges and splits names; its lists follow what was decided."""
    entities, names = _suggestions(corpus)
    actions = {"Save the decision": partial(save_name, corpus), "Take it back": partial(take_back_name, corpus)}
    entity = suggestion("Entity", "type a part of its name", entities, entities[0] if entities else "", wide=True)
    fields = {"decision": choice("Decision", DECISIONS, first=None, wide=True, said=DECISIONS.get),
              "other": suggestion("Other name", "type a part of it", names, wide=True),
              "why": text("Reason", "why, so that others can follow", wide=True)}

    def show(name: str) -> Shown:
        entity.options, fields["other"].options = _suggestions(corpus)
        return show_name(corpus, name)

    return Panel(show, actions, fields=fields, name=entity)


def _suggestions(corpus: Corpus) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the entities, and all names, the most mentioned first."""
    known = corpus.entities.head(_MOST_SUGGESTED)
    aliases = [name for entity, others in zip(known["entity"], known["aliases"], strict=True)
               for name in (entity, *others)]
    return tuple(known["entity"]), tuple(dict.fromkeys(aliases))
