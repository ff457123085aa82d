"""Judge names by hand: two names are one, a name is someone else's, two are not the same; and take it back."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analysis.corpus import Corpus
from analysis.judgements import Judgement, JudgementError
from analysis.markup import escape
from analysis.panels.page import table_html
from analysis.panels.panel import Done, Panel, Shown, choice, counted, suggestion, text
from analysis.panels.tables import sentence

NO_ENTITY = "No one is named in these articles."
DECISIONS = {"both names are one: merge": "merge", "the other name is someone else's: split": "split",
             "they are not the same": "not_same"}
_MOST_SUGGESTED = 1000  # names that travel to the browser


def aliases_view(corpus: Corpus, entity: str) -> pd.DataFrame:
    """Return how an entity is written: written, by name, mentions, articles, and the first sentence; names first."""
    rows = corpus.mentions[corpus.mentions["entity"] == entity]
    counts = rows.assign(name=~rows["nominal"]).groupby(["text", "name"], sort=False).agg(
        mentions=("text", "size"), articles=("article_id", "nunique"), article_id=("article_id", "first"),
        start=("start", "first"), end=("end", "first")).reset_index()
    counts = counts.sort_values(["name", "mentions", "text"], ascending=[False, False, True], ignore_index=True)
    spans = zip(counts["article_id"], counts["start"], counts["end"], strict=True)
    first = pd.Series([sentence(corpus, *span) for span in spans], dtype=object)
    return counts.rename(columns={"text": "written", "name": "by name"})[
        ["written", "by name", "mentions", "articles"]].assign(**{"first sentence": first})


def decided(corpus: Corpus, name: str | None = None) -> list[Judgement]:
    """Return the analyst's decisions on names that stand, or those about one name, the latest last."""
    return [judgement for judgement in corpus.journal.in_force()
            if judgement.kind in DECISIONS.values() and (name is None or name in judgement.target)]


def decisions_view(corpus: Corpus) -> pd.DataFrame:
    """Return the analyst's decisions on names that stand: decision, names, why, who, when."""
    columns = ["decision", "names", "why", "who", "when"]
    words = {kind: decision for decision, kind in DECISIONS.items()}
    return pd.DataFrame([(words[j.kind], j.target, j.why, j.who, j.when) for j in decided(corpus)], columns=columns)


def show_name(corpus: Corpus, name: str = "", decision: str = "", other: str = "", why: str = "") -> Shown:
    """Return the names of an entity with the evidence that joins them, and the decisions that stand."""
    decisions = table_html(decisions_view(corpus), "You have decided nothing about names yet.")
    row = corpus.entities[corpus.entities["entity"] == name]
    if row.empty:
        status = f"No entity is called “{name}”." if len(corpus.entities) else NO_ENTITY
        return Shown(status, f"<h4>Your decisions</h4>{decisions}")
    written = aliases_view(corpus, name)
    status = f"{name}: {counted(len(written), 'wording')}, {counted(written['mentions'].sum(), 'mention')}"
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in row["evidence"].iloc[0])
    reasons = f"<ul>{reasons}</ul>" if reasons else "<p>They are alike in spelling; no more was needed.</p>"
    return Shown(status, f"{table_html(written)}<h4>Why these are one</h4>{reasons}<h4>Your decisions</h4>{decisions}")


def save_name(corpus: Corpus, name: str, decision: str, other: str, why: str) -> str | Done:
    """Write a decision on two names into the journal, and return what came of it or why it was not saved."""
    kind, name, other = DECISIONS[decision], name.strip(), other.strip()
    if refused := _refused(corpus, kind, name, other, why):
        return f"Not saved: {refused}"
    problems = set(corpus.problems["detail"])
    try:
        made = corpus.judge(kind, name, other, why=why.strip())
    except JudgementError as error:
        return f"Not saved: {error}"
    undo = partial(corpus.undo, made.id)
    joined = _names(corpus).get(name, set()) & _names(corpus).get(other, set())
    if bool(joined) == (kind == "merge"):
        return Done(f"Saved: “{name}” and “{other}” are {'one' if joined else 'two'} now", undo)
    new = [detail for detail in corpus.problems["detail"] if detail not in problems]
    why_not = new[0] if new else "the articles themselves use both names for one"
    return Done(f"Saved, but not carried out: {why_not}", undo)


def _refused(corpus: Corpus, kind: str, name: str, other: str, why: str) -> str | None:
    """Return why a decision cannot be saved, None where it can."""
    known = _names(corpus)
    for wanted in (name, other):
        if wanted not in known:
            return f"no entity has the name “{wanted}”." if wanted else "two names are needed."
    if name == other:
        return "both names are the same words."
    if not why.strip():
        return "a decision needs a reason that others can follow."
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


def take_back_name(corpus: Corpus, name: str, decision: str = "", other: str = "", why: str = "") -> str:
    """Take back the latest decision about a name, and return what was done or why not."""
    decisions = decided(corpus, name.strip())
    if not decisions:
        return f"There is no decision of yours on “{name}” to take back."
    try:
        corpus.undo(decisions[-1].id)
    except JudgementError as error:
        return f"Not taken back: {error}"
    return f"Taken back: {' / '.join(decisions[-1].target)}"


def names_panel(corpus: Corpus) -> Panel:
    """Return the panel in which the analyst merges and splits names; its lists follow what was decided."""
    entities, names = _suggestions(corpus)
    actions = {"Save the decision": partial(save_name, corpus), "Take it back": partial(take_back_name, corpus)}
    panel = Panel(partial(show_name, corpus), actions=actions,
                  name=suggestion("Entity", "type a part of its name", entities, entities[0] if entities else ""),
                  decision=choice("Decision", DECISIONS, first=None, wide=True),
                  other=suggestion("Other name", "type a part of it", names),
                  why=text("Reason", "why, so that others can follow", wide=True))

    def follow(_: object) -> None:
        panel.choices["name"].options, panel.choices["other"].options = _suggestions(corpus)

    panel.result.observe(follow, names="value")
    return panel


def _suggestions(corpus: Corpus) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the entities, and all names, the most mentioned first."""
    known = corpus.entities.head(_MOST_SUGGESTED)
    aliases = [name for entity, others in zip(known["entity"], known["aliases"], strict=True)
               for name in (entity, *others)]
    return tuple(known["entity"]), tuple(dict.fromkeys(aliases))
