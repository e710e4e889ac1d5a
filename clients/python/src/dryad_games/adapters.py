"""Environments of Gymnasium and PettingZoo as games for dryad.

A match is an episode. Its points are the sum of the rewards; the score of a lone
seat is 1 for a positive return, 0.5 for 0 and 0 below, unless a mapping says from
which return to which (``"score": [from, to]``). With several seats the highest
return wins.
"""

from __future__ import annotations

import io
from typing import Any, Callable, Dict, List, Optional

from .protocol import Message
from .spaces import Action, Names, Observation, identifier

#: The longest match, when neither mapping nor environment says.
TICKS = 1000

#: Into how many families the starts are divided, so that some can be held out.
STARTS = 16

Mapping = Dict[str, Any]


class Seat:
    """The words and the fortune of one seat."""

    def __init__(self, observation: Any, action: Any, mapping: Mapping) -> None:
        spaces = getattr(observation, "spaces", None)
        self.mask = None
        if isinstance(spaces, dict) or hasattr(spaces, "keys"):
            if "action_mask" in spaces and "observation" in spaces:
                self.mask = "action_mask"
                observation = spaces["observation"]
        taken = Names()
        self.action = Action(action, mapping.get("tasks"), mapping.get("default"))
        self.observation = Observation(observation, mapping.get("features"), taken, mapping.get("derived"))
        self.legal: List[str] = []
        if self.mask:
            self.legal = [taken("can_" + t["name"]) for t in self.action.tasks]

    def words(self) -> Message:
        return {
            "channels": self.action.channels,
            "features": self.observation.features,
            "conditions": [{"name": n, "description": f"the task {n[4:]} is legal now"} for n in self.legal],
            "tasks": self.action.tasks,
        }

    def readings(self, observation: Any) -> List[float]:
        if self.mask:
            legal = [float(bool(v)) for v in observation[self.mask]]
            return self.observation.values(observation["observation"]) + legal
        return self.observation.values(observation) + [0.0] * len(self.legal)

    def blank(self) -> List[float]:
        low = [float(f.get("min", 0)) for f in self.observation.features]
        return low + [0.0] * len(self.legal)


class Environment:
    """What the games of this module have in common."""

    def __init__(self, name: str, mapping: Mapping, seats: List[Seat]) -> None:
        self.name, self.mapping, self.seats = identifier(mapping.get("game", name), "game"), mapping, seats
        words = seats[0].words()
        for i, other in enumerate(seats):
            if other.words() != words:
                raise ValueError(f"seat {i} has other spaces than seat 0; dryad gives all seats of a game the same words")
        self.tick = 0
        self.ticks = int(mapping.get("ticks", TICKS))
        self.returns: List[float] = []
        self.reason = ""

    def hello(self) -> Message:
        return {
            "vocabulary": {
                "game": self.name, "version": int(self.mapping.get("version", 1)),
                "ticks_per_second": int(self.mapping.get("ticks_per_second", 0)),
                "notes": list(self.mapping.get("notes", [])), **self.seats[0].words(),
            },
            "seats": [len(self.seats)] * 3, "ticks": [max(self.ticks, 1 << 20), self.ticks],
            "maps": [f"starts:{i + 1}" for i in range(STARTS)], "renders": self.draws(),
        }

    def draws(self) -> bool:
        """Whether the environment was made to draw pictures."""
        env = self.envs[0] if hasattr(self, "envs") else getattr(self, "env", None)
        mode = getattr(env, "render_mode", None) or getattr(getattr(env, "unwrapped", None), "render_mode", None)
        return mode == "rgb_array"

    def begin(self, seed: int, config: Message) -> int:
        """Readies a match and returns the seed of its environment: a map is a
        family of starts."""
        self.tick, self.reason = 0, ""
        self.limit = int(config.get("ticks") or self.ticks)
        self.returns = [0.0] * len(self.seats)
        family = str(config.get("map") or "starts:1").partition(":")[2]
        return (seed * 2654435761 + int(family) * 40503) % (1 << 32)

    def result(self) -> Message:
        low, high = self.mapping.get("score", [None, None])
        scores = []
        for r in self.returns:
            if high is not None and len(self.returns) == 1:
                scores.append(min(max((r - low) / (high - low), 0.0), 1.0))
            elif len(self.returns) == 1:
                scores.append(1.0 if r > 0 else 0.5 if r == 0 else 0.0)
            else:
                best = max(self.returns)
                leaders = self.returns.count(best)
                scores.append((1.0 if leaders == 1 else 0.5) if r == best else 0.0)
        best = max(self.returns)
        winner = self.returns.index(best) if len(self.returns) > 1 and self.returns.count(best) == 1 else -1
        return {"scores": scores, "points": list(self.returns), "winner": winner, "reason": self.reason or "time limit"}

    def state(self, seats: List[Message], over: bool) -> Message:
        for i, seat in enumerate(seats):
            seat["metrics"] = [{"name": "return", "value": self.returns[i], "better": 1}]
        state: Message = {"tick": self.tick, "seats": seats}
        if over or self.tick >= self.limit:
            state["result"] = self.result()
            for seat in seats:
                seat["acts"] = False
        return state


class Gym(Environment):
    """A Gymnasium Env. Every seat has an environment of its own, and all begin
    with the same seed: with two seats, two trees are compared on one start."""

    MOST = 16

    def __init__(self, name: str, make: Callable[[], Any], mapping: Optional[Mapping] = None) -> None:
        self.make, self.envs = make, [make()]
        mapping, first = mapping or {}, self.envs[0]
        self.words = Seat(first.observation_space, first.action_space, mapping)
        super().__init__(name, mapping, [self.words])
        spec = getattr(first, "spec", None)
        if "ticks" not in mapping and spec is not None and spec.max_episode_steps:
            self.ticks = int(spec.max_episode_steps)

    def hello(self) -> Message:
        return {**super().hello(), "seats": [1, self.MOST, 1]}

    def reset(self, seed: int, config: Message) -> Message:
        count = int(config.get("seats") or 1)
        while len(self.envs) < count:
            self.envs.append(self.make())
        self.seats = [self.words] * count
        seed = self.begin(seed, config)
        self.over = [False] * count
        self.last = [self.words.readings(self.envs[i].reset(seed=seed)[0]) for i in range(count)]
        return self.tell()

    def tell(self) -> Message:
        seats = [{"acts": not self.over[i], "readings": self.last[i]} for i in range(len(self.seats))]
        return self.state(seats, all(self.over))

    def step(self, commands: List[List[Message]]) -> Message:
        self.tick += 1
        for i, seat in enumerate(self.seats):
            if self.over[i]:
                continue
            observation, reward, terminated, truncated, _ = self.envs[i].step(seat.action.action(commands[i]))
            self.last[i] = seat.readings(observation)
            self.returns[i] += float(reward)
            if terminated or truncated:
                self.over[i] = True
                self.reason = "the episode ended" if terminated else "time limit"
        return self.tell()

    def render(self) -> bytes:
        return png(self.envs[0].render())

    def close(self) -> None:
        for env in self.envs:
            env.close()


class Parallel(Environment):
    """A PettingZoo ParallelEnv: its possible agents are the seats."""

    def __init__(self, name: str, make: Callable[[], Any], mapping: Optional[Mapping] = None) -> None:
        self.env, mapping = make(), mapping or {}
        self.agents = list(self.env.possible_agents)
        super().__init__(name, mapping, [Seat(self.env.observation_space(a), self.env.action_space(a), mapping) for a in self.agents])

    def reset(self, seed: int, config: Message) -> Message:
        seed = self.begin(seed, config)
        observations, _ = self.env.reset(seed=seed)
        return self.tell(observations)

    def tell(self, observations: Dict[Any, Any]) -> Message:
        seats = []
        for seat, agent in zip(self.seats, self.agents):
            acts = agent in self.env.agents and agent in observations
            seats.append({"acts": acts, "readings": seat.readings(observations[agent]) if acts else seat.blank()})
        return self.state(seats, not self.env.agents)

    def step(self, commands: List[List[Message]]) -> Message:
        self.tick += 1
        actions = {a: self.seats[i].action.action(commands[i]) for i, a in enumerate(self.agents) if a in self.env.agents}
        observations, rewards, _, _, _ = self.env.step(actions)
        for i, agent in enumerate(self.agents):
            self.returns[i] += float(rewards.get(agent, 0.0))
        if not self.env.agents:
            self.reason = "the episode ended"
        return self.tell(observations)

    def render(self) -> bytes:
        return png(self.env.render())

    def close(self) -> None:
        self.env.close()


class Turns(Environment):
    """A PettingZoo AECEnv: the agent whose turn it is acts."""

    def __init__(self, name: str, make: Callable[[], Any], mapping: Optional[Mapping] = None) -> None:
        self.env, mapping = make(), mapping or {}
        self.env.reset(seed=0)
        self.agents = list(self.env.possible_agents)
        super().__init__(name, mapping, [Seat(self.env.observation_space(a), self.env.action_space(a), mapping) for a in self.agents])

    def reset(self, seed: int, config: Message) -> Message:
        seed = self.begin(seed, config)
        self.env.reset(seed=seed)
        self.settle()
        return self.tell()

    def settle(self) -> None:
        """Lets agents that have ended leave, and counts the rewards."""
        while self.env.agents:
            agent = self.env.agent_selection
            if not (self.env.terminations[agent] or self.env.truncations[agent]):
                return
            self.env.step(None)

    def tell(self) -> Message:
        seats = []
        for seat, agent in zip(self.seats, self.agents):
            acts = bool(self.env.agents) and agent == self.env.agent_selection
            seats.append({"acts": acts, "readings": seat.readings(self.env.observe(agent)) if acts else seat.blank()})
        return self.state(seats, not self.env.agents)

    def step(self, commands: List[List[Message]]) -> Message:
        self.tick += 1
        agent = self.env.agent_selection
        i = self.agents.index(agent)
        seat = self.seats[i]
        action = seat.action.action(commands[i])
        if seat.mask:
            legal = self.env.observe(agent)[seat.mask]
            if not legal[int(action)]:  # an illegal move is replaced by the first legal one
                action = next(k for k, ok in enumerate(legal) if ok)
        self.env.step(action)
        for k, a in enumerate(self.agents):
            self.returns[k] += float(self.env.rewards.get(a, 0.0))
        self.settle()
        if not self.env.agents:
            self.reason = "the episode ended"
        return self.tell()

    def render(self) -> bytes:
        return png(self.env.render())

    def close(self) -> None:
        self.env.close()


def png(frame: Any) -> bytes:
    """A frame of colours as a PNG, written without a library."""
    import struct
    import zlib

    if frame is None or not hasattr(frame, "shape") or len(frame.shape) != 3 or frame.shape[2] != 3:
        raise ValueError("the environment draws no picture; make it with render_mode rgb_array")
    height, width, _ = frame.shape
    out = io.BytesIO(b"")

    def chunk(name: bytes, data: bytes) -> None:
        out.write(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)))

    out.write(b"\x89PNG\r\n\x1a\n")
    chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = frame.astype("uint8")
    chunk(b"IDAT", zlib.compress(b"".join(b"\0" + rows[y].tobytes() for y in range(height)), 6))
    chunk(b"IEND", b"")
    return out.getvalue()
