"""Mail messages, and web pages that a browser saved as one."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from analysis.articles.answers import NotRead, found
from analysis.articles.fields import day
from analysis.articles.webpages import page_of, text_of


def read_eml(path: Path) -> dict:
    """Return the text of a mail message with its subject and day. **Misses:** attachments, which are named."""
    message = _message(path)
    body = message.get_body(("plain", "html"))
    text = _content(body) if body is not None else ""
    attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    said = {"title": str(message["subject"] or ""), "published": day(str(message["date"] or "")) or ""}
    text = text_of(text) if body is not None and body.get_content_subtype() == "html" else text
    return found(text, said,
                 [["attachments not read", f"has attachments that are not read: save them as files "
                                           f"({', '.join(attached)[:200]})"]] if attached else [])


def read_mhtml(path: Path) -> dict:
    """Return what ``webpages`` reads of a page that was saved with its pictures; the day of saving is not its day."""
    message = _message(path)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise NotRead("no text", "holds no web page: open it, and save its text as a .txt file")
    return page_of(_content(page), page["content-location"] or message["snapshot-content-location"])


def _message(path: Path) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    if not message.keys():
        raise NotRead("unreadable", "is no message: open it, and save its text as .txt")
    return message


def _content(part: EmailMessage) -> str:
    try:
        return part.get_content()
    except LookupError:  # an encoding that nobody knows
        return part.get_payload(decode=True).decode("utf-8", "replace")
