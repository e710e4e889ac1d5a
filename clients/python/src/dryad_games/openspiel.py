"""OpenSpiel's games for dryad's solver, and dryad's strategies as policies of OpenSpiel.

    python3 -m dryad_games.openspiel tree 'goofspiel(num_cards=4,imp_info=True)'
    python3 -m dryad_games.openspiel check x.strategy [y.strategy ...]

``tree`` writes the game's tree to standard output, for ``dryad solve openspiel:GAME``.
``check`` computes the NashConv of strategies that ``dryad solve --save`` wrote with
OpenSpiel's own best responses, and fails when one differs from dryad's.

In a program::

    from dryad_games import openspiel
    game, policy = openspiel.load("x.strategy")   # pyspiel.Game, TabularPolicy

A game with simultaneous moves is played in turns, as OpenSpiel converts it.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import IO, Any, Dict, Iterator, List, Optional, Tuple

from .protocol import DryadError

FORMAT, VERSION = "dryad-openspiel", 1
PREFIX = "openspiel:"


def load_game(name: str) -> Any:
    """The game of a text such as ``kuhn_poker(players=3)``, as one of turns."""
    import pyspiel

    if name.startswith("python_"):  # registered by their import
        import open_spiel.python.games  # noqa: F401

    return pyspiel.load_game_as_turn_based(name)


def names(state: Any, player: int, actions: List[int]) -> List[str]:
    """What the actions of a state are called: OpenSpiel's texts, or the numbers of
    the actions where two texts are equal."""
    texts = [state.action_to_string(player, a) for a in actions]
    return texts if len(set(texts)) == len(texts) else [str(a) for a in actions]


def tree(name: str, histories: int) -> Iterator[Any]:
    """The lines of a game's tree, as docs/python.md describes them.

    Raises ``DryadError`` for a game that has more than ``histories`` histories, or
    whose players are not told apart by what they know.
    """
    import pyspiel

    game = load_game(name)
    kind = game.get_type()
    if not kind.provides_information_state_string:
        raise DryadError(f"{name} has no information states: its players cannot be told what they know")
    if kind.dynamics != pyspiel.GameType.Dynamics.SEQUENTIAL:
        raise DryadError(f"{name} is neither a sequential game nor one of simultaneous moves")
    yield {"format": FORMAT, "version": VERSION, "name": str(pyspiel.load_game(name)), "players": game.num_players()}
    sets: Dict[Tuple[Any, ...], int] = {}
    open_states = [game.new_initial_state()]
    count = 0
    while open_states:
        count += 1
        if count > histories:
            raise DryadError(f"{name} has more than {histories} histories")
        state = open_states.pop()
        if state.is_terminal():
            yield state.returns()
            continue
        player = state.current_player()
        key: Tuple[Any, ...]
        if state.is_chance_node():
            outcomes = state.chance_outcomes()
            actions, probabilities = [a for a, _ in outcomes], [p for _, p in outcomes]
            key = (-1, tuple(actions), tuple(probabilities))
            if key not in sets:
                sets[key] = len(sets)
                yield {"player": -1, "actions": actions, "names": names(state, player, actions), "probabilities": probabilities}
        else:
            actions = state.legal_actions()
            key = (player, state.information_state_string(player), tuple(actions))
            if key not in sets:
                sets[key] = len(sets)
                yield {"player": player, "key": key[1], "actions": actions, "names": names(state, player, actions)}
        yield sets[key]
        open_states.extend(state.child(a) for a in reversed(actions))


def read(path: str) -> Dict[str, Any]:
    """A strategy file of a game of OpenSpiel's."""
    with open(path, encoding="utf-8") as file:
        strategy: Dict[str, Any] = json.load(file)
    if strategy.get("format") != "dryad-strategy" or strategy.get("version") != 1:
        raise DryadError(f"{path} is no strategy of dryad's, of version 1")
    if not strategy["game"].startswith(PREFIX):
        raise DryadError(f"{path} is for {strategy['game']}, which is no game of OpenSpiel's")
    return strategy


def policy(strategy: Dict[str, Any]) -> Tuple[Any, Any]:
    """The game of a strategy, and the strategy as a ``TabularPolicy`` of it."""
    from open_spiel.python import policy as policies

    game = load_game(strategy["game"][len(PREFIX):])
    out = policies.TabularPolicy(game)
    rows = {(row["player"], row["key"]): row for row in strategy["infosets"]}
    for key, index in out.state_lookup.items():
        state = out.states[index]
        player = state.current_player()
        row = rows.get((player, key))
        if row is None:
            raise DryadError(f"the strategy says nothing about {key!r} of player {player}")
        actions = state.legal_actions()
        said = dict(zip(row["actions"], row["probabilities"]))
        out.action_probability_array[index] = 0
        for action, name in zip(actions, names(state, player, actions)):
            if name not in said:
                raise DryadError(f"the strategy does not know the action {name!r} at {key!r} of player {player}")
            out.action_probability_array[index][action] = said[name]
    return game, out


def load(path: str) -> Tuple[Any, Any]:
    """The game and the ``TabularPolicy`` of a file that ``dryad solve --save`` wrote.

    Raises ``DryadError`` for a file of another kind, or of another game.
    """
    return policy(read(path))


def check(path: str) -> Dict[str, Any]:
    """OpenSpiel's NashConv of a strategy beside dryad's."""
    from open_spiel.python.algorithms import exploitability

    strategy = read(path)
    game, table = policy(strategy)
    confirmed = float(exploitability.nash_conv(game, table))
    own = strategy["exploitability"] * game.num_players()
    return {"game": strategy["game"], "nash_conv": own, "openspiel": confirmed, "difference": abs(confirmed - own)}


def main(arguments: Optional[List[str]] = None, sink: Optional[IO[str]] = None) -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(prog="dryad_games.openspiel", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="do", required=True)
    one = commands.add_parser("tree", help="write a game's tree")
    one.add_argument("game", help="as in pyspiel.load_game")
    one.add_argument("--histories", type=int, default=5_000_000, help="the most histories (default 5 000 000)")
    other = commands.add_parser("check", help="compute the NashConv of strategies")
    other.add_argument("strategies", nargs="+", metavar="FILE")
    other.add_argument("--tolerance", type=float, default=1e-9, help="the largest difference that passes (default 1e-9)")
    given = parser.parse_args(arguments)
    sink = sink or sys.stdout
    try:
        if given.do == "tree":
            for line in tree(given.game, given.histories):
                sink.write(json.dumps(line, separators=(",", ":")) + "\n")
            sink.flush()
            return 0
        worst = 0.0
        for path in given.strategies:
            found = check(path)
            sink.write(json.dumps(found) + "\n")
            worst = max(worst, found["difference"])
        if worst > given.tolerance:
            print(f"dryad_games: dryad's NashConv and OpenSpiel's differ by {worst:g}", file=sys.stderr)
            return 1
        return 0
    except BrokenPipeError:
        return 1
    except Exception as error:  # of OpenSpiel too, whose errors are of several types
        print(f"dryad_games: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
