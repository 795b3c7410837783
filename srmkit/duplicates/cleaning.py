"""Addresses, numbers, domains and telephones made comparable: what is left is what two clerks would both note."""

from __future__ import annotations

import re

from srmkit.duplicates.firm_names import one_umlaut, plain, stem

# mail providers of everybody: such a domain says nothing about a firm
FREE_MAIL = frozenset((
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "aol.com",
    "gmx.de", "gmx.net", "web.de", "t-online.de", "orange.fr", "wanadoo.fr", "libero.it", "mail.ru", "yandex.ru",
    "qq.com", "163.com", "126.com", "sina.com", "foxmail.com",
))
PHONE_DIGITS = 8  # of the end of a number: country and area codes are written in many ways
_SHORT = {"strasse": "str", "street": "str", "road": "rd", "avenue": "ave", "boulevard": "blvd", "suite": "ste",
          "building": "bldg", "ulica": "ul", "platz": "pl", "square": "sq", "lane": "ln", "drive": "dr"}
_WORDS = re.compile(r"[^\W_]+")
_POSTCODE = re.compile(r"(?<!\d)\d{4,6}(?!\d)")


def address(text: str) -> str:
    """Words of an address in one writing; streets are abbreviated.

    >>> address("INDUSTRIESTR. 11, 13624 Ahlenfurt") == address("Industriestraße 11, 13624 Ahlenfurt")
    True
    >>> address("Müllergasse 3, 1010 Wien") == address("MUELLERGASSE 3, 1010 WIEN")
    True
    >>> address("No. 5 Mill Road"), address("深圳市龙岗区坂田 1 号")
    ('no 5 mill rd', '深圳市龙岗区坂田1号')
    """
    words = [one_umlaut(word) for word in _WORDS.findall(plain(text))]
    if any("\u4e00" <= letter <= "\u9fff" for letter in text):
        return "".join(words)
    return " ".join(_shortened(word) for word in words)


def _shortened(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    return f"{word.removesuffix('strasse')}str" if word.endswith("strasse") else word


def place(text: str) -> str:
    """Postcode and house number of an address; empty where it has no postcode.

    >>> place("Industriestraße 11, 13624 Ahlenfurt"), place("Ahlenfurt")
    ('13624 11', '')
    """
    postcode = postcode_of(text)
    if not postcode:
        return ""
    house = next((number for number in re.findall(r"\d+", text) if number != postcode), "")
    return f"{postcode} {house}" if house else ""


def postcode_of(text: str) -> str:
    """The last number of four to six digits; empty where there is none.

    >>> postcode_of("1200 Mill Avenue, 94103 Salvera"), postcode_of("Ahlenfurt")
    ('94103', '')
    """
    found: list[str] = _POSTCODE.findall(text)
    return found[-1] if found else ""


def number(text: str) -> str:
    """Letters and digits of a registration number; one that is all the same digit stands for nothing.

    >>> number("DE 123.456-789"), number("000000000"), number("n/a")
    ('de123456789', '', '')
    """
    signs = "".join(_WORDS.findall(plain(text)))
    digits = [sign for sign in signs if sign.isdigit()]
    return signs if len(digits) >= 3 and len(set(digits)) > 1 else ""


def domain(text: str) -> str:
    """The host of a web or mail address without www; empty for mail providers that anybody uses.

    >>> domain("https://www.Alba.example/contact"), domain("sales@alba.example"), domain("alba@gmail.com")
    ('alba.example', 'alba.example', '')
    """
    host = re.sub(r"^[a-z]+://", "", text.strip().casefold()).split("@")[-1]
    host = re.split(r"[/?#:\s]", host)[0].removeprefix("www.").strip(".")
    return host if "." in host and host not in FREE_MAIL else ""


def phone(text: str) -> str:
    """The last eight digits of a telephone number; empty where it is shorter or one digit again and again.

    >>> phone("+49 (0)555 123-4567"), phone("0049 555 1234567"), phone("110")
    ('51234567', '51234567', '')
    """
    digits = "".join(sign for sign in plain(text) if sign.isdigit())
    last = digits[-PHONE_DIGITS:]
    return last if len(last) == PHONE_DIGITS and len(set(last)) > 1 else ""


def word(text: str) -> str:
    """Letters and digits of a word or name, small and without accents.

    >>> word("  O'Brien "), word("Ångström-Lee")
    ('obrien', 'angstrom lee')
    """
    return " ".join(_WORDS.findall(plain(text).replace("'", "")))


def sorted_words(name: str) -> str:
    """The words of a firm's name in alphabetical order.

    >>> sorted_words("Guss Dornau GmbH")
    'dornau guss'
    """
    return " ".join(sorted(stem(name).split()))
