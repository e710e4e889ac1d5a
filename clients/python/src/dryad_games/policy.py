"""dryad's policies in Python, through ``dryad serve policy``."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

from .protocol import Connection, DryadError

#: A target that a chooser may pick.
Target = Mapping[str, int]


@dataclass(frozen=True)
class Command:
    """What a tree commands in a tick: a task with its arguments, on channels."""

    task: str
    started: bool = False
    channels: List[str] = field(default_factory=list)
    args: Dict[str, Any] = field(default_factory=dict)


class Commands(List[Command]):
    """The commands of a tick, and what the tree answered."""

    status: str = ""

    def on(self, channel: str) -> Optional[Command]:
        """The command that has a channel, or None."""
        for command in self:
            if channel in command.channels:
                return command
        return None


_lock = threading.Lock()
_connection: Optional[Connection] = None


def dryad() -> List[str]:
    """The command that runs dryad: DRYAD of the environment, else dryad."""
    return [os.environ.get("DRYAD", "dryad")]


def _ask(do: str, **fields: Any) -> Dict[str, Any]:
    """Asks the one process that serves all policies of this program."""
    global _connection
    with _lock:
        if _connection is None:
            try:
                _connection = Connection(dryad() + ["serve", "policy"])
            except FileNotFoundError as error:
                raise DryadError("there is no program dryad; set DRYAD to where it is") from error
        return _connection.ask(do, **fields)


def shutdown() -> None:
    """Ends the process that serves policies; policies that were loaded are lost."""
    global _connection
    with _lock:
        if _connection is not None:
            _connection.close()
            _connection = None


class Policy:
    """A behaviour tree on a seat. Use load."""

    def __init__(self, agent: int, name: str, game: str, reads: Sequence[str]) -> None:
        self._agent = agent
        self._now = -1
        self.name = name
        self.game = game
        #: The features and conditions that the tree reads.
        self.reads = list(reads)

    @classmethod
    def load(cls, path: str, game: Optional[str] = None, seed: int = 0, seat: int = 0) -> "Policy":
        """Reads a policy's file. The game is that of its header, or the one given."""
        answer = _ask("load", policy=path, game=game or "", seed=seed, seat=seat)
        return cls(answer["agent"], answer["name"], answer["game"], answer.get("reads", []))

    def tick(
        self,
        features: Mapping[str, Union[float, bool]],
        choices: Optional[Mapping[str, Sequence[Target]]] = None,
        ended: Optional[Mapping[str, bool]] = None,
        now: Optional[int] = None,
    ) -> Commands:
        """Runs the tree once and returns what it commands.

        features are what it reads, by name; what is left out has its least value.
        choices are for choosers the targets that they may pick, the best first.
        ended says of tasks of the last tick whether they have succeeded (True) or
        failed (False); the others go on. now is the tick of the match, one more
        than the last by default.
        """
        self._now = self._now + 1 if now is None else now
        answer = _ask(
            "tick",
            agent=self._agent,
            now=self._now,
            features={k: float(v) for k, v in features.items()},
            choices={k: [dict(t) for t in v] for k, v in (choices or {}).items()},
            ended=dict(ended or {}),
        )
        commands = Commands(
            Command(c["task"], c.get("started", False), c.get("channels", []), c.get("args", {}))
            for c in answer.get("commands", [])
        )
        commands.status = answer["status"]
        return commands

    def halt(self) -> None:
        """Halts all that runs, as at a death."""
        _ask("halt", agent=self._agent, now=self._now)

    def save(self) -> str:
        """What the tree remembers, as text."""
        return str(_ask("save", agent=self._agent)["state"])

    def restore(self, state: str) -> None:
        """Sets what the tree remembers from the text of save."""
        _ask("restore", agent=self._agent, state=state)
