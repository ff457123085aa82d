"""How the figures were made, in plain prose from the settings in force: to print with every table and picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from analysis import VERSION, lexicon
from analysis.incidents import POLICIES, Policy
from analysis.language import pipeline


def method(tables: Mapping[str, pd.DataFrame], policy: str) -> str:
    """Return paragraphs on what was read, how it was counted, what was left out and what a person reviewed.

    ``tables``: those of a corpus; ``policy``: the name of the one in force. Every number is counted from the tables.
    """
    rule = POLICIES[policy]
    return "\n\n".join([_read(tables), _counted(rule), _words(rule), _left_out(tables, policy), _reviewed(tables),
                        _made_with()])


def _read(tables: Mapping[str, pd.DataFrame]) -> str:
    articles, claims = tables["articles"], tables["casualties"]
    outlets, unknown = articles["outlet"].nunique(), int(articles["outlet"].isna().sum())
    copies = int(articles["duplicate_of"].notna().sum())
    days = articles["published"].dropna()
    when = f", published {days.min()} to {days.max()}" if len(days) else ""
    undated = int(articles["published"].isna().sum())
    whose = [f"{_many(outlets, 'known outlet')}"] * bool(outlets)
    whose += ["an unknown outlet" if unknown == 1 else "unknown outlets"] * bool(unknown)
    return (f"Read: {_many(len(articles), 'article')} of {' and '.join(whose) or 'no outlet'}" + when
            + (f"; {_many(undated, 'article')} without a known date" if undated else "")
            + (f"; {_many(copies, 'article')} copied from another, whose words count once" if copies else "")
            + f". Found: {_many(len(claims), 'claim')} about people harmed, from "
            f"{_many(claims['root'].nunique(), 'independent root')} (voices of one side, and whoever passes them on, "
            f"are one), on {_many(claims['incident'].nunique(), 'incident')} (claims that agree on day, place, named "
            f"victims or figures are of one). {_problems(tables['problems'])}")


def _problems(problems: pd.DataFrame) -> str:
    if problems.empty:
        return "Everything that was given could be read."
    what = Counter(problems["what"])
    return "Problems: " + ", ".join(f"{kind} ({number})" for kind, number in sorted(what.items())) + "."


def _counted(rule: Policy) -> str:
    return (f"Counted under the policy “{rule.name}”. {rule.description} Effects in scope: {', '.join(rule.effects)}. "
            f"Victims in scope: {', '.join(rule.statuses)}. Statements about the same victims are rivals and are never "
            "added; where an article does not tell whether two figures are of the same people, the larger counts and "
            "only the highest figure is their sum, but of the injured the smaller is taken for a part of the larger; "
            "cumulative figures, and parts of a figure that counts, are in no total; what is not known is left empty "
            "and is no zero.")


def _words(rule: Policy) -> str:
    """Say how vague words count: by the policy's own table, else by the lexicon's."""
    by_low: dict[int, list[str]] = {}
    for row in lexicon.rows("vague_numbers"):
        if row["kind"] == "vague":
            by_low.setdefault(int(row["low"]), []).append(f"“{row['words']}”")
    table = "; ".join(f"{', '.join(words)} at least {low:,}" for low, words in sorted(by_low.items()))
    own = "; ".join(f"“{word}” {number:,}" for word, number in rule.vague.items())
    return "Vague words: " + (f"{own}; any other word by the workbook's table: " if own else "") + table + "."


def _left_out(tables: Mapping[str, pd.DataFrame], policy: str) -> str:
    ledger = tables["ledger"][tables["ledger"]["policy"] == policy]
    # "superseded by a later report of X" is one reason, whoever X is.
    reasons = Counter(reason.split(" of ")[0] if reason.startswith("superseded by") else reason
                      for reason in ledger.loc[~ledger["used"], "reason"])
    why = "; ".join(f"{number} {reason}" for reason, number in sorted(reasons.items(), key=lambda r: (-r[1], r[0])))
    return (f"Totals rest on {int(ledger['used'].sum())} of {_many(len(ledger), 'claim')}. "
            + (f"Left out, and listed in the ledger with the sentence: {why}." if why else "None was left out."))


def _reviewed(tables: Mapping[str, pd.DataFrame]) -> str:
    judged = tables["casualties"]["judged"].dropna()
    verdicts = "; ".join(f"{number} {word}" for word, number in sorted(Counter(judged).items()))
    said = f"A person reviewed {len(judged)} of {_many(len(tables['casualties']), 'claim')}"
    return said + (f": {verdicts}." if verdicts else ". The others stand as the rules found them.")


def _made_with() -> str:
    meta = pipeline().meta
    own = len(lexicon.own())
    return (f"Found by the rules of conflict-workbook {VERSION} on parses of the spaCy pipeline "
            f"{meta['lang']}_{meta['name']} {meta['version']}"
            + (f", with {_many(own, 'name')} that the user added" if own else "")
            + ". Rules miss claims and misread some: a figure is what is said, not what happened.")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
