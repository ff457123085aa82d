"""Web pages to their article, or their posts, and what they say of themselves: title, outlet, address and day."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from itertools import islice
from pathlib import Path

from analysis.articles.answers import NotRead, found, is_data, left_out, several
from analysis.articles.collection import is_export
from analysis.articles.decoding import decode, without_surrogates
from analysis.articles.fields import day
from analysis.articles.metadata import linked_data, said_of_itself
from analysis.articles.wrapping import plain_letters

DEPTH = 250  # the parser stops reading a page at 256 levels, and does not say so
_TOP = 4096  # bytes
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|\s)(?:(?:twitter|instagram|facebook|fb|tiktok|telegram|bluesky|reddit|social)[-_]"
                       r"(?:tweet|video|media|embed|post)|(?:social-)?embed(?:ded)?[-_]\w+|(?:embedded-)?tweet)(?:\s|$)",
                       re.IGNORECASE)
_ELSEWHERE = re.compile(r"\W*(?:also read|read (?:also|more|next|this)|related(?: (?:articles?|stor(?:y|ies)|news))?|"
                        r"more on this(?: story)?|see also|recommended|don['’]t miss|you may also like)"
                        r"(?:\s*[:：|–—-]|\W*$)", re.IGNORECASE)
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)(http\S+)")  # as browsers write it
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = ("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote", "article", "section")
_NEAR = 6  # parts of a page around the time of a post, of which one is the post
_LONG_POST = 60  # characters of a post that says something
_LONG_LINK = 300  # characters of a line that leads to other articles


def read_html(path: Path) -> dict:
    """Return the article of a web page, or each post of a live page with its own day, and what the page says of itself.

    What stands around the article is not read, nor what is hidden or struck out, posts of other sites, lines that lead
    elsewhere, and figures in tables. **Misses:** text that a script puts in; comments.
    """
    return page_of(_decoded(path.read_bytes()))


def page_of(page: str, url: str | None = None) -> dict:
    """Return what ``read_html`` does, of a page that was decoded; ``url``: its address where it does not say."""
    import trafilatura

    notes = [["broken characters", "holds NUL characters, shown as U+FFFD"]] if "\0" in page else []
    tree = trafilatura.load_html(plain_letters(page.replace("\0", "\ufffd")))
    if tree is None:
        raise NotRead("no text", "is empty, or no page")
    if tree.xpath(f"boolean(//*[count(ancestor::*) > {DEPTH}])"):
        notes.append(["part not read", f"is nested over {DEPTH} levels deep, and what follows is not read: copy its "
                                       f"text into a .txt file"])
    if is_export(text := _lines_of(tree)):
        return found(text, None, notes)
    saved = _SAVED.search(page[:_TOP])
    said = said_of_itself(tree, url or (saved[1] if saved else None))  # before trafilatura takes the tree apart
    notes += _without_what_is_no_article(tree)
    posts, shown = _posts_in_data(tree), _posts(tree)
    article = trafilatura.bare_extraction(tree, include_comments=False)
    if not posts and _are_most(shown, article.text if article is not None else ""):
        posts = shown
    if posts:
        return {"articles": [{"fields": {"text": text, "published": when}, "page": said, "id": str(number)}
                             for number, (when, text) in enumerate(posts, 1)], "notes": notes}
    if article is None or not (article.text or "").strip():
        raise NotRead("no text", "is a page in which no article was found: copy its text into a .txt file")
    return found(article.text.replace("\n", "\n\n"), said, notes)


def _decoded(raw: bytes) -> str:
    """Return a page's text: UTF-8 and byte order marks are certain, then comes the page's own word, then a guess."""
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8-sig")
    with suppress(UnicodeDecodeError, LookupError):
        if named := _CHARSET.search(raw[:_TOP]):
            return raw.decode(named[1].decode("ascii"))
    return decode(raw)[0]


def _lines_of(node) -> str:
    """Return all words of a part of a page, a block a line."""
    said: list[str] = []
    for child in node.iter():
        if child.tag in _BLOCKS:
            said.append("\n")
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "title"):
            said.append(child.text or "")
        if child is not node:
            said.append(f"\n{child.tail or ''}" if child.tag in _BLOCKS else child.tail or "")
    return "\n".join(line for part in "".join(said).split("\n") if (line := " ".join(part.split())))


def text_of(markup: str) -> str:
    """Return the words of a piece of HTML, a paragraph a block; of what is no HTML, itself."""
    from lxml import html

    if not re.search(r"<(?:p|br|div|a|b|i|em|strong|span|ul|ol|h\d|img|blockquote)\b[^<>]*>|&\w+;", markup):
        return markup
    whole = without_surrogates(markup)  # lxml stops at half a character
    return _lines_of(html.fromstring(f"<div>{whole}</div>")).replace("\n", "\n\n")


def _without_what_is_no_article(tree) -> list[list[str]]:
    """Take out of a page what is no claim of its article, and return notes about what one may want to see."""
    tables, embedded = [], 0
    for node in list(tree.iter("table", "blockquote", "p", "li", "div", "del", "s", "strike", "span", "aside")):
        if node.tag == "table":
            rows = [[_lines_of(cell) for cell in row.iter("td", "th")] for row in node.iter("tr")]
            if node.find(".//table") is not None or not is_data(rows):
                continue
            tables.append(rows)
        elif _EMBEDDED.search(node.get("class") or ""):
            embedded += 1
        elif not (node.tag in ("del", "s", "strike") or node.get("hidden") is not None
                  or _UNSEEN.search(node.get("style") or "")
                  or (node.tag in ("p", "li", "div", "aside") and len(node) < 9 and _leads_elsewhere(node))):
            continue
        if node.getparent() is not None:
            node.drop_tree()  # keeps what follows it
    said = f"quotes {several(embedded, 'post')} of other sites, not read: look at the page"
    return [*left_out(tables), *([["embedded posts", said]] if embedded else [])]


def _leads_elsewhere(node) -> bool:
    """Return whether a line is only there to lead to another article."""
    start = ""
    for part in node.itertext():
        start += part
        if len(start) > _LONG_LINK:
            return False
    beside = words = " ".join(start.split())
    for link in node.iter("a"):
        beside = beside.replace(" ".join("".join(link.itertext()).split()), "", 1)
    return bool(_ELSEWHERE.match(words) or _ELSEWHERE.fullmatch(beside))


def _posts_in_data(tree) -> list[tuple[str, str]]:
    """Return (day and time, text) of each post that a live page lists in its JSON-LD."""
    for data in linked_data(tree):
        updates = data.get("liveBlogUpdate")
        if isinstance(updates, list) and len(posts := [
                (str(post["datePublished"]), text_of(f"<p>{post.get('headline') or ''}</p>{post['articleBody']}"))
                for post in updates if isinstance(post, dict) and post.get("datePublished")
                and isinstance(post.get("articleBody"), str)]) > 1:
            return posts
    return []


def _posts(tree) -> list[tuple[str, str]]:
    """Return (day and time, text) of what may be posts of a live page: blocks of one kind with a time and a text."""
    kinds = defaultdict(list)
    for time in tree.iterfind(".//time[@datetime]"):
        around = islice(time.iterancestors(), _NEAR)
        node = next((node for node in around if node.tag in ("div", "article", "section", "li")
                     and len(_lines_of(node)) >= _LONG_POST), None)
        if (node is not None and day(time.get("datetime")) and node.find(".//p") is not None
                and len(node.findall(".//time[@datetime]")) == 1
                and "comment" not in (node.get("class") or "").lower()):
            kinds[node.getparent(), node.tag, node.get("class")].append((time, node))
    times = max(kinds.values(), key=len, default=[])
    if len(times) < 2 or len({time.get("datetime") for time, _ in times}) < 2:
        return []
    return [(time.get("datetime"), "\n\n".join(line for line in _lines_of(node).split("\n") if line != _lines_of(time)))
            for time, node in times]


def _are_most(posts: list[tuple[str, str]], article: str) -> bool:
    """Return whether posts are what a page is made of, and not cards that lead to other articles."""
    there = " ".join(text for _, text in posts)
    long = [line for line in article.split("\n") if len(line) >= _LONG_POST]
    return 2 * sum(line in there for line in long) >= len(long)
