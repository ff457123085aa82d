"""What a web page says of itself: title, outlet, address and day, from its descriptions and never from a guess."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

# Names of Open Graph, Dublin Core and schema.org, and those that news sites use beside them (unchecked), best first.
FIELDS = {
    "title": ("og:title", "headline", "twitter:title", "dc.title", "title"),
    "outlet": ("og:site_name", "publisher", "dc.publisher"),
    "url": ("canonical", "og:url"),
    "published": ("article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued", "dcterms.issued",
                  "dc.date", "dcterms.date", "pubdate", "publishdate", "date"),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?![^T ])")


def said_of_itself(tree) -> dict[str, str]:
    """Return what a parsed page says of itself, of title, outlet, url and published (an ISO date).

    **Misses:** a day that is not written as 2021-08-31; what stands only in the text ("By our staff, Monday").
    """
    said: dict[str, str] = {}
    for name, value in _descriptions(tree):
        value = " ".join(value.split())
        if value and (name not in FIELDS["published"] or _DAY.match(value)):
            said.setdefault(name, value)
    found = {field: next((said[name] for name in names if name in said), None) for field, names in FIELDS.items()}
    if found["published"]:
        found["published"] = found["published"][:10]
    return {field: value for field, value in found.items() if value}


def _descriptions(tree) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of everything by which a page describes itself, names in small letters."""
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        yield name.strip().lower(), meta.get("content") or ""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        yield from _linked_data(script.text or "")
    for link in tree.iterfind('.//link[@rel="canonical"]'):
        yield "canonical", link.get("href") or ""
    for time in tree.iterfind(".//time[@itemprop][@datetime]"):
        yield time.get("itemprop").lower(), time.get("datetime")
    for title in tree.iterfind("./head/title"):
        yield "title", title.text_content()


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    """Yield what JSON-LD says of the article that the page is."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    items = data if isinstance(data, list) else [data]
    items = [part for item in items if isinstance(item, dict)
             for part in (item["@graph"] if isinstance(item.get("@graph"), list) else [item])]
    for item in items:
        if not isinstance(item, dict) or "article" not in str(item.get("@type")).lower():
            continue
        publisher = item.get("publisher")
        named = {**item, "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher}
        yield from ((key.lower(), named[key]) for key in ("headline", "datePublished", "publisher")
                    if isinstance(named.get(key), str))
