"""The tree of origins as a drawing: everything drawn once, upstream to the right, loops cut."""

from hypothesis import given
from hypothesis import strategies as st

from web.presenting.graph import HEIGHT, WIDTH, draw, lineage_tree


def node(key, *upstream, role="repeat", **given):
    steps = [{"id": up, "kind": "quotes", "basis": "confirmed", "counted": True} for up in upstream]
    return {"id": key, "label": key.upper(), "role": role, "upstream": steps, **given}


def boxes(tree):
    return {box.full.lower(): box for box in draw(tree).boxes}


class TestDraw:
    def test_what_it_came_from_stands_to_the_right_of_all_who_have_it(self):
        tree = [node("a", "wire"), node("b", "a", "wire"), node("wire", role="origin")]

        found = boxes(tree)

        assert found["b"].x < found["a"].x < found["wire"].x

    def test_a_loop_is_drawn_with_both_its_lines(self):
        drawing = draw([node("a", "b", role="loop"), node("b", "a", role="loop")])

        assert (len(drawing.boxes), len(drawing.lines)) == (2, 2)

    def test_sources_that_got_it_from_nobody_make_no_picture(self):
        assert draw([node("a"), node("b")]) is None
        assert draw([node("a", "a")]) is None

    def test_sources_that_hang_together_stand_together(self):
        tree = [node("a", "x"), node("b", "y"), node("alone"), node("x"), node("y")]

        found = boxes(tree)

        assert found["a"].y == found["x"].y
        assert found["b"].y == found["y"].y
        assert found["alone"].y > max(found["a"].y, found["b"].y)

    def test_a_long_name_is_cut_and_kept_whole_beside(self):
        name = "the very long name of a newspaper somewhere"

        (box, _) = draw([node(name, "b"), node("b")]).boxes

        assert box.label.endswith("…")
        assert box.full == name.upper()

    @given(st.lists(st.lists(st.integers(0, 11), max_size=4), min_size=2, max_size=12))
    def test_no_two_boxes_lie_on_each_other_and_all_fit(self, steps):
        tree = [node(str(i), *(str(u) for u in ups)) for i, ups in enumerate(steps)]

        drawing = draw(tree)

        if drawing is None:
            assert not any(str(u) in {n["id"] for n in tree} for ups in steps for u in ups)
            return
        places = [(box.x, box.y) for box in drawing.boxes]
        assert len(places) == len(set(places)) == len(tree)
        assert all(x + WIDTH <= drawing.width for x, _ in places)
        assert all(y + HEIGHT <= drawing.height for _, y in places)


class TestLineageTree:
    def test_both_directions_are_drawn_from_a_source_and_what_was_rejected_is_not(self):
        def step(child, parent, basis="declared"):
            return {"child_id": child, "parent_id": parent, "kind": "cites", "basis": basis}

        def source(key):
            return {"id": key, "publisher": key.upper(), "title": None, "author": None}

        lineage = {
            "source": source("b"),
            "sources": [source(key) for key in "abcd"],
            "upstream": [step("b", "a"), step("b", "d", "rejected")],
            "downstream": [step("c", "b", "detected")],
        }

        drawing = draw(lineage_tree(lineage))

        assert [box.full for box in drawing.boxes if box.note == "this source"] == ["B"]
        assert sorted(line.is_counted for line in drawing.lines) == [False, True]
