"""Bytes to text: which encoding, and which language the text is in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from os import PathLike
from pathlib import Path
from string import ascii_lowercase

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # UTF-32 first: it begins like UTF-16
_MARKS = tuple(mark for mark, _ in _BOMS)
_ESCAPED = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile(rb"[\x80-\xff]{3,}")  # letters in a row that are not ASCII: no Latin alphabet
_MAC = re.compile(rb"(?<=[a-zA-Z])[\x84\x87-\x89\x8b\x8d-\x90\x95\x99\x9d\x9f](?=[a-z\W])")  # accents of old Macs
_WINDOWS = re.compile(rb"(?<=[a-zA-Z])[\xc0-\xff]")
_LATIN = ["cp1252", "cp1250", "cp1254", "cp1257"]
_ENOUGH_ACCENTS = 30  # to tell Polish from French
_CHUNK = 1 << 20  # bytes
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\W\d_]+")
_ASCII = bytes(range(128))
_LETTERS_ONLY = bytes(byte if chr(byte) in ascii_lowercase else ord(" ") for byte in range(256))
_FREQUENT = frozenset(["the", "of", "and", "to", "in", "that", "was", "were", "by", "with", "for", "from", "said", "at",
                       "his", "he", "it", "on", "be", "has", "have", "are", "this", "but", "not", "who", "they"])
_SAMPLE = 4000  # characters
_ENOUGH_LETTERS = 20
_SURE = 0.8  # at this confidence py3langid took none of 2,800 English sentences for another language


class Undecodable(ValueError):
    """Bytes that are no text in any encoding we know."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is encoded; ``guessed``: its name where that is not certain, ``errors``: as ``open`` takes them."""

    name: str
    guessed: str | None = None
    errors: str = "strict"


def encoding_of(path: PathLike[str]) -> Encoding:
    """Return the one encoding of a file of many texts, after reading all of it. Raises Undecodable.

    A file that is UTF-8 but for a few bytes, as when rows of two programs were put together, is UTF-8: ``mended``
    reads those bytes as Windows-1252.
    """
    with Path(path).open("rb") as file:
        head = file.read(_CHUNK)
        if head.startswith(_MARKS):
            name = next(name for mark, name in _BOMS if head.startswith(mark))
            return Encoding("utf-8-sig" if name == "utf-8" else name[:6])  # "utf-16-le" would keep the mark
        if head.count(0) > len(head) / 10:
            guessed = decode(head[:len(head) // 4 * 4])[1]
            return Encoding(guessed, guessed)
        decoder, chunk, good, bad, odd = codecs.getincrementaldecoder("utf-8")("surrogateescape"), head, 0, 0, b""
        while True:
            text = decoder.decode(chunk, final=not chunk)
            if not text.isascii():
                bad += (wrong := len(_ESCAPED.findall(text)))
                good += len(text) - len(text.encode("ascii", "ignore")) - wrong
                odd = odd or (chunk if wrong else b"")
            if not chunk:
                break
            chunk = file.read(_CHUNK)
    if good >= bad:
        return Encoding("utf-8", None, "surrogateescape" if bad else "strict")
    name = decode(odd[:odd.rfind(b"\n") + 1] or odd)[1] or "windows-1252"  # whole lines: no letter is cut in two
    return Encoding(name, name, "replace")


def mended(text: str) -> str:
    """Return a text with the bytes that were no UTF-8 (``surrogateescape``) as Windows-1252."""
    return _ESCAPED.sub(lambda byte: bytes([ord(byte[0]) - 0xdc00]).decode("cp1252", "replace"), text)


def decode(raw: bytes) -> tuple[str, str | None]:
    """Return the text without its byte order mark, and the name of the encoding where it had to be guessed.

    UTF-8 and byte order marks are certain. Where letters that are not ASCII stand alone or in pairs, as in the Latin
    alphabet, a text is taken for Windows-1252, the web's own default, unless there are accents enough to rule it out:
    a detector is mistaken about a handful. charset-normalizer guesses the rest. Raises Undecodable.
    **Misses:** short texts in other 8-bit encodings.
    """
    if raw.startswith(_MARKS):
        mark, encoding = next(bom for bom in _BOMS if raw.startswith(bom[0]))
        return _strict(raw[len(mark):], encoding), None
    if raw.count(0) <= len(raw) / 10:  # more is UTF-16 without its mark, or no text
        try:
            return raw.decode("utf-8"), None
        except UnicodeDecodeError:
            pass
        high = len(raw.translate(None, _ASCII))
        latin = sum(map(len, _FOREIGN.findall(raw))) <= high / 4 and raw.count(0) == 0
        guesses = from_bytes(raw, cp_isolation=_LATIN) if latin and high >= _ENOUGH_ACCENTS else ()
        if latin and guesses and "cp1252" not in [guess.encoding for guess in guesses]:
            return str(guesses.best()), guesses.best().encoding.replace("cp", "windows-")
        if latin and len(_MAC.findall(raw)) > len(_WINDOWS.findall(raw)):
            return raw.decode("mac_roman"), "mac-roman"
        if high <= len(raw) / 20 or latin:
            try:
                return raw.decode("cp1252"), "windows-1252"
            except UnicodeDecodeError:
                pass
    guess = from_bytes(raw).best()
    if guess is None:
        raise Undecodable("neither UTF-8 nor any other encoding of text: save it as UTF-8")
    encoding = "cp1252" if "cp1252" in guess.could_be_from_charset else guess.encoding
    return _strict(raw, encoding), encoding.replace("_", "-").replace("cp125", "windows-125")


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(f"byte {error.start} is no {encoding}: save it as UTF-8") from error


def without_surrogates(text: str) -> str:
    """Return the text with every lone surrogate as U+FFFD, as long as before: half a character cannot be written."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def language_of(text: str) -> str | None:
    """Return the ISO 639 code of the language of a text, None where it is too short or too mixed to tell.

    Text full of English function words is English without asking; py3langid says the rest, when it is sure.
    What is in another script, and in no language that it is sure of, is "und" and cannot be English.
    **Misses:** the second language of a text in two.
    """
    words = _words(text[:_SAMPLE].lower())
    if len("".join(words)) < _ENOUGH_LETTERS:
        return None
    if sum(map(_FREQUENT.__contains__, words)) >= max(3, len(words) / 6):
        return "en"
    code, confidence = _identifier().classify(text[:_SAMPLE])
    if confidence >= _SURE:
        return code
    return None if sum(word.isascii() for word in words) > len(words) / 2 else "und"


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters, as ``_WORD`` finds them; without it where all letters are ASCII."""
    if not text.isascii() and _WORD.search(text.encode("utf-8", "replace").translate(None, _ASCII).decode("utf-8")):
        return _WORD.findall(text)
    return text.encode("ascii", "replace").translate(_LETTERS_ONLY).decode("ascii").split()


@cache
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # late: it takes seconds, and is seldom needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
