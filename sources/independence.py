"""
How many independent origins a set of sources has, and why.

Ten papers that carry one wire story are one origin; two outlets that cite only each other are
none. `count_origins` takes plain values and answers with the counts, the tree that they were
read from, and the reason in plain words. Pure: no database, no clock, and no recursion, so a
chain of ten thousand relays is as safe as one of three.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

#: The stances of evidence that count in favour of a claim.
SUPPORTING = frozenset({"supports", "partially_supports"})

#: Bases of a derivation that a count may rest on; a detected one is only a suspicion.
CERTAIN = frozenset({"declared", "confirmed"})

#: A reason that names more origins than this is no longer read.
NAMED_IN_REASON = 8

#: For how many origins the repeating sources are listed: keeps hostile input linear.
REPEATS_LISTED = 50


@dataclass(frozen=True, slots=True)
class Source:
    """
    A source as far as independence is concerned.

    `stance` is the relation of its evidence to the claim, None for a source that is only
    upstream of others. `speaker` is the key of an unnamed person it rests on.
    """

    id: str
    stance: str | None = None
    own_reporting: bool = False
    owner: str | None = None
    text_sha256: str | None = None
    speaker: str | None = None
    label: str | None = None
    #: Told beside the label where another source has the same label.
    title: str | None = None
    #: The day it appeared: what appeared first is named first.
    appeared_on: str | None = None
    #: Whether its publisher took it back: as an origin it counts nothing, whoever repeats it.
    is_retracted: bool = False


@dataclass(frozen=True, slots=True)
class Derivation:
    """The statement that `child` got it from `parent`, and how we know."""

    child: str
    parent: str
    kind: str = "cites"
    basis: str = "declared"


@dataclass(frozen=True, slots=True)
class Upstream:
    """One step up the tree; a step that is not `counted` is only suspected."""

    id: str
    kind: str
    basis: str
    counted: bool


@dataclass(frozen=True, slots=True)
class TreeNode:
    """
    A source in the tree of origins, flat: `upstream` names where it got it from.

    `role` is `origin`, `repeat`, `loop` or `other` (a source that supports nothing).
    """

    id: str
    label: str
    role: str
    stance: str | None
    upstream: tuple[Upstream, ...] = ()
    #: Sources that are the same as this one, by text or unnamed speaker: all of them for the
    #: first of a group, for the rest only the first.
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """The answer: the counts, what they count, and the reason in plain words."""

    supporting: int
    #: With declared and confirmed derivations.
    confirmed: int
    #: If every detected derivation were confirmed too.
    suspected: int
    #: As `confirmed`, with origins of one owner counted once.
    strict: int
    origins: tuple[str, ...]
    circular: tuple[tuple[str, ...], ...]
    repeats: Mapping[str, tuple[str, ...]]
    tree: tuple[TreeNode, ...]
    reason: str


def count_origins(
    sources: Iterable[Source],
    derivations: Iterable[Derivation] = (),
    *,
    same_text: Iterable[tuple[str, str]] = (),
    stances: frozenset[str] = SUPPORTING,
) -> Origins:
    """
    Count the independent origins behind the sources that support a claim.

    :param same_text: pairs of sources whose texts are the same although their digests differ
    :param stances: which stances count; contrary evidence is counted by naming its own
    """
    by_id = _told_apart({source.id: source for source in sources})
    kept = _without_rejected(derivations)
    pairs = list(same_text)
    certain = _Graph(by_id, [d for d in kept if d.basis in CERTAIN], pairs)
    suspected = _Graph(by_id, kept, pairs)
    supporters = sorted(s.id for s in by_id.values() if s.stance in stances)
    found = certain.walk(supporters)
    origins = _standing(found.origins, by_id)
    strict = _owners(origins, certain, by_id)
    repeats = {o: certain.repeating(o, supporters) for o in origins[:REPEATS_LISTED]}
    suspected_count = len(_standing(suspected.walk(supporters).origins, by_id))
    return Origins(
        supporting=len(supporters),
        confirmed=len(origins),
        suspected=suspected_count,
        strict=len(strict),
        origins=origins,
        circular=found.circular,
        repeats=repeats,
        tree=_tree(certain, kept, found),
        reason=_Reason(by_id, supporters, found.circular, repeats).say(
            origins,
            suspected_count,
            strict,
            _speaker_groups(by_id, supporters, kept),
            set(found.origins) - set(origins),
        ),
    )


def _told_apart(sources: dict[str, Source]) -> dict[str, Source]:
    """Return the sources, those of one label with their titles in it."""
    held = Counter(source.label for source in sources.values())
    return {
        name: replace(source, label=f"{source.label}, “{source.title}”")
        if source.label and source.title and held[source.label] > 1
        else source
        for name, source in sources.items()
    }


def _standing(origins: Iterable[str], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Return the origins that were not taken back, in order."""
    taken_back = {name for name, source in sources.items() if source.is_retracted}
    return tuple(_in_order(set(origins) - taken_back, sources))


def _in_order(names: Iterable[str], sources: Mapping[str, Source]) -> list[str]:
    """Return sources by the day they appeared, then by what they are called."""
    unknown = Source("")

    def place(name: str) -> tuple[str, str, str]:
        source = sources.get(name, unknown)
        return (source.appeared_on or "9999", _folded(_label(name, sources)), name)

    return sorted(names, key=place)


def _without_rejected(derivations: Iterable[Derivation]) -> list[Derivation]:
    """Return the derivations that hold or may hold: a refusal outlives a new detection."""
    every = list(derivations)
    refused = {(d.child, d.parent) for d in every if d.basis == "rejected"}
    return [
        d
        for d in every
        if d.basis in CERTAIN or (d.basis == "detected" and (d.child, d.parent) not in refused)
    ]


@dataclass(slots=True)
class _Found:
    """What a walk upstream from the supporting sources reached."""

    origins: list[str] = field(default_factory=list)
    circular: tuple[tuple[str, ...], ...] = ()
    reached: set[int] = field(default_factory=set)


class _Graph:
    """
    Sources merged where they are the same, loops collapsed, and the way upstream.

    Nodes are numbered; a group is a set of same sources, a knot a loop of groups (nearly
    always a single group).
    """

    def __init__(
        self,
        sources: Mapping[str, Source],
        derivations: list[Derivation],
        same_text: list[tuple[str, str]],
    ) -> None:
        self.sources = sources
        groups = _Groups()
        for name in _names(sources, derivations, same_text):
            groups.add(name)
        _merge_same(groups, sources, derivations, same_text)
        self.groups = groups
        self.cites: defaultdict[str, set[str]] = defaultdict(set)
        self.up: defaultdict[str, set[str]] = defaultdict(set)
        for d in derivations:
            if d.kind != "same_speaker" and d.child != d.parent:
                self.cites[d.child].add(d.parent)
                self._link(groups.find(d.child), groups.find(d.parent))
        self.members = groups.members()
        self.knots = list(_knots(self.members, self.up))
        self.knot_of = {g: number for number, knot in enumerate(self.knots) for g in knot}
        self.down: defaultdict[str, set[str]] = defaultdict(set)
        for child, parents in self.up.items():
            for parent in parents:
                self.down[parent].add(child)
        self.origin_group: dict[str, str] = {}

    def _link(self, child: str, parent: str) -> None:
        if child != parent:
            self.up[child].add(parent)

    def walk(self, supporters: list[str]) -> _Found:
        """Follow every way upstream and collect where it ends."""
        found = _Found()
        todo = [self.knot_of[self.groups.find(name)] for name in supporters]
        circular = []
        while todo:
            number = todo.pop()
            if number in found.reached:
                continue
            found.reached.add(number)
            above = {self.knot_of[p] for g in self.knots[number] for p in self.up[g]} - {number}
            todo.extend(above)
            origins = self._origins_of(number, is_end=not above)
            found.origins.extend(origins)
            if not origins and not above:
                circular.append(tuple(sorted(self._raw(number))))
        found.circular = tuple(sorted(circular))
        return found

    def _raw(self, number: int) -> Iterator[str]:
        return (name for group in self.knots[number] for name in self.members[group])

    def _origins_of(self, number: int, *, is_end: bool) -> list[str]:
        """Return the origins inside one knot: own reporting, else the end of a walk."""
        own = [self._own_reporting(group) for group in self.knots[number]]
        origins = [name for name in own if name is not None]
        if not origins and is_end:
            # Where all cite one another nobody started it; one that cites nobody may have.
            origins = sorted(name for name in self._raw(number) if not self.cites.get(name))[:1]
        for name in origins:
            self.origin_group[name] = self.groups.find(name)
        return origins

    def _own_reporting(self, group: str) -> str | None:
        own = [
            n for n in self.members[group] if n in self.sources and self.sources[n].own_reporting
        ]
        return min(own, default=None)

    def repeating(self, origin: str, supporters: list[str]) -> tuple[str, ...]:
        """Return the supporting sources that have it from this origin, itself left out."""
        reached = {self.knot_of[self.origin_group[origin]]}
        todo = list(reached)
        while todo:
            below = (c for g in self.knots[todo.pop()] for c in self.down[g])
            fresh = {self.knot_of[child] for child in below} - reached
            reached |= fresh
            todo.extend(fresh)
        return tuple(
            name
            for name in supporters
            if name != origin and self.knot_of[self.groups.find(name)] in reached
        )


def _names(
    sources: Mapping[str, Source], derivations: list[Derivation], pairs: list[tuple[str, str]]
) -> Iterator[str]:
    yield from sources
    for derivation in derivations:
        yield derivation.child
        yield derivation.parent
    for pair in pairs:
        yield from pair


class _Groups:
    """Union-find over names; the smallest name stands for its group."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def add(self, name: str) -> None:
        self._parent.setdefault(name, name)

    def find(self, name: str) -> str:
        parent = self._parent
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def merge(self, one: str, other: str) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def members(self) -> dict[str, list[str]]:
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._parent:
            groups[self.find(name)].append(name)
        return dict(groups)


def _merge_same(
    groups: _Groups,
    sources: Mapping[str, Source],
    derivations: list[Derivation],
    same_text: list[tuple[str, str]],
) -> None:
    """Merge what is one source under several names: same text, or same unnamed speaker."""
    for one, other in same_text:
        groups.merge(one, other)
    for derivation in derivations:
        if derivation.kind == "same_speaker":
            groups.merge(derivation.child, derivation.parent)
    first: dict[tuple[str, str], str] = {}
    for source in sources.values():
        for key in (("text", source.text_sha256), ("speaker", source.speaker)):
            if key[1] is not None:
                groups.merge(first.setdefault((key[0], key[1]), source.id), source.id)


def _knots(nodes: Iterable[str], up: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Yield the strongly connected components, by Tarjan's method with a stack of its own."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_nodes: list[str] = []
    is_open: set[str] = set()
    for root in nodes:
        if root in index:
            continue
        work = [(root, iter(sorted(up.get(root, ()))))]
        index[root] = low[root] = len(index)
        open_nodes.append(root)
        is_open.add(root)
        while work:
            node, parents = work[-1]
            parent = next(parents, None)
            if parent is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    yield _close(node, open_nodes, is_open)
            elif parent not in index:
                index[parent] = low[parent] = len(index)
                open_nodes.append(parent)
                is_open.add(parent)
                work.append((parent, iter(sorted(up.get(parent, ())))))
            elif parent in is_open:
                low[node] = min(low[node], index[parent])


def _close(node: str, open_nodes: list[str], is_open: set[str]) -> list[str]:
    knot = []
    while True:
        name = open_nodes.pop()
        is_open.discard(name)
        knot.append(name)
        if name == node:
            return sorted(knot)


def _owners(
    origins: tuple[str, ...], graph: _Graph, sources: Mapping[str, Source]
) -> list[tuple[str, list[str]]]:
    """Return the origins by owner: (owner, origins); one without an owner stands alone."""
    groups = _Groups()
    shown: dict[str, str] = {}
    for origin in origins:
        groups.add(origin)
        owners = {
            _folded(owner): owner
            for name in graph.members[graph.groups.find(origin)]
            if name in sources and (owner := sources[name].owner)
        }
        for key, owner in sorted(owners.items()):
            shown.setdefault(origin, owner)
            groups.add(f"\0owner {key}")
            groups.merge(f"\0owner {key}", origin)
    members = ([n for n in names if n[0] != "\0"] for names in groups.members().values())
    return [(shown.get(names[0], ""), names) for names in members if names]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _tree(graph: _Graph, derivations: list[Derivation], found: _Found) -> tuple[TreeNode, ...]:
    """Return every source in play with its role and its steps upstream, by id."""
    steps: defaultdict[str, list[Upstream]] = defaultdict(list)
    for d in derivations:
        steps[d.child].append(Upstream(d.parent, d.kind, d.basis, d.basis in CERTAIN))
    loops = {name for loop in found.circular for name in loop}
    origins = set(found.origins)
    nodes = []
    for group, names in graph.members.items():
        is_reached = graph.knot_of[group] in found.reached
        others = tuple(sorted(set(names) - {group}))
        for name in names:
            source = graph.sources.get(name)
            nodes.append(
                TreeNode(
                    id=name,
                    label=_label(name, graph.sources),
                    role=_role(name, origins, loops, is_reached=is_reached),
                    stance=source.stance if source else None,
                    upstream=tuple(steps.get(name, ())),
                    same_as=others if name == group else (group,),
                )
            )
    return tuple(sorted(nodes, key=lambda node: node.id))


def _role(name: str, origins: set[str], loops: set[str], *, is_reached: bool) -> str:
    if name in origins:
        return "origin"
    if name in loops:
        return "loop"
    return "repeat" if is_reached else "other"


def _label(name: str, sources: Mapping[str, Source]) -> str:
    source = sources.get(name)
    return (source.label if source else None) or name


def _speaker_groups(
    sources: Mapping[str, Source], supporters: list[str], derivations: Iterable[Derivation]
) -> list[list[str]]:
    """Return the supporting sources that rest on one unnamed speaker, two or more together."""
    groups = _Groups()
    for name in supporters:
        groups.add(name)
        if (speaker := sources[name].speaker) is not None:
            groups.add(f"\0speaker {speaker}")
            groups.merge(f"\0speaker {speaker}", name)
    for d in derivations:
        if d.kind == "same_speaker" and d.basis in CERTAIN:
            for name in (d.child, d.parent):
                groups.add(name)
            groups.merge(d.child, d.parent)
    known = set(supporters)
    members = ([n for n in names if n in known] for names in groups.members().values())
    return sorted(names for names in members if len(names) > 1)


class _Reason:
    """The reason for a count, as a journalist would say it."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        supporters: list[str],
        circular: tuple[tuple[str, ...], ...],
        repeats: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.sources = sources
        self.supporters = supporters
        self.circular = circular
        self.repeats = repeats

    def say(
        self,
        origins: tuple[str, ...],
        suspected: int,
        owners: list[tuple[str, list[str]]],
        speakers: list[list[str]],
        taken_back: set[str],
    ) -> str:
        """Return the whole reason, sentence by sentence."""
        sentences = [self._count(origins), *self._repeated(), *self._loops()]
        if taken_back:
            counts = "was" if len(taken_back) == 1 else "were"
            sentences.append(f"{self._list(taken_back)} {counts} retracted: no origin.")
        sentences += [
            f"{self._list(names)} rest on the same unnamed speaker." for names in speakers
        ]
        sentences += [
            f"{self._list(names)} have the same owner ({owner}) and count once in the strict count."
            for owner, names in owners
            if len(names) > 1
        ]
        if suspected != len(origins):
            sentences.append(f"If the suspected copies are confirmed, {_origins(suspected)}.")
        return " ".join(sentences)

    def _count(self, origins: tuple[str, ...]) -> str:
        if not self.supporters:
            return "No source supports this."
        total = _plural(len(self.supporters), "source")
        if not origins:
            return f"{total}, no independent origin."
        named = [_label(name, self.sources) for name in origins[:NAMED_IN_REASON]]
        more = len(origins) - len(named)
        rest = [f"and {more} more"] if more else []
        found = _plural(len(origins), "independent origin")
        return f"{total}, {found} ({'; '.join(named + rest)})."

    def _repeated(self) -> list[str]:
        # Those of as many repeats stay in the order of the origins.
        most = sorted(self.repeats.items(), key=lambda item: -len(item[1]))
        return [
            f"{len(names)} {'repeats' if len(names) == 1 else 'repeat'}"
            f" {_label(origin, self.sources)}."
            for origin, names in most[:NAMED_IN_REASON]
            if names
        ]

    def _loops(self) -> list[str]:
        return [f"{self._list(loop)} cite only each other." for loop in self.circular]

    def _list(self, names: Iterable[str]) -> str:
        labels = [_label(name, self.sources) for name in _in_order(names, self.sources)]
        if len(labels) > NAMED_IN_REASON:
            rest = len(labels) - NAMED_IN_REASON
            return f"{', '.join(labels[:NAMED_IN_REASON])} and {rest} more"
        return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _origins(count: int) -> str:
    if count == 0:
        return "no independent origin remains"
    return f"{_plural(count, 'independent origin')} {'remains' if count == 1 else 'remain'}"
