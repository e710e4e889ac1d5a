"""OpenSpiel and LiteEFG on one game: a line of JSON for each solver.

    python beside.py GAME ITERATIONS
"""

import contextlib
import io
import json
import sys
import time

import pyspiel
from open_spiel.python.algorithms import exploitability


def main(name, iterations):
    game = pyspiel.load_game_as_turn_based(name)

    def tell(solver, seconds, policy):
        print(json.dumps({"solver": solver, "seconds": seconds, "nash_conv": exploitability.nash_conv(game, policy)}), flush=True)

    solver = pyspiel.CFRPlusSolver(game)
    solver.evaluate_and_update_policy()
    begun = time.process_time()
    for _ in range(iterations - 1):
        solver.evaluate_and_update_policy()
    seconds = (time.process_time() - begun) * iterations / max(iterations - 1, 1)
    table = solver.average_policy()
    print(json.dumps({"solver": "openspiel", "seconds": seconds, "nash_conv": pyspiel.nash_conv(game, table)}), flush=True)

    with contextlib.redirect_stdout(io.StringIO()):  # it greets
        import LiteEFG as leg
        from LiteEFG.baselines import CFRplus

        env = leg.OpenSpielEnv(game, traverse_type="Enumerate", regenerate=True)
        graph = CFRplus.graph()
        env.set_graph(graph)
        begun = time.process_time()
        for _ in range(iterations):
            graph.update_graph(env)
            env.update_strategy(graph.current_strategy())
        seconds = time.process_time() - begun
        policy, _ = env.get_strategy(graph.current_strategy(), type_name="linear-avg-iterate")
    tell("liteefg", seconds, policy)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
