"""
Percents and units of measure, and what they are called here: one singular name for each.

Lengths of time are not among them: a day or a year belongs to the reader of times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.extraction.amounts.numerals import BLANK, alternatives

PERCENT = "percent"
PERCENTAGE_POINT = "percentage point"
BASIS_POINT = "basis point"


def _spellings(table: str) -> dict[str, str]:
    """Return spelling to name out of lines `name: spelling, spelling`; the name spells itself."""
    units: dict[str, str] = {}
    for line in table.strip().splitlines():
        name, _, spellings = line.strip().partition(":")
        for spelling in (name, *spellings.split(",")):
            units[spelling.strip()] = name
    units.pop("", None)
    return units


#: Units spelled out: read in any case.
WORDS = _spellings("""
    metre: metres, meter, meters
    kilometre: kilometres, kilometer, kilometers, kilometre's, kms, klicks
    centimetre: centimetres, centimeter, centimeters
    millimetre: millimetres, millimeter, millimeters
    micrometre: micrometres, micrometer, micrometers, micron, microns
    nanometre: nanometres, nanometer, nanometers
    mile: miles
    nautical mile: nautical miles
    light year: light years, light-years, light-year
    foot: feet
    inch: inches
    yard: yards
    fathom: fathoms
    acre: acres
    hectare: hectares
    litre: litres, liter, liters
    megalitre: megalitres, megaliters, megaliter
    millilitre: millilitres, milliliter, milliliters
    gallon: gallons
    pint: pints
    quart: quarts
    barrel: barrels
    bushel: bushels
    gram: grams, gramme, grammes
    milligram: milligrams
    microgram: micrograms
    kilogram: kilograms, kilogramme, kilogrammes, kilos, kilo
    tonne: tonnes, metric ton, metric tons, metric tonne, metric tonnes
    ton: tons, short tons, long tons
    kiloton: kilotons, kilotonne, kilotonnes
    megaton: megatons, megatonne, megatonnes
    gigaton: gigatons, gigatonne, gigatonnes
    pound: pounds
    ounce: ounces
    troy ounce: troy ounces
    carat: carats
    watt: watts
    kilowatt: kilowatts
    megawatt: megawatts
    gigawatt: gigawatts
    terawatt: terawatts
    watt-hour: watt-hours, watt hours
    kilowatt-hour: kilowatt-hours, kilowatt hours, kilowatt hour
    megawatt-hour: megawatt-hours, megawatt hours, megawatt hour
    gigawatt-hour: gigawatt-hours, gigawatt hours, gigawatt hour
    terawatt-hour: terawatt-hours, terawatt hours, terawatt hour
    volt: volts
    kilovolt: kilovolts
    ampere: amperes, amps
    joule: joules
    kilojoule: kilojoules
    calorie: calories
    horsepower:
    hertz:
    kilohertz:
    megahertz:
    gigahertz:
    decibel: decibels
    knot: knots
    degree: degrees
    degree Celsius: degrees Celsius, degree Celsius, degrees centigrade
    degree Fahrenheit: degrees Fahrenheit, degree Fahrenheit
    byte: bytes
    kilobyte: kilobytes
    megabyte: megabytes
    gigabyte: gigabytes
    terabyte: terabytes
    petabyte: petabytes
    megapixel: megapixels
    pixel: pixels
    cubic foot: cubic feet
    square foot: square feet
    becquerel: becquerels
    sievert: sieverts
    millisievert: millisieverts
    hectopascal: hectopascals
    millibar: millibars
""")

#: Abbreviations: read only as printed here, since case tells `MW` from `mW`.
SYMBOLS = _spellings("""
    kilometre: km, kms
    centimetre: cm, cms
    millimetre: mm
    nanometre: nm
    foot: ft, ft.
    yard: yd, yds
    hectare: ha
    litre: ltr
    millilitre: ml
    gram: g, gm
    milligram: mg
    microgram: mcg, µg
    kilogram: kg, kgs, Kg
    pound: lb, lbs, lb., lbs.
    ounce: oz, oz.
    kilowatt: kW, KW
    megawatt: MW, MWe, MWp
    gigawatt: GW, GWe, GWp
    terawatt: TW
    kilowatt-hour: kWh, KWh, kwh
    megawatt-hour: MWh
    gigawatt-hour: GWh
    terawatt-hour: TWh
    kilovolt: kV
    horsepower: hp, bhp
    hertz: Hz
    kilohertz: kHz
    megahertz: MHz
    gigahertz: GHz
    decibel: dB
    degree Celsius: °C, ºC, °c, degrees C, deg C
    degree Fahrenheit: °F, ºF, degrees F
    degree: °, º
    kilobyte: KB, kB
    megabyte: MB
    gigabyte: GB
    terabyte: TB
    petabyte: PB
    kilobit per second: kbps, Kbps
    megabit per second: Mbps, Mbit/s
    gigabit per second: Gbps, Gbit/s
    mile per hour: mph
    kilometre per hour: kph, kmh, kmph, km/h, km/hr
    metre per second: m/s, m/sec
    knot: kts
    barrel per day: bpd, b/d
    square foot: sq ft, sq. ft., sq. ft, sqft, sq feet
    square metre: sqm, sq m, sq. m
    square kilometre: sqkm
    cubic metre: cbm, cu m
    nautical mile: nmi
    basis point: bps
""")
# The names themselves are words, read in any case; only the abbreviations stay.
SYMBOLS = {symbol: name for symbol, name in SYMBOLS.items() if symbol != name}

_SQUARES = {"square": "square ", "sq": "square ", "sq.": "square ", "cubic": "cubic "}
_PERIODS = {
    "s": "second",
    "sec": "second",
    "second": "second",
    "minute": "minute",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "annum": "year",
}
_PERIOD = "|".join(sorted(_PERIODS, key=len, reverse=True))
_PER_UNITS = {
    "kilometre": "kilometre",
    "kilometer": "kilometre",
    "km": "kilometre",
    "mile": "mile",
    "litre": "litre",
    "liter": "litre",
    "gallon": "gallon",
    "hectare": "hectare",
    "acre": "acre",
    "person": "person",
    "capita": "person",
    "head": "person",
    "square metre": "square metre",
    "square meter": "square metre",
    "square kilometre": "square kilometre",
    "square kilometer": "square kilometre",
    "cubic metre": "cubic metre",
    "cubic meter": "cubic metre",
    "square inch": "square inch",
    "kilogram": "kilogram",
    "kg": "kilogram",
    "tonne": "tonne",
}
_PER_UNIT = "|".join(sorted(_PER_UNITS, key=len, reverse=True))

_PERCENT = re.compile(
    rf"[{BLANK}]?%(?:[{BLANK}-]?(?P<signpoint>points?)\b)?"
    rf"|[{BLANK}]?-?(?i:percentage)[{BLANK}-](?i:points?)\b"
    rf"|[{BLANK}]?-?(?i:per[{BLANK}]?cent|pct|p\.c\.|percentage)(?=[^\w]|$)"
    rf"(?:[{BLANK}-](?P<point>points?)\b)?"
    rf"|(?<=[0-9])(?:[{BLANK}]?pc)\b"
    rf"|[{BLANK}]?pp[st]?\b"
    rf"|[{BLANK}-](?P<basis>(?i:basis)[{BLANK}-](?i:points?)\b)"
    rf"|(?<=[0-9])[{BLANK}]?(?P<bps>bps?)\b"
)
_SYMBOL = "|".join(re.escape(symbol) for symbol in sorted(SYMBOLS, key=len, reverse=True))
_UNIT = re.compile(
    rf"[{BLANK}]?-?(?:(?P<square>(?i:square|cubic|sq\.?))[{BLANK}-])?"
    rf"(?:(?:(?P<word>{alternatives(WORDS)})|(?P<symbol>{_SYMBOL}))(?![^\W\d_²³]))"
    r"(?P<power>[²³]|[23](?![0-9]))?"
)
_PER = re.compile(
    rf"(?:[{BLANK}]?/[{BLANK}]?|[{BLANK}](?:per|an?)[{BLANK}])(?P<period>{_PERIOD})\b"
    rf"|(?:/|[{BLANK}]per[{BLANK}])(?P<unit>{_PER_UNIT})\b"
    rf"|[{BLANK}](?P<adverb>daily|annually|hourly)\b"
)
#: What is measured may stand inside the rate: "a million barrels of oil per day".
_STUFF = re.compile(rf"[{BLANK}]of[{BLANK}][a-z-]+(?:[{BLANK}][a-z-]+)?(?=[{BLANK}]per[{BLANK}])")
_ADVERBS = {"daily": "day", "annually": "year", "hourly": "hour"}
#: `m` is a metre only where a length is spoken of; elsewhere it is a million.
_METRE = re.compile(
    rf"[{BLANK}]?-?m(?P<power>[²³23])?(?:\b|(?<=[²³]))"
    rf"(?:(?P<length>[{BLANK}-](?:tall|high|deep|wide|long|away|above|below|from|apart|thick|off|"
    r"across|north|south|east|west|up|waves?|swells?|tsunami|fence|wall|statue|tower|crane|mast|pool|"
    r"drop|radius|yacht)\b)|(?P<rate>/s\b))?"
)
#: "38C" is a temperature only where one is spoken of; elsewhere it is a seat or a paragraph.
_DEGREES = re.compile(rf"[{BLANK}]?(?P<scale>[CF])(?![\w'’&-])")
_HEAT = re.compile(
    r"temperature|\b(?:heat\w*|warm\w*|cold\w*|hot\w*|cool\w*|weather|degrees?|freez\w*|fever|"
    r"thermometers?|mercury|sweltering|scorching|forecast\w*)\b",
    re.IGNORECASE,
)
#: How far around a number the words for heat and cold are looked for.
_NEAR = 80


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found after a number: where its words end and what it is called."""

    end: int
    name: str


def percent_after(text: str, end: int) -> Unit | None:
    """Return the percent, percentage point or basis point printed after a number."""
    match = _PERCENT.match(text, end)
    if match is None:
        return None
    if match["basis"] or match["bps"]:
        return Unit(match.end(), BASIS_POINT)
    words = match[0].lower().strip()
    if words.startswith("pp") or "point" in words:
        return Unit(match.end(), PERCENTAGE_POINT)
    if words.lstrip("-") == "percentage":
        return None
    return Unit(match.end(), PERCENT)


def measure_after(text: str, end: int, *, is_digits: bool) -> Unit | None:
    """Return the unit of measure printed after a number, with what it is a rate of."""
    match = _UNIT.match(text, end)
    if match is None:
        return (_metre_after(text, end) or _degrees_after(text, end)) if is_digits else None
    name = WORDS.get(match["word"].lower()) if match["word"] else SYMBOLS[match["symbol"]]
    if match["word"]:
        name = name or WORDS[_proper(match["word"])]
    elif not is_digits or not _is_symbol(text, match, end):
        return None
    assert name is not None
    name = _powered(name, match["square"], match["power"])
    return _rate(text, match.end(), name)


def _proper(word: str) -> str:
    """Return the spelling in the table of a unit named after a person."""
    return next(spelling for spelling in WORDS if spelling.lower() == word.lower())


def _is_symbol(text: str, match: re.Match[str], end: int) -> bool:
    """Refuse what only looks like a symbol: `3g` is a generation of telephony."""
    if match["symbol"] == "g":
        return end > 0 and not (text[end - 1] in "2345" and match.start("symbol") == end)
    return True


def _powered(name: str, square: str | None, power: str | None) -> str:
    if square:
        return _SQUARES[square.lower()] + name
    if power:
        return ("square " if power in "²2" else "cubic ") + name
    return name


def _rate(text: str, end: int, name: str) -> Unit:
    stuff = _STUFF.match(text, end)
    match = _PER.match(text, stuff.end() if stuff else end)
    if match is None or " per " in name:
        return Unit(end, name)
    if match["period"]:
        return Unit(match.end(), f"{name} per {_PERIODS[match['period']]}")
    if match["adverb"]:
        return Unit(match.end(), f"{name} per {_ADVERBS[match['adverb']]}")
    return Unit(match.end(), f"{name} per {_PER_UNITS[match['unit']]}")


def _degrees_after(text: str, end: int) -> Unit | None:
    match = _DEGREES.match(text, end)
    if match is None or not _HEAT.search(text, max(0, end - _NEAR), end + _NEAR):
        return None
    return Unit(match.end(), "degree " + ("Celsius" if match["scale"] == "C" else "Fahrenheit"))


def _metre_after(text: str, end: int) -> Unit | None:
    match = _METRE.match(text, end)
    if match is None:
        return None
    if match["rate"]:
        return Unit(match.end(), "metre per second")
    if match["power"]:
        return Unit(match.end("power"), _powered("metre", None, match["power"]))
    if match["length"]:
        return Unit(match.start("length"), "metre")
    return None
