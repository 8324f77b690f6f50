"""
Currencies as newspapers print them: signs, codes and names, before or after the number.

Units are ISO 4217 codes, withdrawn ones included. A name that several countries share
("pesos", "kroner") takes the country last named before it; without one, the currency that
is traded most, just as a bare `$` is read as the dollar of the United States.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.extraction.amounts.numerals import BLANK, alternatives

#: Signs that stand before the number, longest first where one ends in another.
SIGNS: dict[str, str] = {
    "USD$": "USD",
    "US$": "USD",
    "U.S.$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "AUD$": "AUD",
    "Aus$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD$": "CAD",
    "Can$": "CAD",
    "Cdn$": "CAD",
    "CDN$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "SG$": "SGD",
    "NT$": "TWD",
    "TW$": "TWD",
    "R$": "BRL",
    "BR$": "BRL",
    "MX$": "MXN",
    "Mex$": "MXN",
    "J$": "JMD",
    "TT$": "TTD",
    "EC$": "XCD",
    "BZ$": "BZD",
    "Bds$": "BBD",
    "B$": "BND",
    "N$": "NAD",
    "F$": "FJD",
    "FJ$": "FJD",
    "G$": "GYD",
    "L$": "LRD",
    "Z$": "ZWL",
    "ZW$": "ZWL",
    "AR$": "ARS",
    "CL$": "CLP",
    "COL$": "COP",
    "$U": "UYU",
    "Bs.": "VES",
    "S/": "PEN",
    "S/.": "PEN",
    "E£": "EGP",
    "LE": "EGP",
    "GB£": "GBP",
    "UK£": "GBP",
    "IR£": "IEP",
    "IEP£": "IEP",
    "$": "USD",
    "＄": "USD",
    "€": "EUR",
    "£": "GBP",
    "￡": "GBP",
    "CN¥": "CNY",
    "JP¥": "JPY",
    "¥": "JPY",
    "￥": "JPY",
    "₹": "INR",
    "₨": "INR",
    "Rs": "INR",
    "Rs.": "INR",
    "Re.": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "₴": "UAH",
    "₦": "NGN",
    "₱": "PHP",
    "Php": "PHP",
    "฿": "THB",
    "₫": "VND",
    "₡": "CRC",
    "₵": "GHS",
    "GH₵": "GHS",
    "GHC": "GHS",
    "₸": "KZT",
    "₾": "GEL",
    "₼": "AZN",
    "₮": "MNT",
    "₭": "LAK",
    "៛": "KHR",
    "৳": "BDT",
    "Tk": "BDT",
    "Tk.": "BDT",
    "₲": "PYG",
    "zł": "PLN",
    "Kč": "CZK",
    "RM": "MYR",
    "Rp": "IDR",
    "Rp.": "IDR",
    "RMB": "CNY",
    "Sh": "KES",
    "Shs": "KES",
    "Ksh": "KES",
    "KSh": "KES",
    "Sh.": "KES",
    "Ush": "UGX",
    "USh": "UGX",
    "Tsh": "TZS",
    "TSh": "TZS",
    "SFr": "CHF",
    "Sfr": "CHF",
    "SwFr": "CHF",
    "Fr": "CHF",
    "Fr.": "CHF",
    "DM": "DEM",
    "Dh": "AED",
    "Dhs": "AED",
    "SR": "SAR",
    "QR": "QAR",
    "kr": "SEK",
    "Kr": "SEK",
    "SKr": "SEK",
    "DKr": "DKK",
    "NKr": "NOK",
    "CFA": "XOF",
    "CFAF": "XOF",
    "FCFA": "XOF",
    "R": "ZAR",
    "N": "NGN",
    "P": "PHP",
    "K": "ZMW",
    "L": "ITL",
}
#: Single letters: a sign only where the number touches it and is scaled or grouped ("R20m").
LETTERS = frozenset({"R", "N", "P", "K", "L"})
#: Short names that are also initials: a sign only where the number is scaled or grouped.
DOUBTFUL = frozenset({"LE", "RM", "SR", "QR", "DM", "Sh", "Kr", "kr", "Fr", "K", "GHC"})

CODES = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "ANG",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BGN",
        "BHD",
        "BIF",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CLP",
        "CNH",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DEM",
        "DJF",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FRF",
        "GBP",
        "GEL",
        "GHS",
        "GMD",
        "GNF",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HRK",
        "HTG",
        "HUF",
        "IDR",
        "IEP",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "ITL",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KGS",
        "KHR",
        "KMF",
        "KPW",
        "KRW",
        "KWD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "LYD",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "PYG",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "RWF",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SOS",
        "SRD",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TND",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VES",
        "VND",
        "VUV",
        "WST",
        "XAF",
        "XCD",
        "XDR",
        "XOF",
        "XPF",
        "YER",
        "ZAR",
        "ZMW",
        "ZWL",
    ]
)
#: What a code of common use stands for.
ALIASES: dict[str, str] = {"RMB": "CNY", "CNH": "CNY", "NTD": "TWD", "RUR": "RUB", "NIS": "ILS"}

#: Names after the number; the value is the currency when no country is named.
NAMES: dict[str, str] = {
    "dollar": "USD",
    "dollars": "USD",
    "buck": "USD",
    "bucks": "USD",
    "greenbacks": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
    "sterling": "GBP",
    "quid": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rupee": "INR",
    "rupees": "INR",
    "ruble": "RUB",
    "rubles": "RUB",
    "rouble": "RUB",
    "roubles": "RUB",
    "franc": "CHF",
    "francs": "CHF",
    "won": "KRW",
    "lira": "TRY",
    "liras": "TRY",
    "lire": "ITL",
    "peso": "MXN",
    "pesos": "MXN",
    "reais": "BRL",
    "reals": "BRL",
    "rand": "ZAR",
    "rands": "ZAR",
    "naira": "NGN",
    "cedi": "GHS",
    "cedis": "GHS",
    # No first meaning: the old British coin had no code.
    "shilling": "",
    "shillings": "",
    "krona": "SEK",
    "kronor": "SEK",
    "kronas": "SEK",
    "krone": "NOK",
    "kroner": "NOK",
    "crowns": "CZK",
    "koruna": "CZK",
    "korunas": "CZK",
    "zloty": "PLN",
    "zlotys": "PLN",
    "zloties": "PLN",
    "forint": "HUF",
    "forints": "HUF",
    "leu": "RON",
    "lei": "RON",
    "lev": "BGN",
    "leva": "BGN",
    "kuna": "HRK",
    "hryvnia": "UAH",
    "hryvnias": "UAH",
    "hryvnya": "UAH",
    "tenge": "KZT",
    "lari": "GEL",
    "manat": "AZN",
    "manats": "AZN",
    "drams": "AMD",
    "shekel": "ILS",
    "shekels": "ILS",
    "dinar": "KWD",
    "dinars": "KWD",
    "dirham": "AED",
    "dirhams": "AED",
    "riyal": "SAR",
    "riyals": "SAR",
    "rial": "IRR",
    "rials": "IRR",
    "taka": "BDT",
    "ringgit": "MYR",
    "rupiah": "IDR",
    "rupiahs": "IDR",
    "baht": "THB",
    "dong": "VND",
    "kyat": "MMK",
    "kyats": "MMK",
    "riel": "KHR",
    "tugrik": "MNT",
    "birr": "ETB",
    "kwacha": "ZMW",
    "kwanza": "AOA",
    "kwanzas": "AOA",
    "pula": "BWP",
    "metical": "MZN",
    "meticais": "MZN",
    "soles": "PEN",
    "bolivar": "VES",
    "bolivars": "VES",
    "bolivares": "VES",
    "bolívares": "VES",
    "bolivianos": "BOB",
    "guarani": "PYG",
    "guaranies": "PYG",
    "colones": "CRC",
    "quetzals": "GTQ",
    "lempiras": "HNL",
    "afghani": "AFN",
    "afghanis": "AFN",
    "afs": "AFN",
    "marks": "DEM",
    "deutschmarks": "DEM",
    "pesetas": "ESP",
    "escudos": "PTE",
    "guilders": "NLG",
    "schillings": "ATS",
    "drachmas": "GRD",
    "markka": "FIM",
}
#: Names that are ordinary words as well: money only after a scale, a group or a country.
WORDLIKE = frozenset({"won", "crowns", "marks", "soles", "dong", "sterling", "afs", "lei"})

#: Hundredths: the number is divided by 100.
MINOR: dict[str, str] = {
    "cent": "USD",
    "cents": "USD",
    "¢": "USD",
    "pence": "GBP",
    "penny": "GBP",
    "pennies": "GBP",
    "p": "GBP",
    "eurocent": "EUR",
    "eurocents": "EUR",
    "kopeck": "RUB",
    "kopecks": "RUB",
    "kopeks": "RUB",
    "paise": "INR",
    "centimes": "CHF",
    "centavos": "MXN",
    "agorot": "ILS",
    "kobo": "NGN",
}

#: What a country's people and things are called, by ISO 3166 code.
DEMONYMS: dict[str, str] = {
    "us": "US",
    "u.s.": "US",
    "american": "US",
    "australian": "AU",
    "aussie": "AU",
    "canadian": "CA",
    "new zealand": "NZ",
    "hong kong": "HK",
    "singapore": "SG",
    "singaporean": "SG",
    "taiwan": "TW",
    "taiwanese": "TW",
    "new taiwan": "TW",
    "zimbabwean": "ZW",
    "zimbabwe": "ZW",
    "jamaican": "JM",
    "namibian": "NA",
    "liberian": "LR",
    "fijian": "FJ",
    "british": "GB",
    "uk": "GB",
    "egyptian": "EG",
    "syrian": "SY",
    "lebanese": "LB",
    "sudanese": "SD",
    "irish": "IE",
    "japanese": "JP",
    "chinese": "CN",
    "indian": "IN",
    "pakistani": "PK",
    "pakistan": "PK",
    "sri lankan": "LK",
    "sri lanka": "LK",
    "nepali": "NP",
    "nepalese": "NP",
    "nepal": "NP",
    "mauritian": "MU",
    "russian": "RU",
    "belarusian": "BY",
    "belarussian": "BY",
    "swiss": "CH",
    "french": "FR",
    "france": "FR",
    "belgian": "BE",
    "congolese": "CD",
    "rwandan": "RW",
    "cfa": "XO",
    "west african": "XO",
    "central african": "XA",
    "burundian": "BI",
    "guinean": "GN",
    "djiboutian": "DJ",
    "south korean": "KR",
    "korean": "KR",
    "north korean": "KP",
    "turkish": "TR",
    "italian": "IT",
    "mexican": "MX",
    "mexico": "MX",
    "argentine": "AR",
    "argentinian": "AR",
    "argentina": "AR",
    "chilean": "CL",
    "chile": "CL",
    "colombian": "CO",
    "colombia": "CO",
    "cuban": "CU",
    "cuba": "CU",
    "dominican": "DO",
    "philippine": "PH",
    "philippines": "PH",
    "filipino": "PH",
    "uruguayan": "UY",
    "uruguay": "UY",
    "brazilian": "BR",
    "south african": "ZA",
    "nigerian": "NG",
    "ghanaian": "GH",
    "kenyan": "KE",
    "kenya": "KE",
    "ugandan": "UG",
    "uganda": "UG",
    "tanzanian": "TZ",
    "tanzania": "TZ",
    "somali": "SO",
    "somalia": "SO",
    "swedish": "SE",
    "sweden": "SE",
    "norwegian": "NO",
    "norway": "NO",
    "danish": "DK",
    "denmark": "DK",
    "icelandic": "IS",
    "iceland": "IS",
    "czech": "CZ",
    "slovak": "SK",
    "polish": "PL",
    "hungarian": "HU",
    "romanian": "RO",
    "moldovan": "MD",
    "ukrainian": "UA",
    "kazakh": "KZ",
    "azerbaijani": "AZ",
    "turkmen": "TM",
    "israeli": "IL",
    "kuwaiti": "KW",
    "kuwait": "KW",
    "iraqi": "IQ",
    "iraq": "IQ",
    "jordanian": "JO",
    "jordan": "JO",
    "bahraini": "BH",
    "bahrain": "BH",
    "tunisian": "TN",
    "tunisia": "TN",
    "algerian": "DZ",
    "algeria": "DZ",
    "libyan": "LY",
    "libya": "LY",
    "serbian": "RS",
    "serbia": "RS",
    "emirati": "AE",
    "uae": "AE",
    "moroccan": "MA",
    "morocco": "MA",
    "saudi": "SA",
    "saudi arabian": "SA",
    "qatari": "QA",
    "qatar": "QA",
    "iranian": "IR",
    "iran": "IR",
    "omani": "OM",
    "oman": "OM",
    "yemeni": "YE",
    "yemen": "YE",
    "bangladeshi": "BD",
    "malaysian": "MY",
    "indonesian": "ID",
    "thai": "TH",
    "vietnamese": "VN",
    "burmese": "MM",
    "ethiopian": "ET",
    "zambian": "ZM",
    "malawian": "MW",
    "german": "DE",
    "spanish": "ES",
    "portuguese": "PT",
    "dutch": "NL",
    "austrian": "AT",
    "greek": "GR",
    "finnish": "FI",
}

#: The currency of a name in a country, where it is not the name's first meaning.
_BY_COUNTRY: dict[str, dict[str, str]] = {
    "dollar": {
        "US": "USD",
        "AU": "AUD",
        "CA": "CAD",
        "NZ": "NZD",
        "HK": "HKD",
        "SG": "SGD",
        "TW": "TWD",
        "ZW": "ZWL",
        "JM": "JMD",
        "NA": "NAD",
        "LR": "LRD",
        "FJ": "FJD",
    },
    "pound": {
        "GB": "GBP",
        "EG": "EGP",
        "SY": "SYP",
        "LB": "LBP",
        "SD": "SDG",
        "IE": "IEP",
    },
    "rupee": {"IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR"},
    "ruble": {"RU": "RUB", "BY": "BYN"},
    "franc": {
        "CH": "CHF",
        "FR": "FRF",
        "BE": "BEF",
        "CD": "CDF",
        "RW": "RWF",
        "XO": "XOF",
        "XA": "XAF",
        "BI": "BIF",
        "GN": "GNF",
        "DJ": "DJF",
    },
    "won": {"KR": "KRW", "KP": "KPW"},
    "lira": {"TR": "TRY", "IT": "ITL", "LB": "LBP", "SY": "SYP"},
    "peso": {
        "MX": "MXN",
        "AR": "ARS",
        "CL": "CLP",
        "CO": "COP",
        "CU": "CUP",
        "DO": "DOP",
        "PH": "PHP",
        "UY": "UYU",
    },
    "shilling": {"KE": "KES", "UG": "UGX", "TZ": "TZS", "SO": "SOS"},
    "krona": {"SE": "SEK", "IS": "ISK"},
    "krone": {"NO": "NOK", "DK": "DKK"},
    "crown": {"CZ": "CZK", "SK": "SKK", "SE": "SEK", "NO": "NOK", "DK": "DKK"},
    "dinar": {
        "KW": "KWD",
        "IQ": "IQD",
        "JO": "JOD",
        "BH": "BHD",
        "TN": "TND",
        "DZ": "DZD",
        "LY": "LYD",
        "RS": "RSD",
    },
    "dirham": {"AE": "AED", "MA": "MAD"},
    "riyal": {"SA": "SAR", "QA": "QAR", "YE": "YER", "OM": "OMR", "IR": "IRR"},
    "leu": {"RO": "RON", "MD": "MDL"},
    "manat": {"AZ": "AZN", "TM": "TMT"},
    "kwacha": {"ZM": "ZMW", "MW": "MWK"},
    "mark": {"DE": "DEM", "FI": "FIM"},
}
_FAMILIES: dict[str, str] = {
    "dollar": "dollar",
    "dollars": "dollar",
    "cent": "dollar",
    "cents": "dollar",
    "pound": "pound",
    "pounds": "pound",
    "rupee": "rupee",
    "rupees": "rupee",
    "ruble": "ruble",
    "rubles": "ruble",
    "rouble": "ruble",
    "roubles": "ruble",
    "franc": "franc",
    "francs": "franc",
    "won": "won",
    "lira": "lira",
    "liras": "lira",
    "peso": "peso",
    "pesos": "peso",
    "shilling": "shilling",
    "shillings": "shilling",
    "krona": "krona",
    "kronas": "krona",
    "kronor": "krona",
    "krone": "krone",
    "kroner": "krone",
    "crowns": "crown",
    "koruna": "crown",
    "dinar": "dinar",
    "dinars": "dinar",
    "dirham": "dirham",
    "dirhams": "dirham",
    "riyal": "riyal",
    "riyals": "riyal",
    "rial": "riyal",
    "rials": "riyal",
    "leu": "leu",
    "lei": "leu",
    "manat": "manat",
    "manats": "manat",
    "kwacha": "kwacha",
    "marks": "mark",
}
#: Families whose country is looked for in the text before the name when none stands with it.
_SHARED = frozenset({"peso", "krone", "krona", "crown", "dinar", "shilling", "riyal", "dirham"})
_SIGN_FAMILIES = {"$": "dollar", "£": "pound", "Rs": "rupee", "Rs.": "rupee"}
#: How far before a name its country is looked for.
_REACH = 300

_DEMONYM = alternatives(DEMONYMS)
_SIGN = "|".join(
    re.escape(sign) for sign in sorted({*SIGNS, *CODES, *ALIASES}, key=len, reverse=True)
)
_PREFIX = re.compile(rf"(?:(?<=[^\w$€£])|^)({_SIGN})[{BLANK}]?$")
_COUNTRY_BEFORE = re.compile(rf"\b({_DEMONYM})[{BLANK}]$")
_COUNTRY = re.compile(rf"\b(?:{_DEMONYM})\b")
_MANGLED_POUND = re.compile(rf"(?:\bGB[{BLANK}]?)?#[{BLANK}]?$")
_ADJECTIVE = rf"(?:(?P<country>{_DEMONYM})[{BLANK}-])?"
_NAME = alternatives({*NAMES, *MINOR} - {"p", "¢"})
_SUFFIX = re.compile(
    rf"[{BLANK}]?-?(?:{_ADJECTIVE}(?P<name>{_NAME})\b(?:[{BLANK}]sterling\b)?"
    rf"|(?P<code>{'|'.join(sorted({*CODES, *ALIASES}))})\b"
    rf"|(?P<sign>[€£₹₽₴₺₪₩₸¢]|zł\b|Kč|kr\b|Kr\b)|(?P<pence>(?:(?<=[^0-9][0-9])|(?<=[^0-9][0-9]{{2}}))p)\b)"
)
_DOLLAR_WORDS = re.compile(
    rf"[{BLANK}-]{_ADJECTIVE}(?P<name>{_NAME})\b"
    rf"|[{BLANK}]\(?(?P<code>US|AUS?|CAN?|USD|AUD|CAD|NZD|SGD|HKD|EUR|GBP|INR)\b\)?(?=[^\w]|$)"
)
_SIGN_ENDS = frozenset(sign[-1] for sign in SIGNS)
_TRAILING = {"US": "USD", "AU": "AUD", "AUS": "AUD", "CA": "CAD", "CAN": "CAD"}


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency found beside a number: where its words begin or end, its code, its divisor."""

    edge: int
    code: str
    divisor: Decimal = Decimal(1)


def before(text: str, start: int, floor: int, *, is_large: bool) -> Currency | None:
    """Return the currency printed right before the number at `start`, none before `floor`."""
    window = text[max(floor, start - 14) : start]
    if not window or (window[-1].islower() and window[-1] not in "shprł"):
        return None
    match = _PREFIX.search(window)
    if match is None:
        return _mangled(window, start, is_large)
    sign, edge = match[1], start - len(window) + match.start()
    touches = match.end(1) == len(window)
    if not is_large and (sign in LETTERS or sign in DOUBTFUL):
        return None
    if sign in LETTERS and not touches:
        return None
    code = SIGNS.get(sign) or ALIASES.get(sign, sign)
    return _with_country(text, edge, floor, sign, code)


def _mangled(window: str, start: int, is_large: bool) -> Currency | None:
    """Read `#` before a scaled number as the pound sign it was before a bad conversion."""
    match = _MANGLED_POUND.search(window) if is_large else None
    return Currency(start - len(window) + match.start(), "GBP") if match else None


def _with_country(text: str, edge: int, floor: int, sign: str, code: str) -> Currency:
    """Let a country before a shared sign decide: "a Canadian $5 million fund"."""
    family = _SIGN_FAMILIES.get(sign)
    country = _COUNTRY_BEFORE.search(text, max(floor, edge - 16), edge) if family else None
    if family is None or country is None or not country[1][0].isupper():
        return Currency(edge, code)
    return Currency(country.start(), _BY_COUNTRY[family].get(DEMONYMS[country[1].lower()], code))


def after(text: str, end: int, *, is_large: bool) -> Currency | None:
    """Return the currency printed right after the number that ends at `end`."""
    match = _SUFFIX.match(text, end)
    if match is None:
        return None
    if match["pence"]:
        return Currency(match.end(), "GBP", Decimal(100))
    if match["code"]:
        return Currency(match.end(), ALIASES.get(match["code"], match["code"]))
    if match["sign"]:
        sign = match["sign"]
        divisor = Decimal(100) if sign == "¢" else Decimal(1)
        return Currency(match.end(), MINOR.get(sign) or SIGNS[sign], divisor)
    return _named(text, match, is_large)


def _named(text: str, match: re.Match[str], is_large: bool) -> Currency | None:
    name, country = match["name"].lower(), match["country"]
    if name in WORDLIKE and not (is_large or country):
        return None
    is_weight = name in ("pound", "pounds") and not (is_large or country)
    if is_weight and _weighs(text, match.start("name"), match.end()):
        return None
    divisor = Decimal(100) if name in MINOR else Decimal(1)
    first = MINOR.get(name) or NAMES[name]
    family = _FAMILIES.get(name)
    code = first
    if family is not None and country:
        code = _BY_COUNTRY[family].get(DEMONYMS[country.lower()], first)
    elif family in _SHARED:
        code = _nearest_country(text, match.start(), family, first)
    return Currency(match.end(), code, divisor) if code else None


def _nearest_country(text: str, start: int, family: str, first: str) -> str:
    """Return the currency of the last country named before the amount that has one so named."""
    codes = _BY_COUNTRY[family]
    named = [
        DEMONYMS[found.lower()] for found in _COUNTRY.findall(text, max(0, start - _REACH), start)
    ]
    return next((codes[country] for country in reversed(named) if country in codes), first)


def trailing(text: str, end: int, currency: Currency) -> Currency:
    """Take in what repeats or narrows a sign after the number: "$249 USD", "$5 billion US"."""
    match = _DOLLAR_WORDS.match(text, end)
    if match is None:
        return currency
    if match["code"]:
        code = _TRAILING.get(match["code"], match["code"])
        ours = code == currency.code or (currency.code == "USD" and code.endswith("D"))
        return Currency(match.end(), code) if ours and _closes(text, match) else currency
    found = after(text, end, is_large=True)
    if found is None or found.divisor != 1 or _FAMILIES.get(match["name"].lower()) is None:
        return currency
    return found if match["country"] else Currency(found.edge, currency.code)


_CLOSING = re.compile(r"[.,;:)]|[ \n](?![A-Z])|$")


def _closes(text: str, match: re.Match[str]) -> bool:
    """Return whether letters after the amount belong to it, not to what comes next."""
    return len(match["code"]) == 3 or _CLOSING.match(text, match.end()) is not None


_WEIGHING = re.compile(
    r"\b(?:weigh\w*|los[te]\w*|gain\w*|heav\w*|lift\w*|drop\w*|shed|warhead\w*|bomb\w*|thrust|"
    r"press\w*|payload)\b",
    re.IGNORECASE,
)
_WEIGHED = re.compile(
    rf"[{BLANK}](?:of[{BLANK}](?!(?:debt|aid|funding|taxpayer|public|the|its|their)\b)[a-z]|heavier|"
    r"lighter|overweight|per[ ]square|each[ ]weigh)"
)


def _weighs(text: str, start: int, end: int) -> bool:
    """Return whether pounds are a weight, by what stands around them."""
    if _WEIGHED.match(text, end):
        return True
    return _WEIGHING.search(text, max(0, start - 40), start) is not None
