"""Gymnasium's spaces as words of a vocabulary. The spaces are known by what they
have (n, nvec, low, spaces), so that this module needs no package."""

from __future__ import annotations

import math
import re
from typing import Any, Dict, Iterator, List, Optional, Tuple

Message = Dict[str, Any]

#: The most features of one observation. A larger one needs a mapping.
MAX_FEATURES = 512

#: The most tasks made of one action space.
MAX_TASKS = 512

#: The largest bound of a feature; what is larger counts as unbounded.
UNBOUNDED = 1e9


def identifier(text: Any, fallback: str) -> str:
    """A name that the language can write."""
    name = re.sub(r"\W+", "_", str(text), flags=re.ASCII).strip("_").lower()
    if not name or name[0].isdigit():
        name = f"{fallback}_{name}".rstrip("_")
    return name


class Names:
    """Gives every name once."""

    def __init__(self) -> None:
        self._used: set = set()

    def __call__(self, want: str) -> str:
        name, n = want, 1
        while name in self._used:
            n += 1
            name = f"{want}_{n}"
        self._used.add(name)
        return name


def kind(space: Any) -> str:
    """What sort of space it is."""
    if hasattr(space, "spaces"):
        return "tuple" if isinstance(space.spaces, (tuple, list)) else "dict"
    if hasattr(space, "nvec"):
        return "multidiscrete"
    if hasattr(space, "n"):
        return "discrete" if not hasattr(space, "shape") or space.shape == () else "multibinary"
    if hasattr(space, "low") and hasattr(space, "high"):
        return "box"
    raise ValueError(f"a space of the type {type(space).__name__} has no words; give discrete, box, dict or tuple spaces")


def leaves(space: Any, path: Tuple[str, ...] = ()) -> Iterator[Tuple[Tuple[str, ...], Any]]:
    """The spaces without parts that a space is made of, with their keys."""
    what = kind(space)
    if what == "dict":
        for key in space.spaces:
            yield from leaves(space.spaces[key], path + (str(key),))
    elif what == "tuple":
        for i, part in enumerate(space.spaces):
            yield from leaves(part, path + (str(i),))
    else:
        yield path, space


def _part(value: Any, path: Tuple[str, ...]) -> Any:
    for key in path:
        value = value[key] if isinstance(value, dict) else value[int(key)]
    return value


def _bound(value: float, otherwise: float) -> float:
    return float(value) if math.isfinite(value) and abs(value) <= UNBOUNDED else otherwise


class Observation:
    """The features of an observation space.

    names, when it is given, are the features' own names in the order in which the
    space has its values; None leaves a value out. In place of a name may stand a
    dictionary with the name and whatever of the feature is to be another one: min,
    max, unit, description.

    derived, when it is given, has further features, each a weighted sum of others:
    a dictionary with name, of (weights by the names of features), min, max, and what
    else a feature has.
    """

    def __init__(self, space: Any, names: Optional[List[Any]] = None, taken: Optional[Names] = None,
                 derived: Optional[List[Message]] = None) -> None:
        self.features: List[Message] = []
        self._read: List[Tuple[Tuple[str, ...], Optional[int], float, float]] = []
        give = taken or Names()
        at = 0
        total = sum(_size(part) for _, part in leaves(space))
        if total > MAX_FEATURES and names is None:
            raise ValueError(f"an observation has {total} values, more than {MAX_FEATURES}: name those that matter in a mapping")
        if names is not None and len(names) != total:
            raise ValueError(f"the mapping names {len(names)} features, an observation has {total} values")
        for path, part in leaves(space):
            base = identifier("_".join(path), "value") if path else "value"
            size = _size(part)
            for i in range(size):
                name = base if size == 1 and path else f"{base}_{i}"
                more: Message = {}
                if names is not None:
                    chosen = names[at]
                    at += 1
                    if chosen is None:
                        continue
                    more = dict(chosen) if isinstance(chosen, dict) else {"name": chosen}
                    name = more.pop("name", name)
                what, low, high = _range(part, i)
                feature: Message = {"name": give(name), "kind": what, "description": f"value {i} of {'.'.join(path) or 'the observation'}"}
                if what != "bool":
                    low, high = more.get("min", low), more.get("max", high)
                    feature.update(min=low, max=high)
                feature.update(more)
                self.features.append(feature)
                self._read.append((path, None if kind(part) == "discrete" else i, low, high))
        self._sums: List[Tuple[List[Tuple[int, float]], float, float]] = []
        for sum_ in derived or []:
            self._derive(dict(sum_), give)

    def _derive(self, feature: Message, give: Names) -> None:
        """Adds a feature that is a sum of others."""
        name, weights = feature.pop("name", None), feature.pop("of", None)
        if not name or not weights or "min" not in feature or "max" not in feature:
            raise ValueError(f"the derived feature {name!r} of the mapping needs name, of, min and max")
        places = {f["name"]: i for i, f in enumerate(self.features[:len(self._read)])}
        unknown = [w for w in weights if w not in places]
        if unknown:
            raise ValueError(f"the derived feature {name!r} of the mapping is made of {unknown[0]!r}, which is no feature; there are {', '.join(places)}")
        self.features.append({"name": give(name), "kind": "number", "description": "a sum of other features", **feature})
        self._sums.append(([(places[w], float(k)) for w, k in weights.items()], feature["min"], feature["max"]))

    def values(self, observation: Any) -> List[float]:
        """What the features are in an observation, within their ranges."""
        out: List[float] = []
        flat: Dict[Tuple[str, ...], Any] = {}
        for path, i, low, high in self._read:
            if path not in flat:
                part = _part(observation, path)
                flat[path] = part.reshape(-1).tolist() if hasattr(part, "reshape") else part
            value = flat[path]
            if isinstance(value, (list, tuple)):
                value = value[i or 0]
            number = float(value)
            out.append(low if number != number else min(max(number, low), high))
        for weights, low, high in self._sums:
            out.append(min(max(sum(k * out[i] for i, k in weights), low), high))
        return out


def _size(space: Any) -> int:
    what = kind(space)
    if what == "discrete":
        return 1
    if what == "multidiscrete":
        return len(space.nvec.reshape(-1))
    if what == "multibinary":
        return int(math.prod(space.shape))
    return int(math.prod(space.shape))


def _range(space: Any, i: int) -> Tuple[str, float, float]:
    what = kind(space)
    if what == "discrete":
        start = int(getattr(space, "start", 0))
        return "int", start, start + int(space.n) - 1
    if what == "multidiscrete":
        return "int", 0, int(space.nvec.reshape(-1)[i]) - 1
    if what == "multibinary":
        return "bool", 0, 1
    low, high = float(space.low.reshape(-1)[i]), float(space.high.reshape(-1)[i])
    whole = getattr(getattr(space, "dtype", None), "kind", "f") in "iub"
    return ("int" if whole else "number"), _bound(low, -UNBOUNDED), _bound(high, UNBOUNDED)


class Action:
    """The tasks of an action space.

    A discrete space has one task for each of its values; of a space with several
    parts, each part is a channel with tasks of its own. A value of a box is set by
    a task with a number. names, when it is given, are the tasks' own names in that
    order.
    """

    def __init__(self, space: Any, names: Optional[List[Any]] = None, default: Optional[Any] = None) -> None:
        self.space, self.default = space, default
        self.channels: List[str] = []
        self.tasks: List[Message] = []
        self._set: List[Tuple[int, Optional[float]]] = []  # channel, and the value; None for the argument
        self._slots: List[Tuple[Tuple[str, ...], int, float, float, str]] = []
        give = Names()
        for path, part in leaves(space):
            what = kind(part)
            base = identifier("_".join(path), "part") if path else "act"
            for i in range(_size(part)):
                channel = base if _size(part) == 1 else f"{base}_{i}"
                _, low, high = _range(part, i)
                self._slots.append((path, i, low, high, what))
                at = len(self.channels)
                self.channels.append(channel)
                if what == "box":
                    self._add(give(f"set_{channel}"), at, None, low, high)
                    continue
                for value in range(int(low), int(high) + 1):
                    self._add(give(f"{channel}_{value}"), at, float(value), low, high)
        if len(self.channels) > 32:
            raise ValueError(f"an action has {len(self.channels)} parts; at most 32 can be commanded")
        if len(self.tasks) > MAX_TASKS:
            raise ValueError(f"an action has {len(self.tasks)} values, more than {MAX_TASKS}")
        if names is not None:
            if len(names) != len(self.tasks):
                raise ValueError(f"the mapping names {len(names)} tasks, the actions have {len(self.tasks)}")
            for task, name in zip(self.tasks, names):
                task.update(name if isinstance(name, dict) else {"name": name})

    def _add(self, name: str, channel: int, value: Optional[float], low: float, high: float) -> None:
        task: Message = {"name": name, "channels": [self.channels[channel]], "instant": True}
        if value is None:
            task["description"] = f"set {self.channels[channel]}"
            task["params"] = [{"name": "to", "kinds": ["number"], "min": low, "max": high, "description": "the value"}]
        else:
            task["description"] = f"choose {value:g} for {self.channels[channel]}"
        self.tasks.append(task)
        self._set.append((channel, value))

    def action(self, commands: List[Message]) -> Any:
        """The action of a tick. A part that nothing commands has its default: 0, or
        the value of its range that is nearest to 0."""
        values = [min(max(0.0, low), high) for _, _, low, high, _ in self._slots]
        if not commands and self.default is not None:
            return self.default
        for command in commands:
            channel, value = self._set[command["task"]]
            if value is None:
                value = (command.get("args") or [{}])[0].get("number", 0.0)
            _, _, low, high, _ = self._slots[channel]
            values[channel] = min(max(value, low), high)
        return self._build(self.space, (), values)

    def _build(self, space: Any, path: Tuple[str, ...], values: List[float]) -> Any:
        what = kind(space)
        if what == "dict":
            return {key: self._build(space.spaces[key], path + (str(key),), values) for key in space.spaces}
        if what == "tuple":
            return tuple(self._build(part, path + (str(i),), values) for i, part in enumerate(space.spaces))
        mine = [v for (p, _, _, _, _), v in zip(self._slots, values) if p == path]
        if what == "discrete":
            return int(mine[0])
        import numpy

        return numpy.array(mine).reshape(space.shape).astype(space.dtype)
