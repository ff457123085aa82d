"""Names joined into groups, with pairs that must stay apart."""

from __future__ import annotations

from collections.abc import Iterable


class Groups:
    """Sets of names that grow by ``join``; two names that ``part`` names are never in one, not even through a third."""

    def __init__(self, names: Iterable[str]):
        self._group = {name: name for name in names}
        self._members: dict[str, set[str]] = {name: {name} for name in self._group}
        self._enemies: dict[str, set[str]] = {}

    def part(self, one: str, other: str) -> None:
        """Keep two names apart; call it before any ``join``."""
        self._enemies.setdefault(one, set()).add(other)
        self._enemies.setdefault(other, set()).add(one)

    def join(self, one: str, other: str) -> bool:
        """Put two names into one group; False, and nothing done, where names that must stay apart would meet."""
        small, large = sorted((self._group[one], self._group[other]), key=lambda root: (len(self._members[root]), root))
        if small == large:
            return True
        if any(self._enemies.get(name, set()) & self._members[large] for name in self._members[small]):
            return False
        self._members[large] |= self._members[small]
        self._group |= dict.fromkeys(self._members.pop(small), large)
        return True

    def __iter__(self):
        """Yield the groups, each sorted, in the order of their first names."""
        yield from sorted(sorted(members) for members in self._members.values())
