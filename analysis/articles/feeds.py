"""Lists of articles: RSS and Atom feeds, answers of news services in JSON, exports of Telegram chats."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.articles.answers import NotRead
from analysis.articles.decoding import decode
from analysis.articles.fields import known
from analysis.articles.webpages import text_of

_LISTS = ("articles", "results", "items", "data", "docs", "hits", "messages", "entries", "posts", "stories", "news",
          "documents", "response", "value", "list", "chats", "feed", "content")  # where services keep their articles
_RECORD = ("_source", "fields", "attributes", "webPublicationDate")  # where some keep an article's fields
_NO_XML = bytes(32 if n < 32 and n not in (9, 10, 13) else n for n in range(256))  # control characters become spaces
_CUT = "[+"  # as NewsAPI ends a text: "... [+1234 chars]"


def read_json(path: Path) -> dict:
    """Return the articles of a JSON file: a list of them, at the top or under a name such as "articles".

    **Misses:** pictures and files of chats; messages of the service, such as who joined.
    """
    try:
        data = json.loads(decode(path.read_bytes())[0])
    except (ValueError, RecursionError) as error:
        raise NotRead("unreadable", f"is no JSON ({error}): save it anew, or as .jsonl, one article a line") from error
    articles, notes = [], []
    for number, (row, outlet) in enumerate(_rows(data), 1):
        if row.get("type") == "service":
            continue
        inner = next((row[key] for key in _RECORD if isinstance(row.get(key), Mapping)), {})
        fields = {"outlet": outlet, **known({**row, **inner})}
        chat = outlet is not None or "date_unixtime" in row
        name = str(row["id"] if chat and isinstance(row.get("id"), int | str) else number)
        if isinstance(text := fields.get("text"), str):
            if not text.strip() and chat:
                continue  # a picture
            fields["text"] = text_of(text)
            if text.rstrip().endswith("chars]") and _CUT in text[-40:]:
                notes.append(["cut off", f"holds only the beginning of article {name}: fetch the page itself"])
        if chat:
            fields.pop("id", None)  # numbers that other chats have too
        articles.append({"fields": fields, "page": {}, "id": name})
    if not articles:
        raise NotRead("not understood", "holds no list of articles, at the top or under articles, results or items: "
                                        "save it as .jsonl with one article a line")
    if not any("text" in article["fields"] for article in articles):
        raise NotRead("not understood", f"has no field named text, content, body or article: its fields are "
                                        f"{', '.join(map(str, next(_rows(data))[0]))[:200]}")
    return {"articles": articles, "notes": notes}


def _rows(data: object, name: str | None = None, depth: int = 0) -> Iterator[tuple[Mapping, str | None]]:
    """Yield (article, the chat it is from) of the first list of things that a file holds."""
    if isinstance(data, list):
        things = [thing for thing in data if isinstance(thing, Mapping)]
        if name is None and any(isinstance(thing.get("messages"), list) for thing in things):
            for chat in things:
                yield from _rows(chat, None, depth + 1)
        else:
            yield from ((thing, name) for thing in things)
    elif isinstance(data, Mapping) and depth < 5:
        chat = str(data["name"]) if isinstance(data.get("messages"), list) and data.get("name") else None
        inside = next((data[key] for key in _LISTS if isinstance(data.get(key), list | Mapping)
                       and any(_rows(data[key], chat, depth + 1))), None)
        if inside is not None:
            yield from _rows(inside, chat, depth + 1)
        elif "text" in known(data) and depth < 2:
            yield data, None


def read_feed(path: Path) -> dict:
    """Return the items of an RSS or Atom feed, which may be summaries of the articles they lead to."""
    from lxml import etree

    raw, parser = path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    tree = etree.fromstring(raw if b"\0" in raw else raw.translate(_NO_XML), parser)
    items = [] if tree is None else list(tree.iter("{*}item", "{*}entry"))
    if not items:
        raise NotRead("not understood", "is XML, but no RSS or Atom feed: save its articles as .txt or .jsonl")
    outlet = next((node.text for node in tree.iter("{*}title")
                   if node.getparent().tag.rpartition("}")[2] in ("channel", "feed", "RDF")), None)
    note = ["part not read", "is broken XML, of which something may be missing: fetch it again"]
    return {"articles": [{"fields": _item(item, outlet), "page": {}, "id": str(number)}
                         for number, item in enumerate(items, 1)], "notes": [note] if len(parser.error_log) else []}


def _item(item, outlet: str | None) -> dict:
    """Return the fields of an item, of all its texts the longest."""
    said: dict[str, str] = {}
    texts = [""]
    for node in item:
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        value = "".join(node.itertext()).strip() or node.get("href") or ""
        if name in ("encoded", "content", "description", "summary"):
            texts.append(text_of(value))
        elif name != "link" or node.get("rel", "alternate") == "alternate":
            said.setdefault(name, value)
    found = known({"published": said.get("updated", ""), **said})
    return {"outlet": outlet, **found, "title": text_of(str(found.get("title") or "")), "text": max(texts, key=len)}
