"""Which part of a pattern can have bound a variable: told from the pattern alone, once for all of its solutions."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from narkom.asking import syntax


@dataclass(frozen=True, slots=True)
class Role:
    """What an OPTIONAL does in its group, by names of variables.

    It binds `always` whenever it matches, and `own` where nothing else may bind them. Something depends on the `fresh`
    ones, which nothing before it binds in any case. Without the `firm` ones, of its own and shown as they are, the row
    would be another. `alone`: nothing else may bind the fresh ones; `shown`: the row depends on them.
    """

    always: frozenset[str]
    own: frozenset[str]
    fresh: frozenset[str]
    firm: frozenset[str]
    alone: bool
    shown: bool


class Scope:
    """Knows for the parts of one pattern what stands beside each and around."""

    def __init__(
        self,
        pattern: syntax.Group,
        needed: frozenset[str] | None,
        shown: Set[str] = frozenset(),
        given: Set[str] = frozenset(),
    ) -> None:
        """Take the names of the variables on which a row depends (None: on all, as with COUNT(*)).

        `shown` are those that stand in the row as they are, `given` those that may have values from outside.
        """
        self.needed = needed
        self._pattern = pattern
        self._shown = shown
        self._given: dict[int, Set[str]] = {id(pattern): frozenset()}
        self._around: dict[int, Set[str]] = {id(pattern): given}
        self._names: dict[int, frozenset[str]] = {}
        self._roles: dict[int, Role] = {}
        self._telling: dict[int, list[object]] = {}
        self._wholes: dict[int, bool] = {}

    def variables(self, node: object) -> frozenset[str]:
        """Return the variables that a part can bind and a solution shows: all but those of blank nodes."""
        if id(node) not in self._names:
            self._names[id(node)] = frozenset(n for n in syntax.variables_in(node) if not n.startswith("_"))
        return self._names[id(node)]

    def telling(self, group: syntax.Group) -> list[object]:
        """Return the parts of a group that rest on claims."""
        if id(group) not in self._telling:
            self._hand_down(group)
        return self._telling[id(group)]

    def beside(self, node: object) -> Set[str]:
        """Return what triples beside a part and around it bind in any case."""
        return self._given[id(node)]

    def _hand_down(self, group: syntax.Group) -> None:
        """Note of each part what triples beside it and around bind in any case, and what anything may bind there."""
        self._telling[id(group)] = [part for part in group.parts if not _is_silent(part)]
        for part in group.parts:
            beside = [one for one in group.parts if one is not part]
            sure = [self.variables(one) for one in beside if isinstance(one, syntax.Bgp)]
            inner = part.groups if isinstance(part, syntax.Union) else [getattr(part, "group", None)]
            for one in (part, *(each for each in inner if each is not None)):
                self._given[id(one)] = self._given[id(group)].union(*sure)
                self._around[id(one)] = self._around[id(group)].union(*map(self.variables, beside))

    # -- OPTIONAL ----------------------------------------------------------------------------------------------------

    def role(self, part: syntax.Optional_, group: syntax.Group) -> Role:
        """Return what an OPTIONAL does in the group that it stands in."""
        if id(part) not in self._roles:
            self._roles[id(part)] = self._read_role(part, group)
        return self._roles[id(part)]

    def _read_role(self, part: syntax.Optional_, group: syntax.Group) -> Role:
        at = next(i for i, one in enumerate(group.parts) if one is part)
        may = self.variables(part)
        own = may - self._around[id(part)]
        fresh = may.difference(*map(self._bound, group.parts[:at]))
        if self.needed is not None:
            fresh &= self.needed | self._used_beside(part.group)
        shown = self.needed is not None and bool(fresh & self.needed)
        return Role(self._bound(part.group), own, fresh, own & self._shown, fresh <= own, shown)

    def _bound(self, node: object) -> frozenset[str]:
        """The variables that a part binds in every solution."""
        if isinstance(node, syntax.Bgp):
            return self.variables(node)
        if isinstance(node, syntax.Group):
            return frozenset().union(*map(self._bound, node.parts))
        if isinstance(node, syntax.Union):
            return frozenset.intersection(*map(self._bound, node.groups))
        if isinstance(node, syntax.Graph):
            return self._bound(node.group)
        return frozenset()

    def _used_beside(self, group: syntax.Group) -> set[str]:
        """The variables that stand anywhere in the pattern but in one group of it."""
        whole = self._pattern
        text = f"{whole.text[: group.start - whole.start]} {whole.text[group.end - whole.start :]}"
        return {token.text[1:] for token in syntax.tokenize(text) if token.kind == "var"}

    # -- UNION -------------------------------------------------------------------------------------------------------

    def is_whole(self, node: syntax.Union, branch: syntax.Group) -> bool:
        """Return whether a solution shows all that a branch bound: nothing else binds what it may leave open."""
        if id(branch) not in self._wholes:
            loose = {name for name in self.variables(branch) if self.may_be_unbound(branch, name)}
            self._wholes[id(branch)] = not loose & self._around[id(node)]
        return self._wholes[id(branch)]

    def may_be_unbound(self, group: syntax.Group, name: str) -> bool:
        """Return whether a variable of a group stands only in parts that can leave it open, such as sub-groups."""
        return not any(isinstance(p, syntax.Bgp | syntax.Graph) and name in self.variables(p) for p in group.parts)


def _is_silent(part: object) -> bool:
    """Whether a part of a group never rests on claims: a negation, and what only computes or compares."""
    if isinstance(part, syntax.Filter):
        return not part.exists and not part.tangled
    return isinstance(part, syntax.Minus) or (isinstance(part, syntax.Bind) and not part.tangled)
