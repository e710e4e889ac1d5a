"""The protocol of docs/remote.md: both of its sides, in JSON lines."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import IO, Any, Dict, List, Optional, Protocol, Sequence

VERSION = 1
RUNNING, SUCCESS, FAILURE = 1, 2, 3

Message = Dict[str, Any]


class DryadError(Exception):
    """What the other side refuses, or that it has ended."""


class Game(Protocol):
    """What a peer holds. See docs/remote.md for the messages."""

    def hello(self) -> Message:
        """The vocabulary, and the numbers of seats and ticks."""

    def reset(self, seed: int, config: Message) -> Message:
        """Begins a match and returns its first state."""

    def step(self, commands: List[List[Message]]) -> Message:
        """Carries out the commands of every seat and returns the next state."""

    def render(self) -> bytes:
        """The match as a PNG."""

    def close(self) -> None:
        """Ends the match."""


def serve(game: Game, source: Optional[IO[str]] = None, sink: Optional[IO[str]] = None) -> None:
    """Answers a driver until its input ends. What the game prints goes to
    standard error, so that it cannot disturb the protocol."""
    source = source or sys.stdin
    if sink is None:
        sink, sys.stdout = sys.stdout, sys.stderr
    for line in source:
        request = json.loads(line)
        try:
            answer = _answer(game, request)
        except Exception as error:  # whatever the environment throws is told
            answer = {"error": f"{type(error).__name__}: {error}"}
        answer["id"] = request.get("id", 0)
        sink.write(json.dumps(answer, allow_nan=False, separators=(",", ":")) + "\n")
        sink.flush()
        if request.get("do") == "close":
            return


def _answer(game: Game, request: Message) -> Message:
    do = request.get("do")
    if do == "hello":
        if request.get("protocol") != VERSION:
            return {"protocol": VERSION, "error": f"dryad-games speaks version {VERSION} of the protocol"}
        return {"protocol": VERSION, "encoding": "json", **game.hello()}
    if do == "reset":
        return {"state": game.reset(request.get("seed", 0), request.get("config") or {})}
    if do == "step":
        return {"state": game.step(request.get("commands") or [])}
    if do == "render":
        import base64

        return {"picture": base64.b64encode(game.render()).decode()}
    if do == "close":
        game.close()
        return {}
    raise DryadError(f"there is no request {do!r}")


class Connection:
    """A driver's side: requests to a process, one at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._last = 0
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, do: str, **fields: Any) -> Message:
        """Sends a request and returns its reply."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._last += 1
        try:
            self._process.stdin.write(json.dumps({"id": self._last, "do": do, **fields}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except (BrokenPipeError, ValueError) as error:
            raise DryadError("the process of dryad has ended") from error
        if not line:
            raise DryadError("the process of dryad has ended")
        answer: Message = json.loads(line)
        if answer.get("error"):
            raise DryadError(answer["error"])
        return answer

    def close(self) -> None:
        """Ends the process. It may be called several times."""
        if self._process.stdin is not None:
            try:
                self._process.stdin.close()
            except BrokenPipeError:
                pass
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
