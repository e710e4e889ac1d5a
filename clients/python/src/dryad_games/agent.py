"""Agents in Python for dryad's games, which dryad starts by ``remote:COMMAND``."""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import dataclass
from typing import Any, Callable, Dict, IO, List, Mapping, Optional, Union

#: A target that the seat was told of.
Target = Mapping[str, Any]


@dataclass
class Seat:
    """A seat in one tick of a match.

    ``readings`` has features and conditions by their names, ``choices`` the target that
    each chooser picks (None for nothing), ``ended`` how each command of the last tick
    stands: 1 running, 2 success, 3 failure. ``memory`` is a dict that lasts for a match.
    """

    number: int
    tick: int
    seed: int
    config: Mapping[str, Any]
    readings: Mapping[str, float]
    choices: Mapping[str, Optional[Target]]
    ended: List[int]
    memory: Dict[str, Any]


class Task:
    """A command: a task with its arguments by name.

    An argument is a number, a target of ``Seat.choices``, or the name of a chooser. A
    task goes on in the next tick when it is commanded again; ``start`` begins it anew.
    A parameter whose name Python keeps for itself has a line after it: ``from_``.
    """

    def __init__(self, name: str, start: bool = False, **args: Union[float, str, Target]) -> None:
        self.name, self.start = name, start
        self.args = {key.rstrip("_"): value for key, value in args.items()}


class _Words:
    """The words of a game by their names."""

    def __init__(self, vocabulary: Mapping[str, Any]) -> None:
        self.readings = [w["name"] for key in ("features", "conditions") for w in vocabulary.get(key) or []]
        self.choosers = [w["name"] for w in vocabulary.get("choosers") or []]
        self.tasks = {w["name"]: (i, [p["name"] for p in w.get("params") or []]) for i, w in enumerate(vocabulary["tasks"])}

    def command(self, task: Task) -> Dict[str, Any]:
        """The form of a command in the protocol."""
        if task.name not in self.tasks:
            raise ValueError("there is no task %r; there are %s" % (task.name, ", ".join(sorted(self.tasks))))
        index, params = self.tasks[task.name]
        for name in task.args:
            if name not in params:
                raise ValueError("the task %s has no parameter %r" % (task.name, name))
        args: List[Dict[str, Any]] = []
        for name in params:
            value = task.args.get(name)
            if value is None:
                args.append({})
            elif isinstance(value, str):
                args.append({"chooser": value})
            elif isinstance(value, Mapping):
                args.append({"given": True, "target": dict(value)})
            else:
                args.append({"given": True, "number": value})
        return {"task": index, "start": task.start, "args": args}


def serve(decide: Callable[[Seat], List[Task]], stdin: Optional[IO[str]] = None, stdout: Optional[IO[str]] = None) -> None:
    """Answers dryad until it has nothing more to ask.

    ``decide`` is called in each tick in which the seat acts. What it prints would be
    taken for an answer: print to sys.stderr. An exception costs the seat, and is told.
    """
    stdin, stdout = stdin or sys.stdin, stdout or sys.stdout
    words: Optional[_Words] = None
    sat: Mapping[str, Any] = {}
    memory: Dict[str, Any] = {}
    for line in stdin:
        request = json.loads(line)
        reply: Dict[str, Any] = {"id": request["id"]}
        what = request["do"]
        if what == "hello":
            reply["protocol"] = 1
            words = _Words(request["vocabulary"])
        elif what == "sit":
            sat, memory = request, {}
        elif what == "act":
            assert words is not None
            told = request["perceived"]
            choices = [c[0] if c else None for c in told.get("choices") or []]
            seat = Seat(sat.get("seat", 0), request.get("tick", 0), sat.get("seed", 0), sat.get("config") or {},
                        dict(zip(words.readings, told["readings"])), dict(zip(words.choosers, choices)), told.get("ended") or [], memory)
            try:
                reply["commands"] = [words.command(task) for task in decide(seat)]
            except Exception as error:
                traceback.print_exc()
                reply["error"] = "%s: %s" % (type(error).__name__, error)
        stdout.write(json.dumps(reply) + "\n")
        stdout.flush()
        if what == "close":
            return
