"""Names of firms made comparable: without their legal form, in Latin and in Chinese script."""

from __future__ import annotations

import re
import unicodedata

# a form may be written in several words; the longest that fits is taken off first
_FORMS = """
gesellschaft mit beschraenkter haftung und co kg|gesellschaft mit beschraenkter haftung|gesellschaft mbh
gmbh und co kg|gmbh und co kgaa|gmbh und co|gmbh co kg|gmbh co|ag und co kg|und co kg|co kg|und co
gmbh|mbh|aktiengesellschaft|ag|kgaa|kg|ohg|ug|gbr|ev|eg|se
company limited|co limited|co ltd|limited liability company|private limited|pvt limited|pvt ltd|pte ltd|pty ltd
limited|ltd|plc|llc|llp|lp|incorporated|inc|corporation|corp|company|co|pvt|pte|pty|sdn bhd|bhd
societe anonyme|sarl|sasu|sas|sa|snc|societa per azioni|societa a responsabilita limitata|spa|srl|srls|sapa
sociedad limitada|sociedad anonima|slu|sl|sau|ltda|sa de cv|besloten vennootschap|naamloze vennootschap|bv|nv|vof
aktiebolag|aktieselskab|anpartsselskab|ab|asa|as|aps|oyj|oy|hf|ehf
spolka z ograniczona odpowiedzialnoscia|spolka akcyjna|sp z oo|spzoo|sp zoo|sp k|spol s ro|spol sro|s ro|sro
kft|zrt|nyrt|doo|dd|ad|ood|eood|ooo|oao|pao|zao|kk|kabushiki kaisha|godo kaisha|gk|jsc|pjsc|fze|fzco
"""

# the trade's forms in China and Taiwan, the longest first; 集团 is "group"
CHINESE_FORMS = (
    "集团股份有限公司", "集团有限责任公司", "股份有限公司", "有限责任公司", "控股有限公司", "集团有限公司", "集团公司",
    "有限合伙", "股份公司", "有限公司", "合伙企业", "总公司", "集团", "公司",
)
_SIMPLIFIED = str.maketrans({"團": "团", "責": "责", "總": "总", "業": "业", "夥": "伙"})
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})
_ABBREVIATED = re.compile(r"\b(?:\w\.\s?){2,}(?=\W|$)|\b(?:\w\.)+\w\b")
_WORDS = re.compile(r"[^\W_]+")
_UMLAUT = re.compile("(?<![aeiouq])([aou])e(?![aeiou])")


def one_umlaut(word: str) -> str:
    """A plain word in which ae, oe and ue stand as a, o and u, as they do for ä, ö and ü without their dots.

    >>> [one_umlaut(plain(name)) for name in ("Müller", "MUELLER", "Muller", "Bauer", "Jönsson", "Joensson")]
    ['muller', 'muller', 'muller', 'bauer', 'jonsson', 'jonsson']
    """
    return _UMLAUT.sub(r"\1", word)


FORMS = frozenset(
    tuple(map(one_umlaut, form.split())) for form in _FORMS.replace("\n", "|").split("|") if form
)
LONGEST = max(map(len, FORMS))


def plain(text: str) -> str:
    """Small letters without accents, full-width signs as ordinary ones; Chinese script stays as it is.

    >>> plain("Müller & Søn ＡＢ"), plain("华为（深圳）")
    ('muller & son ab', '华为(深圳)')
    """
    small = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    return "".join(letter for letter in unicodedata.normalize("NFKD", small) if not unicodedata.combining(letter))


def stem(name: str) -> str:
    """The name of a firm without its legal form: what two spellings of it have in common.

    >>> stem("DORNAU GUSS G.M.B.H."), stem("Dornau-Guß Gesellschaft mbH"), stem("Dornau Guss GmbH & Co. KG")
    ('dornau guss', 'dornau guss', 'dornau guss')
    >>> stem("Novaree Sp. z o.o."), stem("Halveki Co., Ltd"), stem("A/S Holmby")
    ('novaree', 'halveki', 'holmby')
    >>> stem("深圳市华为技术有限公司"), stem("華碩電腦股份有限公司"), stem("上海宝山（集团）有限责任公司")
    ('深圳市华为技术', '華碩電腦', '上海宝山')
    """
    return _split(name)[0]


def legal_form(name: str) -> str:
    """The legal form at the end of a name, as we compare it; empty where there is none we know.

    >>> legal_form("Dornau Guss G.m.b.H. & Co"), legal_form("深圳市华为技术有限公司"), legal_form("Dornau")
    ('gmbh und co', '有限公司', '')
    """
    return _split(name)[1]


def _split(name: str) -> tuple[str, str]:
    text = plain(name)
    if any("\u4e00" <= letter <= "\u9fff" for letter in text):
        return _split_chinese(text)
    text = _ABBREVIATED.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", text)
    text = re.sub(r"\b(\w)/(\w)\b", r"\1\2", text).replace("+", " & ")
    words = [one_umlaut(word) for word in _WORDS.findall(re.sub("['’]", "", text.replace("&", " und ")))]
    kept, form = _without_form(words)
    if kept == words and len(words) > 1:
        kept, form = _without_leading_form(words)
    return " ".join(kept), form


def _without_form(words: list[str]) -> tuple[list[str], str]:
    """Takes forms off the end, as long as something is left."""
    kept, forms = words, list[str]()
    while taken := next((n for n in range(min(LONGEST, len(kept) - 1), 0, -1) if tuple(kept[-n:]) in FORMS), 0):
        forms = kept[-taken:] + forms
        kept = kept[:-taken]
    while len(kept) > 1 and kept[-1] in ("und", "and"):
        kept = kept[:-1]
    return kept, " ".join(forms)


def _without_leading_form(words: list[str]) -> tuple[list[str], str]:
    """Scandinavian, Russian and Polish firms may start with their form."""
    return (words[1:], words[0]) if words[0] in ("ab", "as", "ooo", "oao", "pao", "zao", "pt", "oy") else (words, "")


def _split_chinese(text: str) -> tuple[str, str]:
    whole = "".join(_WORDS.findall(text))
    compared = whole.translate(_SIMPLIFIED)
    for form in CHINESE_FORMS:
        if compared.endswith(form) and len(compared) > len(form):
            rest = whole[: -len(form)]
            for further in ("股份", "集团", "集團", "控股"):
                rest = rest.removesuffix(further) or rest
            return rest, form
    return whole, ""
