"""What a web page says of itself: title, outlet, address and day, from its descriptions before any other place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from itertools import takewhile

from analysis.articles.fields import day, without_day

# Names of Open Graph, Dublin Core and schema.org, and those that news sites use beside them (unchecked), best first.
FIELDS = {
    "title": ("og:title", "headline", "twitter:title", "dc.title", "title"),
    "outlet": ("og:site_name", "publisher", "dc.publisher"),
    "url": ("canonical", "og:url"),
    "published": ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
                  "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "pubdate",
                  "publishdate", "publish-date", "article.published", "cxenseparse:recs:publishtime", "date"),
}
_SAID = re.compile(r"\b(?:published|posted)\b", re.IGNORECASE)
_TIMES = re.compile(r"(?:by [^|•·,–—]{1,60}[|•·,–—])?(?:[\W\d_]|[ap]\.?m\.?\b|at\b|on\b|gmt|utc|[bcempw][des]?s?t\b|"
                    r"mon|tue|wed|thu|fri|sat|sun|nes|rs|ur|s?day)*", re.IGNORECASE)  # beside a page's day
_ABOUT = re.compile(r"\b(?:byline|dateline|(?:post|pub(?:lish(?:ed)?)?|article|entry)?[-_]?(?:date|time))\b", re.I)
_CHANGED = re.compile("updat|modif", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/(20\d\d)([/-]?)(\d\d|[a-z]{3})\2(\d\d)(?!\d)")
_LONG_LINE = 200  # characters of a paragraph; what dates a page stands above the first


def said_of_itself(tree, url: str | None = None) -> dict[str, str]:
    """Return what a parsed page says of itself, of title, outlet, url and published (an ISO date).

    ``url``: its address where it does not say. The day is the page's own word, else its only ``<time>``, else one in
    its address, else in a line above the text, else what ``htmldate`` finds around it. **Misses:** what stands only in
    the text ("By our staff, Monday").
    """
    said: dict[str, str] = {}
    for name, value in _descriptions(tree):
        value = " ".join(value.split())
        if value and (name not in FIELDS["published"] or (value := day(value))):
            said.setdefault(name, value)
    result = {field: next((said[name] for name in names if name in said), None) for field, names in FIELDS.items()}
    result["url"] = result["url"] or url
    result["published"] = result["published"] or _day_elsewhere(tree, result["url"])
    return {field: value for field, value in result.items() if value}


def _day_elsewhere(tree, url: str | None) -> str | None:
    """Return the day in a page's only time, in its address, in a line above its text, or that ``htmldate`` finds."""
    from htmldate import find_date

    times = {day(time.get("datetime")) for time in tree.iterfind(".//time[@datetime]")
             if next(time.iterancestors("aside", "nav", "footer"), None) is None
             and not _CHANGED.search(f"{time.get('class')} {time.get('itemprop')}")}
    if len(times) == 1:
        return times.pop()
    if url and (dated := _IN_ADDRESS.search(url)):
        return day(f"{dated[4]} {dated[3]} {dated[1]}") or day(f"{dated[1]}-{dated[3]}-{dated[4]}")
    lines = ((" ".join(node.text_content().split()), node.get("class") or "")
             for node in tree.iter("p", "div", "span", "li") if not len(node))
    above = takewhile(lambda line: len(line[0]) < _LONG_LINE, lines)
    said = {day(line) for line, kind in above if day(line) and not _CHANGED.search(line + kind) and (
        _SAID.search(line) or _ABOUT.search(kind) or _TIMES.fullmatch(without_day(line)))}
    if times or said:
        return said.pop() if len(said) == 1 else None
    frame = deepcopy(tree)
    for node in list(frame.iter("p", "li", "blockquote", "table", "footer", "aside", "nav", "script", "h1", "meta")):
        if node.tag != "meta" or not day(node.get("content")) or "modif" in str(node.attrib).lower():
            node.getparent().remove(node)  # what they speak of may be other days
    with suppress(Exception):  # it reads whatever a page holds
        return find_date(frame, extensive_search=False, original_date=True, url=url)
    return None


def _descriptions(tree) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of everything by which a page describes itself, names in small letters."""
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        yield name.strip().lower(), meta.get("content") or ""
    for item in linked_data(tree):
        if "article" in str(item.get("@type")).lower() or "posting" in str(item.get("@type")).lower():
            publisher = item.get("publisher")
            named = {**item, "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher}
            yield from ((key.lower(), str(named[key])) for key in ("headline", "datePublished", "publisher")
                        if isinstance(named.get(key), str | int))
    for link in tree.iterfind('.//link[@rel="canonical"]'):
        yield "canonical", link.get("href") or ""
    for node in tree.xpath("//body//*[@itemprop and (@content or @datetime)]"):
        yield node.get("itemprop").lower(), node.get("datetime") or node.get("content")
    for title in tree.iterfind("./head/title"):
        yield "title", title.text_content()


def linked_data(tree) -> Iterator[dict]:
    """Yield the things that a page's JSON-LD is about, those of a graph and the main one of a page too."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict):
                graph, main = item.get("@graph"), item.get("mainEntity")
                yield from (part for part in [item, main, *(graph if isinstance(graph, list) else [])]
                            if isinstance(part, dict))
