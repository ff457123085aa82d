"""How many decisions from the top of the review queue make the totals right, where an oracle answers from a gold set.

    python tools/simulate_review.py --gold FOLDER [--decisions 80]

FOLDER holds articles that were read by hand (``d_articles.jsonl``, ``d_gold.jsonl``, ``d_claims.jsonl`` and
``d_attr.jsonl``) with their scorer, ``score_clusters.py``: its ``incidents_of`` and ``check_range`` say which totals of
the killed of the main incidents are accepted. The oracle takes the first question that it can answer, writes the
judgement an analyst would, and all tables are made anew, after every decision. A question that the gold cannot answer
(an event of which it knows no claim) costs a decision too. Beside it the same questions are taken as they stand in the
articles, one article after another. Both are about the killed alone, as the scored totals are, unless ``--effect`` says
otherwise. Only figures are printed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd

from analysis.corpus import Corpus
from analysis.exports import records
from analysis.incidents import DEFAULT
from analysis.records import Casualty
from analysis.review import claim_span
from analysis.review_queue import CLAIM, LINK

SHOWN = (0, 5, 10, 20, 40, 80)
TWICE = 2  # a question that its answer did not settle is asked again once: where its toll had to be added first
Key = tuple[str, int]  # article_id, casualty


class Gold:
    """What was read by hand, and the scorer that goes with it."""

    def __init__(self, folder: Path):
        spec = importlib.util.spec_from_file_location("score_clusters", folder / "score_clusters.py")
        self.scorer = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.scorer)
        self.articles, self.clusters, claims, self.statements = (
            self.scorer.jsonl(folder / f"d_{name}.jsonl") for name in ("articles", "gold", "claims", "attr"))
        self.claims = {row["id"]: row["claims"] for row in claims}
        self.text = {row["id"]: row["text"] for row in self.articles}
        self.cluster = {row["id"]: row["cluster"] for row in self.articles}
        self.events = {cluster["cluster"]: cluster for cluster in self.clusters}

        self.number: dict[tuple[str, str], int] = {}  # (article, event): its number there, the same to the end
        self.totals = {(incident["incident"], effect): incident[effect] for cluster in self.clusters
                       for incident in cluster["incidents"] if incident["main"]
                       for effect in ("killed", "injured") if incident.get(effect)}

    def place(self, article_id: str, claim: dict) -> tuple[int, int]:
        """Return where the words of a claim stand."""
        return self.scorer.locate(self.text[article_id], claim["quote"], nth=claim.get("nth", 0) + 1)

    def event(self, article_id: str, claim: dict) -> str:
        """Return the event of a claim by a name that holds in all clusters."""
        cluster, number = self.events[self.cluster[article_id]], claim["event"]
        if number < len(cluster["incidents"]):
            return cluster["incidents"][number]["incident"]
        other = cluster["other_events"].get(str(number), {})
        return other.get("same_as", f"{cluster['cluster']}:{number}")

    def accepted(self, corpus: Corpus) -> tuple[int, int, int]:
        """Return how many totals of the killed of main incidents the scorer accepts, of how many, and people off.

        People off: by how much the best figures, the lowest where there is none, miss the gold's, added up.
        """
        tables = {name: records(getattr(corpus, name)) for name in ("attributions", "casualties", "incidents")}
        outlets = {row["id"]: row["meta"]["outlet"] for row in self.articles}
        scored = list(self.scorer.Statements(self.text, outlets, self.statements, tables).rows())
        totals = {(r["incident"], r["effect"]): r for r in tables["incidents"] if r["policy"] == DEFAULT.name}
        counts, _, figures, *_ = self.scorer.incidents_of(self.clusters, scored, totals)
        off = 0
        for (incident, effect), right in self.totals.items():
            if effect == "killed":
                found = figures[incident]["killed"]
                off += abs((found["low"] or 0 if found["best"] is None else found["best"]) - right["best"])
        return counts["killed.accepted"], counts["killed"], off


class Oracle:
    """The gold as an answer to every question: one judgement for each."""

    def __init__(self, gold: Gold, corpus: Corpus):
        self.gold, self.corpus = gold, corpus
        self.rows = {(c.article_id, c.casualty): c
                     for c in (Casualty(**row) for row in records(corpus.casualties))}
        self.means: dict[Key, int] = {}  # the claim of the gold that a row is
        for article_id, claims in gold.claims.items():
            self._match(article_id, claims)
        self.number = gold.number
        self._number()

    def _match(self, article_id: str, claims: list[dict]) -> None:
        """Match rows to claims one to one: the same effect and words, the same number first."""
        pairs = []
        for key, row in self.rows.items():
            if key[0] != article_id:
                continue
            for n, claim in enumerate(claims):
                start, end = self.gold.place(article_id, claim)
                shared = min(row.end, end) - max(row.start, start)
                inside = claim_span(row)[0] < end and claim_span(row)[1] > start
                if row.effect == claim["effect"] and shared > 0:
                    found = json.loads(row.found) if row.found else {}
                    same = (found.get("low", row.low), found.get("high", row.high)) == (claim["low"], claim["high"])
                    pairs.append((not same, not inside, -shared, key, n))
        taken = set()
        for *_, key, n in sorted(pairs):
            if key not in self.means and n not in taken:
                self.means[key] = n
                taken.add(n)

    def _number(self) -> None:
        """Give each event of the gold the number of the article's event that holds most of its rows, else a new one.

        A main incident chooses before the others do.
        """
        held = Counter((key[0], self.event(key), self.rows[key].event) for key in self.means)
        used = {(article_id, number) for (article_id, _), number in self.number.items()}
        main = {event for event, _ in self.gold.totals}
        for (article_id, event, number), _ in sorted(held.items(), key=lambda pair: (pair[0][1] not in main, -pair[1])):
            if (article_id, event) not in self.number and (article_id, number) not in used:
                self.number[article_id, event] = number
                used.add((article_id, number))
        for article_id, event, _ in held:
            if (article_id, event) not in self.number:
                last = max([c.event for c in self.rows.values() if c.article_id == article_id]
                           + [n for (name, _), n in self.number.items() if name == article_id])
                self.number[article_id, event] = last + 1

    def event(self, key: Key) -> str:
        """Return the event of the gold that a matched row tells of."""
        return self.gold.event(key[0], self.gold.claims[key[0]][self.means[key]])

    def answer(self, row: dict) -> bool:
        """Answer a question of the queue by a judgement; False where the gold cannot."""
        key = row["article_id"], row["casualty"]
        if row["kind"] == CLAIM:
            self._claim(key)
            return True
        if row["kind"] == LINK:
            mine, theirs = self._most(lambda k, c: k[0] == key[0] and c.event == self.rows[key].event), self._most(
                lambda k, c: c.incident == row["incident"] and k[0] != key[0])
        else:
            mine, theirs = (self._most(lambda k, c, name=name: c.incident == name)
                            for name in (row["incident"], row["other_incident"]))
        if mine is None or theirs is None:
            return False
        kind = "incident_merged" if self.event(mine) == self.event(theirs) else "incident_split"
        other = key if row["kind"] == LINK else mine  # the claim that was asked about leaves the queue
        self.corpus.judge(kind, anchors=(self._anchor(theirs), self._anchor(other)), why="read by hand")
        return True

    def _most(self, chosen) -> Key | None:
        """Return the first row of the event of the gold that most of some rows tell of."""
        keys = [key for key in self.means if chosen(key, self.rows[key])]
        events = Counter(self.event(key) for key in keys)
        return next((key for key in keys if self.event(key) == events.most_common(1)[0][0]), None)

    def _anchor(self, key: Key):
        return self.corpus.anchor(key[0], *claim_span(self.rows[key]))

    def _claim(self, key: Key) -> None:
        row, value, kind = self.rows[key], {"effect": self.rows[key].effect}, "claim_rejected"
        anchor, claims = self._anchor(key), self.gold.claims[key[0]]
        claim = claims[self.means[key]] if key in self.means else None
        if claim is not None and claim["superseded_by"] is None and not any(
                self._outdated(key, told) for told in (claim, *self._whole(key, claim))):
            right = self._right(key, claim)
            if isinstance(right, int):  # its toll was not found: that is added first
                kind, claim = "claim_added", claims[right]
                anchor = self.corpus.anchor(key[0], *self.gold.place(key[0], claim))
                value |= {name: claim[name] for name in ("low", "high", "bound")}
                value["event"] = self.number[key[0], self.event(key)]
            else:
                differs = any(cell != getattr(row, name) for name, cell in right.items())
                kind, value = ("claim_corrected", value | right) if differs else ("claim_accepted", value)
        self.corpus.judge(kind, anchors=(anchor,), value=value, why="read by hand")

    def _outdated(self, key: Key, claim: dict) -> bool:
        """True for a toll that no defensible range of its incident holds, such as one that a later report replaced."""
        totals = self.gold.totals.get((self.event(key), claim["effect"]))
        figure = claim["high"] if claim["low"] is None else claim["low"]
        if totals is None or figure is None or claim["role"] != "total" or claim["bound"] not in ("exact", "at_least"):
            return False
        least, most = ([n for n in totals[name] if n is not None] for name in ("low_ok", "high_ok"))
        return figure < min(least, default=0) or figure > max(most, default=figure)

    def _right(self, key: Key, claim: dict) -> dict[str, object] | int:
        """Return the columns of a row as the gold has them, or the claim that it is a part of where that is missing."""
        article_id, claims = key[0], self.gold.claims[key[0]]
        right = {name: claim[name] for name in ("low", "high", "bound")}
        if (claim["low"], claim["high"]) == (self.rows[key].low, self.rows[key].high):
            del right["bound"]
        whole = next((claims.index(told) for told in self._whole(key, claim)), None)
        first, toll = (None if n is None else self._first(article_id, n) for n in (self.means[key], whole))
        if whole is not None and toll is None and claim["role"] == "part":
            return whole
        right |= {"role": {"other": "other", "cumulative": "over time"}.get(claim["role"], "toll"), "restates": None,
                  "part_of": None, "event": self.number[article_id, self.event(key)]}
        if first is not None and first != key[1]:
            right |= {"restates": first, "event": self.rows[article_id, first].event}
            right["role"] = "again" if right["role"] == "toll" else right["role"]
        elif toll is not None and toll != key[1]:
            right |= {"part_of": toll, "event": self.rows[article_id, toll].event}
            right["role"] = "part" if right["role"] == "toll" else right["role"]
        return right

    def _whole(self, key: Key, claim: dict) -> list[dict]:
        """Return the claim of the gold that a claim is a part of, told so or as the toll of its event; else none."""
        claims = self.gold.claims[key[0]]
        if claim["part_of"] is not None:
            return [claims[claim["part_of"]]]
        return [c for c in claims if claim["role"] == "part" and c["role"] == "total" and c["effect"] == claim["effect"]
                and c["event"] == claim["event"] and (c["low"] or 0) > (claim["low"] or 0)][:1]

    def _first(self, article_id: str, n: int) -> int | None:
        """Return the first row on the people of a claim of the gold, None where none was found."""
        claims = self.gold.claims[article_id]
        root = n if claims[n]["same_people_as"] is None else claims[n]["same_people_as"]
        return min((number for (name, number), m in self.means.items() if name == article_id
                    and self.rows[name, number].judged != "rejected" and root in (m, claims[m]["same_people_as"])),
                   default=None)


def in_text_order(queue: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the questions as they stand in the articles; what may be one stands at the incident's first claim."""
    claims = corpus.casualties
    place = pd.Series(claims.index, pd.MultiIndex.from_frame(claims[["article_id", "casualty"]]))
    at = place.reindex(pd.MultiIndex.from_frame(queue[["article_id", "casualty"]])).to_numpy()
    first = queue["incident"].map(claims.drop_duplicates("incident").reset_index().set_index("incident")["index"])
    return queue.assign(at=pd.Series(at, queue.index).fillna(first)).sort_values("at", kind="stable")


def simulate(gold: Gold, folder: Path, decisions: int, effect: str | None, by_text: bool,
             ) -> dict[int, tuple[int, int, int]]:
    """Return {decisions taken: (totals accepted, totals, people off)}."""
    lines = ({"id": row["id"], "text": row["text"], **row["meta"]} for row in gold.articles)
    (folder / "corpus.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    corpus = Corpus(folder / "corpus.jsonl", progress=False)
    gold.number.clear()
    found, asked = {}, Counter()
    for taken in range(decisions + 1):
        queue = corpus.review_queue()
        queue = queue[queue["effect"] == effect] if effect else queue
        rows = records(in_text_order(queue, corpus) if by_text else queue)
        row = next((row for row in rows if asked[_name(row)] < TWICE), None)
        if taken in SHOWN or taken == decisions or row is None:
            found[taken] = gold.accepted(corpus)
        if row is None:
            break
        asked[_name(row)] += 1 if Oracle(gold, corpus).answer(row) else TWICE
    return found


def _name(row: dict) -> tuple:
    return tuple(row[name] for name in ("kind", "incident", "other_incident", "article_id", "casualty"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--decisions", type=int, default=max(SHOWN))
    parser.add_argument("--effect", default="killed", help="ask only about this effect; all for every one")
    options = parser.parse_args()
    effect = None if options.effect == "all" else options.effect
    gold, found = Gold(options.gold), {}
    for by_text in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            found[by_text] = simulate(gold, Path(folder), options.decisions, effect, by_text)
    print("main incidents whose killed are accepted, and people by which their best figures are off")
    print("decisions      queue order       text order")
    for taken in sorted(found[False].keys() | found[True].keys()):
        cells = (found[by_text].get(taken) for by_text in (False, True))
        print(f"{taken:9}", *("{:4} of {}, {:4} off".format(*cell) if cell else " " * 16 for cell in cells))


if __name__ == "__main__":
    main()
