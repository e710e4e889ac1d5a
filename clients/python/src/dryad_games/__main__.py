"""Offers an environment to dryad over standard input and output.

    python3 -m dryad_games gymnasium CartPole-v1 [--mapping FILE] [--option KEY=VALUE ...]
    python3 -m dryad_games pettingzoo classic.tictactoe_v3
    python3 -m dryad_games make my_module:make_env

A mapping names features and tasks. Some environments have one in the package.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from typing import Any, Callable, Dict, List, Optional

from . import adapters, protocol


def options(pairs: List[str]) -> Dict[str, Any]:
    """The options of the environment: KEY=VALUE, the value as JSON or as text."""
    out: Dict[str, Any] = {}
    for pair in pairs:
        key, found, text = pair.partition("=")
        if not found:
            raise SystemExit(f"dryad_games: --option {pair} is not KEY=VALUE")
        try:
            out[key] = json.loads(text)
        except ValueError:
            out[key] = text
    return out


def drawing(make: Callable[..., Any], chosen: Dict[str, Any]) -> Any:
    """An environment of PettingZoo that draws pictures, if it can."""
    try:
        return make(**{"render_mode": "rgb_array", **chosen})
    except TypeError:  # it takes no render_mode, or one of the options is wrong
        return make(**chosen)


def build(what: str, name: str, mapping: Dict[str, Any], chosen: Dict[str, Any]) -> protocol.Game:
    """The game of a command line."""
    if what == "gymnasium":
        import gymnasium

        return adapters.Gym(name, lambda: gymnasium.make(name, **{"render_mode": "rgb_array", **chosen}), mapping)
    if what == "pettingzoo":
        module = importlib.import_module(name if name.startswith("mpe2.") else f"pettingzoo.{name}")
        if hasattr(module, "parallel_env") and not mapping.get("turns"):
            return adapters.Parallel(name, lambda: drawing(module.parallel_env, chosen), mapping)
        return adapters.Turns(name, lambda: drawing(module.env, chosen), mapping)
    path, _, function = name.partition(":")
    env = getattr(importlib.import_module(path), function or "make")(**chosen)
    kind = adapters.Gym if hasattr(env, "observation_space") and not callable(env.observation_space) else \
        adapters.Turns if hasattr(env, "agent_iter") else adapters.Parallel
    return kind(path, lambda: env, mapping)


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(prog="dryad_games", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["gymnasium", "pettingzoo", "make"])
    parser.add_argument("name")
    parser.add_argument("--mapping", help="JSON file with names: features, tasks, score, ticks, ...")
    parser.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="option of the environment")
    given = parser.parse_args(arguments)
    mapping: Dict[str, Any] = {}
    path = given.mapping or os.path.join(os.path.dirname(__file__), "mappings", given.name + ".json")
    if given.mapping or os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            mapping = json.load(file)
    try:
        game = build(given.what, given.name, mapping, options(given.option))
    except Exception as error:
        print(f"dryad_games: {given.what} {given.name}: {error}", file=sys.stderr)
        return 1
    protocol.serve(game)
    return 0


if __name__ == "__main__":
    sys.exit(main())
