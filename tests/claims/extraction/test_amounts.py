"""The reader of amounts: what newspapers print as money, percents, measures and counts."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import amounts as bench
from claims.extraction.amounts import find_amounts
from claims.extraction.records import Quantity, QuantityKind, Span
from shared_files import needs_shared

MONEY, COUNT, PERCENT, MEASURE = (
    QuantityKind.MONEY,
    QuantityKind.COUNT,
    QuantityKind.PERCENT,
    QuantityKind.MEASURE,
)


def read(text: str) -> list[tuple[str, str | None, str]]:
    """Return words, value and unit of the amounts in a text."""
    return [(amount.text, amount.value, amount.unit) for amount in find_amounts(text)]


def only(text: str) -> Quantity:
    """Return the one amount in a text."""
    (amount,) = find_amounts(text)
    return amount


class TestMoney:
    @pytest.mark.parametrize(
        ("text", "words", "value", "unit"),
        [
            ("A $ 5.5 billion deal was signed.", "$ 5.5 billion", "5500000000", "USD"),
            ("It won a US$ 40 billion contract.", "US$ 40 billion", "40000000000", "USD"),
            ("a US$1.4 bn facility", "US$1.4 bn", "1400000000", "USD"),
            ("They paid €1.2bn for it.", "€1.2bn", "1200000000", "EUR"),
            ("a stake worth £1.05 billion", "£1.05 billion", "1050000000", "GBP"),
            ("a Rs 35,000 crore programme", "Rs 35,000 crore", "350000000000", "INR"),
            ("a Rs. 450 ticket", "Rs. 450", "450", "INR"),
            ("a package of ₹2 lakh crore", "₹2 lakh crore", "2000000000000", "INR"),
            ("He was fined ₹1,50,000.", "₹1,50,000", "150000", "INR"),
            ("It cost 5.43 billion dollars.", "5.43 billion dollars", "5430000000", "USD"),
            ("sold for A$2.3 million", "A$2.3 million", "2300000", "AUD"),
            ("an AU$52.5 million package", "AU$52.5 million", "52500000", "AUD"),
            ("grants of C$1m each", "C$1m", "1000000", "CAD"),
            ("The tax raises $US500 million.", "$US500 million", "500000000", "USD"),
            ("8.5 trillion pesos, Buenos Aires said", "8.5 trillion pesos", "8500000000000", "ARS"),
            ("Rs 40 a litre, Karachi said", "Rs 40", "40", "PKR"),
            ("raised HK$7.8bn in Hong Kong", "HK$7.8bn", "7800000000", "HKD"),
            ("NZ$900,000 in damages", "NZ$900,000", "900000", "NZD"),
            ("S$3.2 million in fees", "S$3.2 million", "3200000", "SGD"),
            ("R$ 4.5 billion of bonds", "R$ 4.5 billion", "4500000000", "BRL"),
            ("a budget of 700 billion rubles", "700 billion rubles", "700000000000", "RUB"),
            ("lent 2.5 million Swiss francs", "2.5 million Swiss francs", "2500000", "CHF"),
            ("a loan of 30 million yen", "30 million yen", "30000000", "JPY"),
            ("a ¥120 billion plant", "¥120 billion", "120000000000", "JPY"),
            ("GBP 20m was set aside", "GBP 20m", "20000000", "GBP"),
            ("it raised EUR 15 million", "EUR 15 million", "15000000", "EUR"),
            ("a bond of USD500m", "USD500m", "500000000", "USD"),
            ("20 million USD in aid", "20 million USD", "20000000", "USD"),
            ("The player costs $249 USD now.", "$249 USD", "249", "USD"),
            ("priced at $9.99 US dollars", "$9.99 US dollars", "9.99", "USD"),
            ("a loss of $5.9 billion dollars", "$5.9 billion dollars", "5900000000", "USD"),
            ("40 million Canadian dollars", "40 million Canadian dollars", "40000000", "CAD"),
            ("300 million Hong Kong dollars", "300 million Hong Kong dollars", "300000000", "HKD"),
            ("a Canadian $5 million fund", "Canadian $5 million", "5000000", "CAD"),
            ("Each paid 26 cents.", "26 cents", "0.26", "USD"),
            ("a loss of 12 cents per share", "12 cents", "0.12", "USD"),
            ("fifteen cents a share", "fifteen cents", "0.15", "USD"),
            ("The levy is 50p on each bag.", "50p", "0.5", "GBP"),
            ("It rose by 99 pence.", "99 pence", "0.99", "GBP"),
            ("a ten-million-euro grant", "ten-million-euro", "10000000", "EUR"),
            ("a $3-billion pipeline", "$3-billion", "3000000000", "USD"),
            ("a 5-million-dollar house", "5-million-dollar", "5000000", "USD"),
            ("half a million pounds", "half a million pounds", "500000", "GBP"),
            ("five hundred euros", "five hundred euros", "500", "EUR"),
            ("a million dollars", "a million dollars", "1000000", "USD"),
            ("fined one hundred and fifty dollars", "one hundred and fifty dollars", "150", "USD"),
            ("R20m was stolen in Durban", "R20m", "20000000", "ZAR"),
            ("a RM1.5 billion stake", "RM1.5 billion", "1500000000", "MYR"),
            ("₦30,000 a month", "₦30,000", "30000", "NGN"),
            ("12 million Egyptian pounds", "12 million Egyptian pounds", "12000000", "EGP"),
            ("9.9 billion yuan (for jets)", "9.9 billion yuan", "9900000000", "CNY"),
            ("RMB 6 billion in loans", "RMB 6 billion", "6000000000", "CNY"),
            ("4.2 trillion won of exports", "4.2 trillion won", "4200000000000", "KRW"),
            ("150 million Danish kroner", "150 million Danish kroner", "150000000", "DKK"),
            ("Pakistan will get 90 billion rupees", "90 billion rupees", "90000000000", "PKR"),
            ("25 billion Pakistani rupees", "25 billion Pakistani rupees", "25000000000", "PKR"),
            ("donated $1.5M to charity", "$1.5M", "1500000", "USD"),
            ("a salary of $120K", "$120K", "120000", "USD"),
            ("a price of € 3,50 a litre", "€ 3,50", "3.5", "EUR"),
            ("a price tag of £4,999.99", "£4,999.99", "4999.99", "GBP"),
            ("cost 2½ billion euros", "2½ billion euros", "2500000000", "EUR"),
            ("a bill of 1.200.000 euros", "1.200.000 euros", "1200000", "EUR"),
            ("two and a half million euros", "two and a half million euros", "2500000", "EUR"),
            (
                "spent 1.5 thousand million pesetas",
                "1.5 thousand million pesetas",
                "1500000000",
                "ESP",
            ),
            ("paid 80,000 zlotys", "80,000 zlotys", "80000", "PLN"),
            ("a £3m-a-year contract", "£3m", "3000000", "GBP"),
            ("It is R12 a litre.", "R12", "12", "ZAR"),
            ("A bag costs K350 per bag.", "K350", "350", "ZMW"),
            ("Uganda borrowed Shs 2.1 trillion.", "Shs 2.1 trillion", "2100000000000", "UGX"),
            ("Kenya borrowed Sh2 billion.", "Sh2 billion", "2000000000", "KES"),
            ("The club paid GH¢12 million.", "GH¢12 million", "12000000", "GHS"),
            ("Tk1,200 crore was approved.", "Tk1,200 crore", "12000000000", "BDT"),
            ("a KSh1.2 billion plan", "KSh1.2 billion", "1200000000", "KES"),
            ("a Rp 15.6 trillion levy", "Rp 15.6 trillion", "15600000000000", "IDR"),
            ("raised Rs. 2,500 cr", "Rs. 2,500 cr", "25000000000", "INR"),
            ("a Rs 2-lakh bribe", "Rs 2-lakh", "200000", "INR"),
            ("Can$500 million in aid", "Can$500 million", "500000000", "CAD"),
            ("a deficit of -$4 billion", "-$4 billion", "-4000000000", "USD"),
        ],
    )
    def test_every_printed_form_gives_value_and_currency(self, text, words, value, unit):
        amount = only(text)

        assert (amount.text, amount.value, amount.unit) == (words, value, unit)
        assert amount.kind is MONEY

    def test_a_name_that_countries_share_takes_the_country_named_before(self):
        text = "The Philippine government spent 20 million pesos."

        assert only(text).unit == "PHP"

    @pytest.mark.parametrize(
        ("text", "amounts"),
        [
            (
                "The price has risen from N197 to N617 per litre.",
                [("N197", "197", "NGN"), ("N617", "617", "NGN")],
            ),
            ("Prices rose from $3 to $4.", [("$3", "3", "USD"), ("$4", "4", "USD")]),
        ],
    )
    def test_a_change_is_two_amounts_and_no_range(self, text, amounts):
        assert read(text) == amounts

    @pytest.mark.parametrize(
        "text", ["An N95 mask was worn.", "The R4 was fired.", "The K2 was sold.", "The P5 met."]
    )
    def test_a_letter_before_a_small_number_is_no_money(self, text):
        assert read(text) == []

    def test_a_bare_number_of_billions_takes_the_currency_before_it(self):
        text = "Sales rose to $3.2 billion from 2.9 billion a year earlier."

        assert read(text) == [
            ("$3.2 billion", "3200000000", "USD"),
            ("2.9 billion", "2900000000", "USD"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "He weighs 236 pounds.",
            "It carried 500 pounds of explosives.",
            "She lost 40 pounds in a year.",
        ],
    )
    def test_pounds_that_weigh_are_no_money(self, text):
        amount = only(text)

        assert (amount.kind, amount.unit) == (MEASURE, "pound")


class TestPercents:
    @pytest.mark.parametrize(
        ("text", "words", "value", "unit"),
        [
            ("It fell to 3.7 percent.", "3.7 percent", "3.7", "percent"),
            ("up from 4.1 per cent", "4.1 per cent", "4.1", "percent"),
            ("a 49% stake", "49%", "49", "percent"),
            ("growth of 5 %", "5 %", "5", "percent"),
            ("a 20-percent cut", "20-percent", "20", "percent"),
            ("shares fell 7pc", "7pc", "7", "percent"),
            ("rose 8 pct on the year", "8 pct", "8", "percent"),
            ("Twelve percent agreed.", "Twelve percent", "12", "percent"),
            ("twenty-five per cent of them", "twenty-five per cent", "25", "percent"),
            ("by 0.2 percentage points", "0.2 percentage points", "0.2", "percentage point"),
            ("a two-percentage-point rise", "two-percentage-point", "2", "percentage point"),
            ("raised rates by 25 basis points", "25 basis points", "25", "basis point"),
            ("half a percentage point less", "half a percentage point", "0.5", "percentage point"),
            ("half a percent", "half a percent", "0.5", "percent"),
            ("5½ percent interest", "5½ percent", "5.5", "percent"),
            ("output shrank by −0.4%", "−0.4%", "-0.4", "percent"),
            ("grew 3,5 percent", "3,5 percent", "3.5", "percent"),
            ("a third of the voters", "a third", "33.333333", "percent"),
            ("two-thirds of households", "two-thirds", "66.666667", "percent"),
            ("A quarter of them left.", "A quarter", "25", "percent"),
            ("half of the fleet", "half", "50", "percent"),
            ("three quarters of the seats", "three quarters", "75", "percent"),
            ("One in five children goes hungry.", "One in five", "20", "percent"),
            ("Two in three pupils passed.", "Two in three", "66.666667", "percent"),
            ("six out of ten voters", "six out of ten", "60", "percent"),
            ("nine out of every 10 doctors", "nine out of every 10", "90", "percent"),
            ("between a fifth and a third of them", "a fifth and a third", "20", "percent"),
            ("a quarter to a third of voters", "a quarter to a third", "25", "percent"),
        ],
    )
    def test_every_printed_form_gives_value_and_unit(self, text, words, value, unit):
        amount = only(text)

        assert (amount.text, amount.value, amount.unit) == (words, value, unit)
        assert amount.kind is PERCENT

    def test_a_percent_said_once_holds_for_both_numbers(self):
        assert read("They hold 49 and 51 percent.") == [
            ("49", "49", "percent"),
            ("51 percent", "51", "percent"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "The budget was cut by a third.",
            "It happened in the first half of the year.",
            "The third quarter of the year was weak.",
            "It concerns a third country.",
            "It does the work in half the time.",
        ],
    )
    def test_a_fraction_of_nothing_named_is_no_amount(self, text):
        assert read(text) == []


class TestVotes:
    @pytest.mark.parametrize(
        "text", ["passed by 217 votes to 213", "voted 217 to 213", "a vote of 217 to 213"]
    )
    def test_both_sides_of_a_vote_are_counts(self, text):
        assert [(value, unit) for _, value, unit in read(text)] == [
            ("217", "votes"),
            ("213", "votes"),
        ]

    def test_a_number_against_counts_votes_like_the_one_in_favour(self):
        found = read("It passed with 217 votes in favour and 213 against.")

        assert [(value, unit) for _, value, unit in found] == [("217", "votes"), ("213", "votes")]


class TestMeasures:
    @pytest.mark.parametrize(
        ("text", "words", "value", "unit"),
        [
            ("a range of 400 kilometres", "400 kilometres", "400", "kilometre"),
            ("4,800 metres per second", "4,800 metres per second", "4800", "metre per second"),
            ("at 120 km/h on the road", "120 km/h", "120", "kilometre per hour"),
            ("a 400-kilometre range", "400-kilometre", "400", "kilometre"),
            ("winds of 90 mph", "90 mph", "90", "mile per hour"),
            ("30 miles per hour", "30 miles per hour", "30", "mile per hour"),
            ("12.5 kg of cocaine", "12.5 kg", "12.5", "kilogram"),
            ("5 tonnes of aid", "5 tonnes", "5", "tonne"),
            ("3 million metric tons of wheat", "3 million metric tons", "3000000", "tonne"),
            ("burnt 2,000 hectares", "2,000 hectares", "2000", "hectare"),
            ("a 300 MW plant", "300 MW", "300", "megawatt"),
            ("1.2 gigawatts of wind", "1.2 gigawatts", "1.2", "gigawatt"),
            ("2 million barrels per day", "2 million barrels per day", "2000000", "barrel per day"),
            ("2 million barrels a day", "2 million barrels a day", "2000000", "barrel per day"),
            (
                "a million barrels of oil per day",
                "a million barrels of oil per day",
                "1000000",
                "barrel per day",
            ),
            ("9.7 million bpd", "9.7 million bpd", "9700000", "barrel per day"),
            ("45 square miles of forest", "45 square miles", "45", "square mile"),
            ("600 sq km of sea", "600 sq km", "600", "square kilometre"),
            ("80 km² of land", "80 km²", "80", "square kilometre"),
            ("50 billion cubic metres", "50 billion cubic metres", "50000000000", "cubic metre"),
            ("at 30,000 feet", "30,000 feet", "30000", "foot"),
            ("a 3.5-inch screen", "3.5-inch", "3.5", "inch"),
            ("a 5G phone with 256 GB", "256 GB", "256", "gigabyte"),
            ("minus 20 degrees Celsius", "minus 20 degrees Celsius", "-20", "degree Celsius"),
            ("warming of 1.5°C", "1.5°C", "1.5", "degree Celsius"),
            ("9,420 nautical miles", "9,420 nautical miles", "9420", "nautical mile"),
            ("a mast 100m high", "100m", "100", "metre"),
            ("two million litres", "two million litres", "2000000", "litre"),
            ("half a mile from home", "half a mile", "0.5", "mile"),
            ("200 grams per kilometre", "200 grams per kilometre", "200", "gram per kilometre"),
            ("4m waves hit the coast", "4m", "4", "metre"),
            ("The temperature peaked at 38C", "38C", "38", "degree Celsius"),
            ("It was 90F, the hottest day", "90F", "90", "degree Fahrenheit"),
            ("sold 200,000 troy ounces", "200,000 troy ounces", "200000", "troy ounce"),
            ("carrying 12,000 pounds of steel", "12,000 pounds", "12000", "pound"),
            ("which weighs 5.3 million pounds", "5.3 million pounds", "5300000", "pound"),
        ],
    )
    def test_every_printed_form_gives_value_and_unit(self, text, words, value, unit):
        amount = only(text)

        assert (amount.text, amount.value, amount.unit) == (words, value, unit)
        assert amount.kind is MEASURE

    def test_pounds_of_what_is_not_weighed_are_money(self):
        assert read("It did 2 million pounds of damage.") == [
            ("2 million pounds", "2000000", "GBP")
        ]

    def test_a_letter_after_a_number_is_no_degree_where_nothing_is_hot_or_cold(self):
        assert read("He sat in seat 38C of the aircraft.") == []


class TestCounts:
    @pytest.mark.parametrize(
        ("text", "words", "value", "unit"),
        [
            ("for five S-400 systems had become", "five S-400 systems", "5", "S-400 systems"),
            ("ordered 36 Rafale jets in May", "36 Rafale jets", "36", "Rafale jets"),
            ("India ordered 36 Rafale.", "36 Rafale", "36", "Rafale"),
            ("two million people fled", "two million people", "2000000", "people"),
            ("5m people were told", "5m people", "5000000", "people"),
            ("supply 14 aerial tankers", "14 aerial tankers", "14", "aerial tankers"),
            ("a dozen people", "a dozen people", "12", "people"),
            ("half a dozen ships", "half a dozen ships", "6", "ships"),
            ("two dozen officers", "two dozen officers", "24", "officers"),
            ("half a million refugees", "half a million refugees", "500000", "refugees"),
            ("1,200 sales managers left", "1,200 sales managers", "1200", "sales managers"),
            ("twenty-five thousand troops", "twenty-five thousand troops", "25000", "troops"),
            ("3 lakh farmers", "3 lakh farmers", "300000", "farmers"),
            ("12,34,567 voters", "12,34,567 voters", "1234567", "voters"),
            ("18 more 777s", "18 more 777s", "18", "777s"),
            ("five Boeing 737s were grounded", "five Boeing 737s", "5", "Boeing 737s"),
            ("cut 30,000 jobs", "30,000 jobs", "30000", "jobs"),
            ("three soldiers were wounded", "three soldiers", "3", "soldiers"),
            ("a 12-member panel", "12-member", "12", "member"),
            ("ten of its plants closed", "ten of its plants", "10", "plants"),
            ("Three were killed there.", "Three", "3", ""),
            ("The blast killed 21 and shook the town.", "21", "21", ""),
            ("1 200 000 voters", "1 200 000 voters", "1200000", "voters"),
            ("a hundred and five boats", "a hundred and five boats", "105", "boats"),
            ("it fell 120 points", "120 points", "120", "points"),
            ("58 Fortune 500 companies", "58 Fortune 500 companies", "58", "Fortune 500 companies"),
            ("hired 1500 people", "1500 people", "1500", "people"),
            ("GM Cuts 30 Jobs", "30 Jobs", "30", "Jobs"),
            (
                "four plain-clothes officers",
                "four plain-clothes officers",
                "4",
                "plain-clothes officers",
            ),
        ],
    )
    def test_a_count_carries_the_noun_it_counts(self, text, words, value, unit):
        amount = only(text)

        assert (amount.text, amount.value, amount.unit) == (words, value, unit)
        assert amount.kind is COUNT

    def test_counts_joined_by_and_share_their_noun(self):
        assert read("They killed 102 and 21 people.") == [
            ("102", "102", "people"),
            ("21 people", "21", "people"),
        ]

    def test_parts_of_a_count_are_counts(self):
        assert read("It ordered 470 jets: 250 from Airbus and 220 from Boeing.") == [
            ("470 jets", "470", "jets"),
            ("250", "250", ""),
            ("220", "220", ""),
        ]

    def test_a_part_counts_what_the_whole_counts(self):
        assert read("It freed 15 of 20 hostages.") == [
            ("15", "15", "hostages"),
            ("20 hostages", "20", "hostages"),
        ]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("One soldier was killed.", "One soldier"),
            ("One police officer died.", "One police officer"),
            ("It crashed, killing one person.", "one person"),
            ("At least one ship sank.", "one ship"),
        ],
    )
    def test_one_is_a_count_of_casualties_and_under_a_bound(self, text, words):
        assert (only(text).text, only(text).value) == (words, "1")

    def test_one_is_otherwise_an_article(self):
        assert read("One man said that one party had asked for it.") == []


class TestBounds:
    @pytest.mark.parametrize(
        ("text", "value", "lower", "upper"),
        [
            ("more than $5 billion", "5000000000", "5000000000", None),
            ("at least 1,200 were killed", "1200", "1200", None),
            ("over a million people", "1000000", "1000000", None),
            ("no fewer than 40 states", "40", "40", None),
            ("290+ seats", "290", "290", None),
            ("$200 or more", "200", "200", None),
            ("fined up to €10,000", "10000", None, "10000"),
            ("it did not exceed €10,000", "10000", None, "10000"),
            ("handed over 39 carvings", "39", None, None),
            ("for over 39 carvings", "39", "39", None),
            ("less than 2 percent", "2", None, "2"),
            ("as many as 300 homes", "300", None, "300"),
            ("no more than five ships", "5", None, "5"),
            ("fewer than four candidates", "4", None, "4"),
            ("$100,000 or less", "100000", None, "100000"),
            ("nearly 200 kilometres", "200", "180", "200"),
            ("almost half of the voters", "50", "45", "50"),
            ("about £1.05 billion", "1050000000", "945000000", "1155000000"),
            ("some 400 guests", "400", "360", "440"),
            ("an estimated $10 trillion", "10000000000000", "9000000000000", "11000000000000"),
            ("about 12 people", "12", "10", "14"),
            ("exactly 12 people", "12", None, None),
        ],
    )
    def test_the_words_around_set_the_limits(self, text, value, lower, upper):
        amount = only(text)

        assert (amount.value, amount.lower, amount.upper) == (value, lower, upper)

    def test_the_bounding_words_stand_outside_the_span(self):
        assert only("More than two million people fled.").text == "two million people"


class TestRanges:
    @pytest.mark.parametrize(
        ("text", "words", "lower", "upper", "unit"),
        [
            ("raise $3-4 billion", "$3-4 billion", "3000000000", "4000000000", "USD"),
            ("raise $3–$4 billion", "$3–$4 billion", "3000000000", "4000000000", "USD"),
            (
                "between 3 and 5 million euros",
                "3 and 5 million euros",
                "3000000",
                "5000000",
                "EUR",
            ),
            ("10 to 15 percent of it", "10 to 15 percent", "10", "15", "percent"),
            ("15-20% are required", "15-20%", "15", "20", "percent"),
            ("5% to 7% of sales", "5% to 7%", "5", "7", "percent"),
            (
                "between $12 million and $20 million",
                "$12 million and $20 million",
                "12000000",
                "20000000",
                "USD",
            ),
            (
                "losses of between three and seven percent",
                "three and seven percent",
                "3",
                "7",
                "percent",
            ),
            ("200-250 seats", "200-250 seats", "200", "250", "seats"),
            ("two or three ships", "two or three ships", "2", "3", "ships"),
            ("5 to 10 km away", "5 to 10 km", "5", "10", "kilometre"),
            (
                "ranging from 5 percent to 25 percent",
                "5 percent to 25 percent",
                "5",
                "25",
                "percent",
            ),
            (
                "25,000 to 30,000 positions",
                "25,000 to 30,000 positions",
                "25000",
                "30000",
                "positions",
            ),
            (
                "$900 million to $1.2 billion",
                "$900 million to $1.2 billion",
                "900000000",
                "1200000000",
                "USD",
            ),
            (
                "between two hundred and three hundred people",
                "two hundred and three hundred people",
                "200",
                "300",
                "people",
            ),
        ],
    )
    def test_both_ends_make_one_amount(self, text, words, lower, upper, unit):
        amount = only(text)

        assert (amount.text, amount.lower, amount.upper, amount.unit) == (words, lower, upper, unit)
        assert amount.value == lower

    def test_by_so_much_to_so_much_is_two_amounts(self):
        assert read("Oil fell $1.43 to $78.20 a barrel.") == [
            ("$1.43", "1.43", "USD"),
            ("$78.20", "78.2", "USD"),
        ]

    def test_a_change_is_two_amounts(self):
        assert read("It rose from 3 to 5 percent.") == [
            ("3", "3", "percent"),
            ("5 percent", "5", "percent"),
        ]


class TestTraps:
    @pytest.mark.parametrize(
        "text",
        [
            "Under section 231 of the act, sanctions follow.",
            "The S-400 and T-90 deals of 2018 went ahead.",
            "Licensed production of SU 30 aircraft and T30 tanks continues.",
            "A Boeing 737 landed in Delhi.",
            "Flight 370 vanished.",
            "the 21st summit, the 5th round and the 3rd time",
            "On December 6, 2021 they met again.",
            "On 6 December they met again at 10:30.",
            "It began at 8 pm and ended at 11.30 p.m.",
            "the lowest since 1969",
            "In the 1990s and in 2015-16 it grew.",
            "the 2016 US presidential elections",
            "They won 2-1 after a 3-3 draw.",
            "She beat her 6-4, 6-3 in the final.",
            "a 5-4 decision of the court",
            "Barra, 51, will lead the firm.",
            "a 45-year-old man aged 45",
            "men aged 18 to 24",
            "Call 555-0143 or +44 20 7946 0958 or 1-800-555-0199.",
            "No. 1 seed, Article 5, Chapter 11, page 12",
            "Articles 3 and 4 of the treaty",
            "1. Preheat the oven. \n2. Wait.",
            "The 9/11 attacks and the 24/7 news cycle",
            "COVID-19, G20, MP3 and 4x4",
            "iPhone 4 owners complained about iOS 4.1.",
            "version 10.4.11 of the software",
            "for three years and six straight days",
            "over the last 18 months",
            "a 27-year contract",
            "four times faster and twice as large",
            "One of the men, one another and one day",
            "the two countries agreed",
            "a two-way street with a five-star hotel",
            "The S&P 500 and the Nikkei 225 closed lower.",
            "at 10 Downing Street",
            "nine of ten doctors and eight of 10 nurses",
            "two in three years and four in 10 matches",
            "one in ten million",
            "Chapter 1 in 3 parts",
            "He earned six figures and a seven-figure bonus",
            "Hundreds of people and billions of dollars",
            "several million people and multi-million deals",
            "The Big Three and the Group of Seven",
            "born on 12/05/1980, died 2021-12-14",
            "a ratio of 3:1",
            "Read https://example.org/2021/12/500-people for more.",
            "women over 30 and children under 5",
            "the top 10 list of 2020",
            "Psalm 23, verse 4",
            "the 1080p video",
            "in note [12] and (3)",
            "the 50s and 60s",
            "Resolution 1973 of 2011",
            "World War Two",
            "Catch-22",
            "the 100m final and M25 motorway",
            "AK-47 rifles and F-16s",
            "on June 3rd and May 5-7",
            "",
        ],
    )
    def test_what_only_looks_like_an_amount_is_none(self, text):
        assert read(text) == []

    def test_a_trap_beside_an_amount_hides_nothing(self):
        text = "Under section 231, the S-400 deals of 2018 cost A$2.3 million and C$1m."

        assert read(text) == [("A$2.3 million", "2300000", "AUD"), ("C$1m", "1000000", "CAD")]

    def test_a_bare_number_inside_a_time_is_no_amount(self):
        text = "It lasted 2,000 moons."

        assert find_amounts(text, taken=[Span(10, 21)]) == ()
        assert len(find_amounts(text)) == 1

    def test_money_stays_money_inside_a_time(self):
        text = "in the $40 quarter"

        assert len(find_amounts(text, taken=[Span(0, 18)])) == 1


PRINTED = st.sampled_from(
    [
        *("$", "€", "£", "Rs", "US$", "5", "12", "1,200", "3.5", "2018", "1/2", "½", "million"),
        *("billion", "bn", "m", "k", "crore", "percent", "%", "per", "cent", "two", "twenty"),
        *("five", "hundred", "and", "a", "half", "of", "the", "third", "to", "-", "–", "between"),
        *("more", "than", "about", "at", "least", "people", "S-400", "systems", "km", "square"),
        *("metres", "second", "dollars", "pence", "pounds", ",", ".", "(", ")", ":", "/", "\n"),
        *("minus", "+", "or", "-year-old"),
    ]
)
ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(PRINTED, max_size=40).map(" ".join),
    st.lists(PRINTED, max_size=40).map("".join),
)


class TestAnyText:
    @settings(max_examples=300, deadline=None)
    @given(ANY_TEXT)
    def test_spans_hold_the_words_in_order_without_overlap(self, text):
        amounts = find_amounts(text)

        assert all(text[amount.start : amount.end] == amount.text != "" for amount in amounts)
        assert all(left.end <= right.start for left, right in pairwise(amounts))

    @settings(max_examples=200, deadline=None)
    @given(ANY_TEXT)
    def test_values_are_plain_decimals_and_limits_in_order(self, text):
        for amount in find_amounts(text):
            printed = [value for value in (amount.lower, amount.value, amount.upper) if value]

            assert all("E" not in value for value in printed)
            assert printed == sorted(printed, key=Decimal)

    @settings(max_examples=100, deadline=None)
    @given(ANY_TEXT)
    def test_the_same_text_gives_the_same_amounts(self, text):
        assert find_amounts(text) == find_amounts(text)

    @pytest.mark.parametrize(
        "fragment",
        [
            "1",
            "1 ",
            "1-",
            "1,",
            "$",
            "$1 ",
            "a hundred ",
            "hundred and ",
            "half a ",
            "5 m ",
            "a " * 9,
            "5 New ",
            "5 to ",
            "between 5 and ",
            "(1",
            "-",
            "+1 ",
            "1/",
            "more than ",
            "1 S-4 ",
            "٣ ",
        ],
    )
    def test_a_fragment_said_over_and_over_is_read_through(self, fragment):
        text = fragment * 2000

        assert all(text[amount.start : amount.end] == amount.text for amount in find_amounts(text))


class TestSharedNames:
    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("The plant cost 300 million shillings.", "KES"),
            (f"Uganda built it. {'It was slow. ' * 30}It cost 3 million shillings.", "UGX"),
            ("Egypt sold the port for 3 million pounds.", "EGP"),
            ("Egypt and Britain sold the port for 3 million pounds.", "GBP"),
        ],
    )  # fmt: skip
    def test_a_shared_name_takes_the_one_country_spoken_of(self, text, unit):
        amount = find_amounts(text)[-1]

        assert (amount.kind, amount.unit) == (MONEY, unit)

    def test_a_few_old_coins_are_no_money(self):
        assert find_amounts("He paid 20 shillings.")[0].kind is COUNT


class TestRun:
    @needs_shared
    def test_the_gold_quantities_are_all_found(self):
        result = bench.run(bench.SHARED)

        assert result["f1"] == 1
        assert json.dumps(result)
