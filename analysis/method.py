"""How the figures were made, in plain prose from the settings in force: to print with every table and picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from analysis import VERSION, lexicon
from analysis.incidents import POLICIES, Policy
from analysis.pipeline import pipeline_version


def method(tables: Mapping[str, pd.DataFrame], policy: str, own: tuple[lexicon.Own, ...] = ()) -> str:
    """Return paragraphs on what was read, how it was counted, what was left out and what a person reviewed.

    ``tables``: those of a corpus; ``policy``: the name of the one in force; ``own``: the user's names and harm words.
    Every number is counted from the tables.
    """
    rule = POLICIES[policy]
    return "\n\n".join([_read(tables), _counted(rule), _roles(), _totals(), _words(rule),
                        _left_out(tables, policy), _reviewed(tables), _made_with(own)])


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
            f"{_many(claims['side'].fillna(claims['root']).nunique(), 'independent source')} (voices of one side, and "
            f"whoever passes them on, are one), on {_many(claims['incident'].nunique(), 'incident')}. "
            + _problems(tables["problems"]))


def _problems(problems: pd.DataFrame) -> str:
    if problems.empty:
        return "Everything that was given could be read."
    what = Counter(problems["what"])
    return "Problems: " + ", ".join(f"{kind} ({number})" for kind, number in sorted(what.items())) + "."


def _counted(rule: Policy) -> str:
    attackers = "and counted" if rule.attackers else "and not counted"
    return (f"Counted under the policy “{rule.name}”. {rule.description} Effects in scope: {', '.join(rule.effects)}. "
            f"Victims in scope: {', '.join(rule.statuses)}; attackers who died are listed apart {attackers}. What is "
            "not known is left empty and is no zero.")


def _roles() -> str:
    return ("Every claim is given one role: the toll of its event, part of a toll, a repetition of a figure, another "
            "event, or a count over time. A statistical model decides by plain facts, such as where the claim stands "
            "in its article, how its number compares with those before it, and words like “including” or “since "
            "1979”; each role is listed with its probability and its strongest reasons. Articles of like wording and "
            "near days tell one story. Events of one story are one incident unless their days or places tell them "
            "apart, where their figures, days, places, means, perpetrators and named victims agree enough: points "
            "that were set by hand. The analyst's decisions override both.")


def _totals() -> str:
    return ("Statements about the same people are rivals and are never added. Of each independent source the latest "
            "toll counts: low and high are the lowest and highest of these, and best is that of the best-graded "
            "source. Only "
            "different victims whom one article counts apart are added up. Parts are listed under their toll and "
            "widen no range; where nobody states a toll, its parts give “at least”. Other events are incidents of "
            "their own, and counts over time are in no total. The doubt of a total is how likely the weakest role or "
            "link behind it is wrong; claims that a person has reviewed carry none.")


def _words(rule: Policy) -> str:
    """Say how vague words count: by the policy's own table, else by the lexicon's."""
    by_low: dict[int, list[str]] = {}
    for row in lexicon.rows("vague_numbers"):
        if row["kind"] in ("few", "vague"):
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


def _made_with(own: tuple[lexicon.Own, ...]) -> str:
    numbers = Counter("name" if isinstance(row, lexicon.Name) else "harm word" for row in own)
    added = [_many(number, noun) for noun, number in numbers.items()]
    return (f"Found by the rules of conflict-workbook {VERSION} on parses of the spaCy pipeline "
            f"{pipeline_version()}"
            + (f", with {' and '.join(added)} that the user added" if added else "")
            + ". Rules miss claims and misread some: a figure is what is said, not what happened.")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
