"""Named things: their types, the name that mentions share, and the roles of people."""

import pytest

from claims.extraction.engine import load_engine
from claims.extraction.entities import find_entities, named_alike


def read(text):
    """Return the named things of a text: as printed, shared name, type."""
    found = named_alike(find_entities(load_engine()(text)), text)
    return [(text[e.start : e.end], e.name, str(e.type)) for e in found]


def roles(text):
    found = named_alike(find_entities(load_engine()(text)), text)
    return {e.name: e.role for e in found if e.type == "person"}


class TestNamedAlike:
    @pytest.mark.parametrize(
        ("text", "short", "name", "kind"),
        [
            (
                "The Clean Water Act (CWA) passed in 1972. The CWA was amended.",
                "CWA",
                "Clean Water Act",
                "law",
            ),
            (
                "Under the General Data Protection Regulation (GDPR), firms pay. The GDPR is old.",
                "GDPR",
                "General Data Protection Regulation",
                "law",
            ),
            (
                "The Office of Foreign Assets Control (OFAC) met. OFAC listed 61 firms.",
                "OFAC",
                "Office of Foreign Assets Control",
                "org",
            ),
            (
                "The World Health Organization's (WHO) target is 75 percent. The WHO met.",
                "WHO",
                "World Health Organization",
                "org",
            ),
            ("The EU's top court met on Tuesday.", "EU", "European Union", "org"),
            ("The U.S. imposed tariffs on steel.", "U.S.", "United States", "place"),
            (
                "Finance Minister Maria Soto left. Soto said taxes would fall.",
                "Soto",
                "Maria Soto",
                "person",
            ),
            (
                "Marlow Rovers lost on Friday. Rovers were fined by the league.",
                "Rovers",
                "Marlow Rovers",
                "org",
            ),
            (
                "Typhoon Amihan hit the coast. Amihan killed ten people in Quezon province.",
                "Amihan",
                "Typhoon Amihan",
                "event",
            ),
        ],
    )
    def test_short_forms_share_the_long_name(self, text, short, name, kind):
        assert (short, name, kind) in read(text)

    def test_of_two_people_with_one_surname_the_last_named_is_meant(self):
        text = "John Marsh left the house. Marsh slept. Anna Marsh came home. Marsh ate."

        shared = [name for printed, name, _ in read(text) if printed == "Marsh"]

        assert shared == ["John Marsh", "Anna Marsh"]


class TestTypes:
    @pytest.mark.parametrize(
        ("text", "name", "kind"),
        [
            ("Hackers attacked the laboratory chain Klinicor on Monday.", "Klinicor", "org"),
            ("Agency spokesman Tunde Bakare declined to comment.", "Tunde Bakare", "person"),
            ("Poland bought 48 FA-50 jets and T-72 tanks.", "FA-50", "product"),
            ("Poland bought 48 FA-50 jets and T-72 tanks.", "T-72", "product"),
            ("Police in Lyon arrested a man on Sunday.", "Lyon", "place"),
            ("The plane burned at Kitaura airport on Tuesday.", "Kitaura", "place"),
            ("She spoke at the 21st India-Russia summit.", "21st India-Russia summit", "event"),
            ("The space institute INPA said so on Thursday.", "INPA", "org"),
        ],
    )
    def test_words_beside_a_name_tell_its_type(self, text, name, kind):
        assert (name, name, kind) in read(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Turnout rose to 76.6 percent in May.",
            "The price rose from N197 to N617 per litre.",
            "It burned diesel worth R4.2bn.",
            "Covid-19 delayed the project.",
            "The team was bowled out for 210 after tea.",
        ],
    )
    def test_look_alikes_are_no_names(self, text):
        assert read(text) == []

    def test_the_capital_that_opens_a_sentence_is_no_part_of_a_law(self):
        text = "Under the Foreign Narcotics Kingpin Act, they are barred."

        assert read(text) == [("Foreign Narcotics Kingpin Act",) * 2 + ("law",)]


class TestRoles:
    @pytest.mark.parametrize(
        ("text", "name", "role"),
        [
            (
                "Defence Minister Marek Zielinski left Warsaw.",
                "Marek Zielinski",
                "Defence Minister",
            ),
            (
                "Philippe Morel, head of the CGTF union, called for strikes.",
                "Philippe Morel",
                "head of the CGTF union",
            ),
            ("The premier, Michelle Tran, announced a fund.", "Michelle Tran", "premier"),
            (
                "Country Fire Service chief officer Brad Nolan left.",
                "Brad Nolan",
                "Country Fire Service chief officer",
            ),
            ("Jane Dole won the race on Sunday.", "Jane Dole", None),
        ],
    )
    def test_a_person_has_the_role_that_is_printed(self, text, name, role):
        assert roles(text)[name] == role

    def test_every_mention_has_the_role(self):
        text = "Health Minister Jana Novak left. Novak returned on Friday."

        found = named_alike(find_entities(load_engine()(text)), text)

        assert [e.role for e in found if e.name == "Jana Novak"] == ["Health Minister"] * 2


class TestNamesInNews:
    @pytest.mark.parametrize(
        ("text", "name", "kind"),
        [
            ("Protesters blocked roads in Peru's northern Cajamarca region.", "Cajamarca", "place"),
            ("France sent firefighters from its island of Reunion.", "Reunion", "place"),
            ("Jean Holroyd, 71, from Halifax, called for an inquiry.", "Halifax", "place"),
            ("The MV Aurelia was leased by a bank.", "MV Aurelia", "product"),
            ("The device, called Corvane, was approved in 2015.", "Corvane", "product"),
            ("A study in The Lancet found no effect.", "The Lancet", "org"),
            ("It will form a coalition with the Social Democrats.", "Social Democrats", "org"),
            ("Peru's Ministry of Energy met the miners.", "Ministry of Energy", "org"),
        ],
    )
    def test_the_words_around_a_name_tell_its_type(self, text, name, kind):
        assert (name, kind) in [(shared, found) for _, shared, found in read(text)]

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            (
                "The Medicines and Healthcare products Regulatory Agency (MHRA) warned doctors.",
                "Medicines and Healthcare products Regulatory Agency",
            ),
            (
                "The Committee on Foreign Investment in the United States (CFIUS) objected.",
                "Committee on Foreign Investment in the United States",
            ),
            ("The Department for Transport (DfT) agreed.", "Department for Transport"),
            ("The U.S. Anti-Doping Agency (USADA) agreed.", "U.S. Anti-Doping Agency"),
        ],
    )
    def test_a_name_is_as_long_as_its_abbreviation_says(self, text, name):
        assert {shared for _, shared, _ in read(text)} == {name}

    def test_a_people_alone_is_no_name(self):
        assert read("Ugandan police held two Ugandans.") == []
