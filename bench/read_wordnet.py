"""
Write the table of antonyms from the files of Princeton WordNet.

    python -m bench.read_wordnet DICT

DICT is the folder with `data.verb`, `index.sense` and the rest. A line of the table is a pair of
WordNet's antonyms, each with the words that share its sense, the adjectives around it, and the
verbs for doing it in some way ("berate" beside "criticise"); kept are single words in a sense that
is not rare, and of nouns only those for acts, states and qualities: a brother and a sister do not
exclude each other.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "claims/conflicts/antonyms.txt"

#: Part of speech, its letter in the sense keys, and its data file.
_PARTS = (("v", "2", "verb"), ("a", "35", "adj"), ("r", "4", "adv"), ("n", "1", "noun"))

#: Files of nouns for acts, attributes, thoughts, events, feelings, possession, processes, states.
_ABSTRACT = frozenset({"04", "07", "09", "11", "12", "19", "21", "22", "26"})

_VERBS = frozenset(str(number) for number in range(29, 44))

#: A sense further down in the dictionary is not what a newspaper means.
_LAST_SENSE = 9

#: Words with too many meanings to exclude anything, and those that tell parts from each other.
_UNTELLING_WORDS = """
have lack miss come go give take make do get set lie sit stand move change act back front head
foot follow run work walk ride side idle wish mind content color colour right left home away
no all some many few much little more less most least first last final north south east west
black white here there day night well good bad big small large long short old new young
american christian male female general particular common individual question answer
level order interest box cross tie pin dock wind content tide arm harness couple front pack
issue claim charge cover color value credit debit tire smooth associate align conform pass
manage level forward native adopted relative absolute nuclear conventional only public private
domestic foreign local national international civil military civilian major minor senior junior
external internal upper lower inner outer central southern northern eastern western future past
present single married political financial own same different near far early late next previous
even odd light dark fine coarse plain fancy high low deep shallow wide narrow broad free bound
fast slow real live recorded born top bottom middle end beginning start finish rear
"""
_UNTELLING = frozenset(_UNTELLING_WORDS.split())

_HEAD = """\
# Words that exclude each other, taken from Princeton WordNet by bench/read_wordnet.py.
#
# WordNet Release 3.0. This software and database is being provided to you, the LICENSEE, by
# Princeton University under the following license. By obtaining, using and/or copying this
# software and database, you agree that you have read, understood, and will comply with these
# terms and conditions:
#
# Permission to use, copy, modify and distribute this software and database and its documentation
# for any purpose and without fee or royalty is hereby granted, provided that you agree to comply
# with the following copyright notice and statements, including the disclaimer, and that the same
# appear on ALL copies of the software, database and documentation, including modifications that
# you make for internal use or for distribution.
#
# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved.
#
# THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS
# OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY
# MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE
# OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD
# PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS.
#
# The name of Princeton University or Princeton may not be used in advertising or publicity
# pertaining to distribution of the software and/or database. Title to copyright in this software,
# database and any associated documentation shall at all times remain with Princeton University
# and LICENSEE agrees to preserve same.
"""


@dataclass(frozen=True, slots=True)
class _Synset:
    words: tuple[str, ...]
    #: Antonym pointers: which word of this synset, which other synset, which word of that.
    antonyms: tuple[tuple[int, str, int], ...]
    #: The adjectives that stand round this one, or the verbs for doing it in some way.
    near: tuple[str, ...]
    file: str


def antonyms(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the two sides of each pair of antonyms, the words of a side in one string."""
    senses = _senses(folder)
    for part, _, name in _PARTS:
        synsets = dict(_synsets(folder / f"data.{name}"))
        for key, synset in synsets.items():
            if part == "n" and synset.file not in _ABSTRACT:
                continue
            for here, other, there in synset.antonyms:
                if key > other:
                    continue
                one, two = synset.words[here], synsets[other].words[there]
                ranks = senses.get((part, one, key)), senses.get((part, two, other))
                if not _is_kept((one, ranks[0]), (two, ranks[1])):
                    continue
                sides = [
                    _side(word, at, synsets, senses, part)
                    for word, at in ((one, key), (two, other))
                ]
                yield (
                    " ".join(w for w in sides[0] if w not in sides[1]),
                    " ".join(w for w in sides[1] if w not in sides[0]),
                )


def _senses(folder: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return the place of each sense among those of its word, and how often it was counted."""
    parts = {digit: part for part, digits, _ in _PARTS for digit in digits}
    found = {}
    for line in (folder / "index.sense").read_text("utf-8").splitlines():
        key, offset, place, count = line.split()
        word, _, rest = key.partition("%")
        found[(parts[rest[0]], word, offset)] = (int(place), int(count))
    return found


def _synsets(path: Path) -> Iterator[tuple[str, _Synset]]:
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(" "):
            continue
        offset, file, _, size, *rest = line.partition("|")[0].split()
        many = int(size, 16)
        words = tuple(word.partition("(")[0].lower() for word in rest[: 2 * many : 2])
        pointers = rest[2 * many + 1 :]
        fields = list(zip(pointers[::4], pointers[1::4], pointers[3::4], strict=False))
        fields = fields[: int(rest[2 * many])]
        yield (
            offset,
            _Synset(
                words,
                tuple(
                    (max(int(at[:2], 16) - 1, 0), other, max(int(at[2:], 16) - 1, 0))
                    for sign, other, at in fields
                    if sign == "!"
                ),
                tuple(
                    other for sign, other, _ in fields if sign == ("~" if file in _VERBS else "&")
                ),
                file,
            ),
        )


def _is_kept(*pair: tuple[str, tuple[int, int] | None]) -> bool:
    """Say whether newspapers use both words so: one was counted, or is the other with "un-"."""
    words = [word for word, _ in pair]
    if any("_" in word or "-" in word or len(word) < 3 or word in _UNTELLING for word in words):
        return False
    ranks = [rank for _, rank in pair if rank is not None]
    if len(ranks) < 2 or any(place > _LAST_SENSE for place, _ in ranks):
        return False
    return sum(count for _, count in ranks) > 0


def _side(
    word: str,
    key: str,
    synsets: Mapping[str, _Synset],
    senses: Mapping[tuple[str, str, str], tuple[int, int]],
    part: str,
) -> list[str]:
    """Return a word and those that mean the same first of all, or nearly so."""
    around = synsets[key].near
    near = [(other, at) for at in (key, *around) for other in synsets[at].words]
    kept = [
        other
        for other, at in near
        if senses.get((part, other, at), (9, 0))[0] == 1
        and senses[(part, other, at)][1] > (0 if at == key else 1)
        and not any(c in other for c in "_-'.")
        and other not in _UNTELLING
    ]
    return list(dict.fromkeys([word, *kept]))


def main() -> None:
    """Write the table, one pair of sides a line."""
    lines = sorted({" | ".join(sides) for sides in antonyms(Path(sys.argv[1])) if all(sides)})
    TABLE.write_text(_HEAD + "\n" + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} pairs written to {TABLE}", file=sys.stderr)


if __name__ == "__main__":
    main()
