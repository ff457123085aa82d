"""Counts of mentions: by entity, type, article, outlet and time; who is named with whom; who is named first and last.

Plain functions on the tables ``mentions`` and ``articles``. Each mention is in exactly one row of a tally, so that the
sum of a tally is the number of mentions; what is not known is a row of its own. A copy of an article counts again.

    >>> mentions = pd.DataFrame({"type": ["place"], "entity": ["Oldtown"], "nominal": [False], "article_id": ["a"]})
    >>> by_entity(mentions)[["entity", "names", "nominal"]].values.tolist()
    [['Oldtown', 1, 0]]
"""

from __future__ import annotations

import numpy as np
import pandas as pd

UNLINKED = "not linked to a name"
NOT_KNOWN = "not known"
UNITS = {"day": 10, "month": 7, "year": 4}  # characters of an ISO date


def by_entity(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row an entity: entity, type, names and nominal (numbers of mentions), articles; the most named first.

    Mentions that point to no entity are one row for each type. An entity has the type it has most often: "Washington"
    may act as a government here and be a place there.
    """
    filled = mentions.assign(entity=mentions["entity"].fillna(UNLINKED))
    kinds = _counted(filled[filled["entity"] != UNLINKED], ["entity", "type"])
    kinds = kinds.sort_values(["mentions", "names"], ascending=False, kind="stable").drop_duplicates("entity")
    usual = filled["entity"].map(kinds.set_index("entity")["type"]).astype("str")
    counts = _counted(filled.assign(type=usual.fillna(filled["type"])), ["entity", "type"])
    return counts.sort_values(["mentions", "names", "entity"], ascending=[False, False, True], ignore_index=True)[
        ["entity", "type", "names", "nominal", "articles"]]


def linked(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a tally that are about an entity."""
    return counts[counts["entity"] != UNLINKED]


def by_type(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row a type of mention: type, mentions, names, nominal, different entities; the most frequent first."""
    counts = _counted(mentions, ["type"]).sort_values(["mentions", "type"], ascending=[False, True], ignore_index=True)
    return counts[["type", "mentions", "names", "nominal", "entities"]]


def placed(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions with the outlet and the date of their article; no mention is lost or doubled."""
    both = mentions.merge(articles[["article_id", "outlet", "published"]], on="article_id", how="left",
                          validate="many_to_one")
    return both.set_axis(mentions.index)


def by_article(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return one row an article, in their order: article_id, outlet, published, mentions, names, nominal, entities.

    An article in which nothing is named has a row of zeros.
    """
    counts = _counted(mentions, ["article_id"]).drop(columns="articles")
    return _zeros(articles[["article_id", "outlet", "published"]].merge(counts, on="article_id", how="left"))


def by_outlet(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return one row an outlet: outlet, articles (that it published), mentions, names, nominal, entities."""
    return _over_articles(mentions, articles, "outlet", articles["outlet"]).sort_values(
        ["mentions", "outlet"], ascending=[False, True], ignore_index=True)


def by_time(mentions: pd.DataFrame, articles: pd.DataFrame, unit: str = "month") -> pd.DataFrame:
    """Return one row a day, month or year of publication, in order: time, articles, mentions, names, nominal, entities.

    ``articles`` are those published then, so that more mentions can be told from more articles. A time in which no
    article was published has no row; the articles whose date is not known are the last row.
    """
    counts = _over_articles(mentions, articles, "time", articles["published"].str[:UNITS[unit]])
    order = counts["time"].where(counts["time"] != NOT_KNOWN, "~")  # after all digits
    return counts.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def time_unit(articles: pd.DataFrame) -> str:
    """Return the unit in which these articles make at most about fifty bars: day, month or year."""
    known = pd.to_datetime(articles["published"].dropna())
    days = (known.max() - known.min()).days if len(known) else 0
    return "day" if days <= 45 else "month" if days <= 1500 else "year"


def together(mentions: pd.DataFrame, sentences: pd.DataFrame, most: int = 20) -> pd.DataFrame:
    """Return in how many sentences two entities are both mentioned: a square table, its rows and columns entities.

    ``sentences``: article_id, start and end of every sentence. ``most``: entities, the most mentioned first. On the
    diagonal stands in how many sentences an entity is mentioned at all. A name inside another ("Oldtown police")
    counts too. **Misses:** "he" and "they"; a mention over two sentences counts in the first.
    """
    linked_mentions = mentions[mentions["entity"].notna()]
    sizes = linked_mentions.groupby("entity").size().sort_index().sort_values(ascending=False, kind="stable")
    names = pd.Index(sizes.index[:most].astype(object), name="entity")
    shown = linked_mentions[linked_mentions["entity"].isin(names)]
    pairs = pd.DataFrame({"sentence": sentence_numbers(shown, sentences),
                          "entity": names.get_indexer(shown["entity"])}).drop_duplicates()
    both = pairs.merge(pairs, on="sentence")
    counts = np.bincount(both["entity_x"] * len(names) + both["entity_y"], minlength=len(names) ** 2)
    return pd.DataFrame(counts.reshape(len(names), len(names)), names, names.rename(None))


def sentence_numbers(mentions: pd.DataFrame, sentences: pd.DataFrame) -> np.ndarray:
    """Return the row number in ``sentences`` of the sentence in which each mention starts.

    A mention in no sentence gets a negative number of its own, so that it stands with nobody.
    """
    codes = pd.Index(sentences["article_id"].unique())
    starts = _in_line(codes, sentences["article_id"], sentences["start"])
    order = np.argsort(starts, kind="stable")
    found = np.searchsorted(starts[order], _in_line(codes, mentions["article_id"], mentions["start"]), "right") - 1
    alone = -1 - np.arange(len(mentions))
    if not len(sentences):
        return alone
    rows = order[np.maximum(found, 0)]
    own = sentences["article_id"].to_numpy()[rows] == mentions["article_id"].to_numpy()
    inside = mentions["start"].to_numpy(int) < sentences["end"].to_numpy(int)[rows]
    return np.where((found >= 0) & own & inside, rows, alone)


def first_and_last(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return one row an entity, the most mentioned first: where it is first and last mentioned.

    Columns: entity, mentions, undated (mentions in articles without a date), and for both ends first_published,
    first_article_id, first_start, first_end, last_... The order is that of the articles' dates, then of the text;
    articles of one day are in the order of their names. Articles without a date are neither first nor last; an entity
    that only they name has no ends, unless one article alone names it.
    """
    told = placed(mentions, articles)[["entity", "article_id", "start", "end", "published"]]
    told = told[told["entity"].notna()].assign(undated=lambda rows: rows["published"].isna())
    groups = told.groupby("entity")
    counts = groups.agg(mentions=("entity", "size"), undated=("undated", "sum"), places=("article_id", "nunique"))
    of = counts.loc[told["entity"]]
    orderly = told[~told["undated"].to_numpy() | (of["places"] == 1).to_numpy()]
    orderly = orderly.sort_values(["published", "article_id", "start", "end"], kind="stable").drop(columns="undated")
    ends = [orderly.drop_duplicates("entity", keep=keep).set_index("entity").add_prefix(f"{keep}_")
            for keep in ("first", "last")]
    whole = counts.drop(columns="places").join(ends).rename_axis("entity").reset_index()
    offsets = {f"{end}_{side}": "Int64" for end in ("first", "last") for side in ("start", "end")}
    columns = [f"{end}_{column}" for end in ("first", "last") for column in ("published", "article_id", "start", "end")]
    return whole.astype(offsets).sort_values(["mentions", "entity"], ascending=[False, True], ignore_index=True)[
        ["entity", "mentions", "undated", *columns]]


def on_map(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row a place with coordinates: place, place_id, latitude, longitude, where_prec, mentions, articles."""
    known = mentions[_is_placed(mentions)]
    key = ["place_id", "latitude", "longitude", "where_prec"]
    counts = known.assign(place=known["entity"].fillna(known["text"])).groupby(key, dropna=False).agg(
        place=("place", "first"), mentions=("place", "size"), articles=("article_id", "nunique")).reset_index()
    return counts.sort_values(["mentions", "place"], ascending=[False, True], ignore_index=True)[
        ["place", *key, "mentions", "articles"]]


def off_map(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row a place without coordinates: place, nominal, mentions, articles; the most mentioned first."""
    left = mentions[(mentions["type"] == "place") & ~_is_placed(mentions)]
    counts = left.assign(place=left["entity"].fillna(left["text"])).groupby(["place", "nominal"]).agg(
        mentions=("place", "size"), articles=("article_id", "nunique")).reset_index()
    return counts.sort_values(["mentions", "place"], ascending=[False, True], ignore_index=True)


def _is_placed(mentions: pd.DataFrame) -> pd.Series:
    return (mentions["type"] == "place") & mentions["latitude"].notna() & mentions["longitude"].notna()


def _counted(mentions: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return one row a value of the key: mentions, names, nominal, articles, different entities."""
    return mentions.assign(names=~mentions["nominal"]).groupby(key, sort=False).agg(
        mentions=("type", "size"), names=("names", "sum"), nominal=("nominal", "sum"),
        articles=("article_id", "nunique"), entities=("entity", "nunique")).reset_index()


def _over_articles(mentions: pd.DataFrame, articles: pd.DataFrame, name: str, values: pd.Series) -> pd.DataFrame:
    """Return the counts over a value of the articles: that value, articles, mentions, names, nominal, entities."""
    values = values.fillna(NOT_KNOWN)
    published = values.value_counts(sort=False).rename_axis(name).rename("articles").reset_index()
    of = mentions["article_id"].map(dict(zip(articles["article_id"], values, strict=True)))
    counts = _counted(mentions.assign(**{name: of}), [name]).drop(columns="articles")
    return _zeros(published.merge(counts, on=name, how="left"))


def _zeros(counts: pd.DataFrame) -> pd.DataFrame:
    """Return counts of articles in which nothing may be named: there they are 0."""
    numbers = ["mentions", "names", "nominal", "entities"]
    return counts.assign(**counts[numbers].fillna(0).astype("int64"))


def _in_line(codes: pd.Index, article_ids: pd.Series, starts: pd.Series) -> np.ndarray:
    """Return where characters lie when all articles are laid end to end; unknown articles come before all others."""
    return codes.get_indexer(article_ids).astype("int64") * 2 ** 40 + starts.to_numpy("int64")
