"""dryad's games as PettingZoo environments.

    env = parallel_env("tag", seats=3)
    observations, infos = env.reset(seed=1)

An observation is a vector of all features and conditions of the game, scaled to
0..1 by their ranges. An action chooses a task with its arguments: action 0 does
nothing, the others are in ``env.choices``. A reward is the change of the seat's
first metric; at the end of the match the seat's score is added.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

import numpy
from gymnasium import spaces
from pettingzoo import ParallelEnv
from pettingzoo.utils import parallel_to_aec, wrappers

from .policy import dryad
from .protocol import Connection, Message

Choice = Tuple[int, List[Message]]


def choices_of(words: Message) -> List[Tuple[str, Choice]]:
    """What can be done in a tick: for every task every combination of choosers and
    words for its parameters, numbers at a few levels of their range."""
    out: List[Tuple[str, Choice]] = []
    for index, task in enumerate(words.get("tasks", [])):
        combined: List[Tuple[str, List[Message]]] = [(task["name"], [])]
        for parameter in task.get("params", []):
            options = _options(words, parameter)
            combined = [(f"{name} {text}".rstrip(), args + [value]) for name, args in combined for text, value in options]
        out.extend((name, (index, args)) for name, args in combined)
    return out


def _options(words: Message, parameter: Message) -> List[Tuple[str, Message]]:
    targets = {"agent", "item", "position"}
    options: List[Tuple[str, Message]] = []
    for chooser in words.get("choosers", []):
        if chooser["kind"] in parameter["kinds"]:
            options.append((chooser["name"], {"given": True, "chooser": chooser["name"]}))
    for i, value in enumerate(parameter.get("values") or []):
        options.append((value, {"given": True, "number": i}))
    if not options and parameter.get("optional"):
        return [("", {})]
    if not parameter.get("values") and not set(parameter["kinds"]) <= targets and not options:
        low, high = parameter.get("min", 0), parameter.get("max", 0)
        levels = sorted({low, (low + high) // 2, high}) if low != high else [parameter.get("default", 0)]
        options.extend((f"{level:g}", {"given": True, "number": level}) for level in levels)
    return options


class DryadEnv(ParallelEnv):
    """One game of dryad's, in a process of its own."""

    def __init__(
        self,
        game: str,
        seats: Optional[int] = None,
        ticks: Optional[int] = None,
        config: Optional[Message] = None,
        render_mode: Optional[str] = None,
    ) -> None:
        self._link = Connection(dryad() + ["serve", "game", game])
        answer = self._link.ask("hello", protocol=1, encodings=["json"])
        self._words: Message = answer["vocabulary"]
        self._config: Message = dict(config or {})
        self._config["seats"] = seats or answer["seats"][2]
        if ticks:
            self._config["ticks"] = ticks
        self.render_mode = render_mode
        self.metadata = {
            "name": f"dryad_{game}_v{self._words['version']}",
            "render_modes": ["rgb_array"],
            "is_parallelizable": True,
            "render_fps": self._words.get("ticks_per_second") or 1,
        }
        #: What the actions do, by their numbers.
        self.choices: List[Tuple[str, Optional[Choice]]] = [("nothing", None)] + list(choices_of(self._words))
        self.possible_agents = [f"seat_{i}" for i in range(self._config["seats"])]
        self.agents: List[str] = []
        features, conditions = self._words.get("features", []), self._words.get("conditions", [])
        low = [_least(f) for f in features] + [0.0] * len(conditions)
        high = [_most(f) for f in features] + [1.0] * len(conditions)
        self._low = numpy.array(low, dtype=numpy.float64)
        self._span = numpy.maximum(numpy.array(high, dtype=numpy.float64) - self._low, 1e-9)
        size = len(low)
        self.observation_spaces = {a: spaces.Box(0.0, 1.0, (size,), numpy.float32) for a in self.possible_agents}
        self.action_spaces = {a: spaces.Discrete(len(self.choices)) for a in self.possible_agents}
        self._running: Dict[str, Tuple[int, int]] = {}
        self._draws = 0

    def observation_space(self, agent: str) -> spaces.Space:
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Space:
        return self.action_spaces[agent]

    def reset(self, seed: Optional[int] = None, options: Optional[Message] = None) -> Tuple[Dict[str, Any], Dict[str, Any]]:
        if seed is None:
            seed = int(numpy.random.default_rng().integers(1 << 53))
        self.agents = list(self.possible_agents)
        self._running, self._draws = {}, 0
        state = self._link.ask("reset", seed=seed % (1 << 53), config=self._config)["state"]
        self._worth = self._figures(state)
        return self._observations(state), {a: {} for a in self.agents}

    def step(self, actions: Dict[str, int]) -> Tuple[Dict[str, Any], Dict[str, float], Dict[str, bool], Dict[str, bool], Dict[str, Any]]:
        commands = [self._commands(a, int(actions.get(a, 0))) for a in self.possible_agents]
        state = self._link.ask("step", commands=commands)["state"]
        result = state.get("result")
        worth = self._figures(state)
        rewards = {a: worth[i] - self._worth[i] for i, a in enumerate(self.possible_agents)}
        self._worth = worth
        if result:
            for i, a in enumerate(self.possible_agents):
                rewards[a] += result["scores"][i]
        for i, a in enumerate(self.possible_agents):
            ended = state["seats"][i].get("ended") or []
            if ended and ended[0] != 1:
                self._running.pop(a, None)
        observations = self._observations(state)
        over = bool(result)
        returned = (
            observations,
            rewards,
            {a: over for a in self.agents},
            {a: False for a in self.agents},
            {a: {"acts": bool(state["seats"][i].get("acts"))} for i, a in enumerate(self.possible_agents)},
        )
        if over:
            self.agents = []
        return returned

    def _commands(self, agent: str, action: int) -> List[Message]:
        choice = self.choices[action][1]
        if choice is None:
            self._running.pop(agent, None)
            return []
        task, args = choice
        started = self._running.get(agent, (None, 0))[0] != action
        if started:
            self._draws += 1
            self._running[agent] = (action, self._draws)
        return [{"task": task, "start": started, "draw": self._running[agent][1], "args": args}]

    def _figures(self, state: Message) -> List[float]:
        return [float((s.get("metrics") or [{"value": 0}])[0]["value"]) for s in state["seats"]]

    def _observations(self, state: Message) -> Dict[str, Any]:
        out = {}
        for i, agent in enumerate(self.possible_agents):
            values = numpy.array(state["seats"][i]["readings"], dtype=numpy.float64)
            out[agent] = numpy.clip((values - self._low) / self._span, 0.0, 1.0).astype(numpy.float32)
        return out

    def render(self) -> Any:
        if self.render_mode is None:
            return None
        import base64

        return _pixels(base64.b64decode(self._link.ask("render", seat=-1)["picture"]))

    def close(self) -> None:
        self._link.close()


def _least(feature: Message) -> float:
    return float(feature.get("min", 0))


def _most(feature: Message) -> float:
    if feature["kind"] == "bool":
        return 1.0
    if feature["kind"] == "enum":
        return float(max(len(feature["values"]) - 1, 1))
    return float(feature.get("max", 0))


def _pixels(picture: bytes) -> Any:
    """A PNG of eight bits a colour as an array; the filters of the format are undone."""
    import struct
    import zlib

    at, data, head = 8, b"", (0, 0, 0, 0)
    palette = b""
    while at < len(picture):
        size, name = struct.unpack(">I4s", picture[at : at + 8])
        body = picture[at + 8 : at + 8 + size]
        if name == b"IHDR":
            head = struct.unpack(">IIBB", body[:10])
        elif name == b"PLTE":
            palette = body
        elif name == b"IDAT":
            data += body
        at += 12 + size
    width, height, depth, colour = head
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    if depth != 8:
        raise ValueError(f"a picture of {depth} bits a colour")
    raw, stride = zlib.decompress(data), width * channels
    rows = numpy.zeros((height, stride), dtype=numpy.uint8)
    before = numpy.zeros(stride, dtype=numpy.int64)
    for y in range(height):
        start = y * (stride + 1)
        kind, line = raw[start], numpy.frombuffer(raw, numpy.uint8, stride, start + 1).astype(numpy.int64)
        if kind == 2:
            line = (line + before) % 256
        elif kind in (1, 3, 4):
            line = line.copy()
            for x in range(stride):
                left = line[x - channels] if x >= channels else 0
                up, corner = before[x], before[x - channels] if x >= channels else 0
                if kind == 1:
                    add = left
                elif kind == 3:
                    add = (left + up) // 2
                else:
                    p = left + up - corner
                    a, b, c = abs(p - left), abs(p - up), abs(p - corner)
                    add = left if a <= b and a <= c else up if b <= c else corner
                line[x] = (line[x] + add) % 256
        rows[y], before = line.astype(numpy.uint8), line
    pixels = rows.reshape(height, width, channels)
    if colour == 3:
        return numpy.frombuffer(palette, numpy.uint8).reshape(-1, 3)[pixels[:, :, 0]]
    if channels < 3:
        return numpy.repeat(pixels[:, :, :1], 3, axis=2)
    return pixels[:, :, :3].copy()


def parallel_env(game: str, **options: Any) -> DryadEnv:
    """A game in which all seats act at once."""
    return DryadEnv(game, **options)


def env(game: str, **options: Any) -> Any:
    """The same game with one seat after the other, as PettingZoo's AEC."""
    return wrappers.OrderEnforcingWrapper(parallel_to_aec(DryadEnv(game, **options)))
