"""Prints, for each file of games in Kaggle's form, what its evaluation counts."""

import json
import sys
import types

# The evaluation's module needs these two for other things.
pandas = types.ModuleType("pandas")
pandas.DataFrame = object
tqdm = types.ModuleType("tqdm")
tqdm.tqdm = lambda x, **_: x
sys.modules["pandas"], sys.modules["tqdm"] = pandas, tqdm

import contextlib

with contextlib.redirect_stdout(sys.stderr):
    from kaggle_environments.envs.werewolf.eval.loaders import GameResult

total = {"votes": 0, "right": 0, "decisive": 0, "decisive_right": 0, "won": {}, "dealt": {}, "survived": {}}
for line in open(sys.argv[1]):
    game = GameResult(json.loads(line))
    total["won"][game.winner_team.value] = total["won"].get(game.winner_team.value, 0) + 1
    irp, vss = game.iterate_voting_mini_game()
    for name, scores in (("", irp), ("decisive_", vss)):
        total["votes" if not name else "decisive"] += len(scores)
        total[name + "right"] += sum(score for _, score in scores)
    for p in game.players:
        total["dealt"][p.role.name] = total["dealt"].get(p.role.name, 0) + 1
        total["survived"][p.role.name] = total["survived"].get(p.role.name, 0) + p.alive
print(json.dumps(total))
