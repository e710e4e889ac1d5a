"""With dryad itself, which DRYAD names, and with the packages of PyPI."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
import warnings

from pettingzoo.test import api_test, parallel_api_test, parallel_seed_test, seed_test

from dryad_games import DryadError, Policy
from dryad_games.env import env, parallel_env
from dryad_games.policy import shutdown

DRYAD = os.environ["DRYAD"]


def written(text):
    file = tempfile.NamedTemporaryFile("w", suffix=".dryad", delete=False)
    with file:
        file.write(text)
    return file.name


AGENT = """
from dryad_games.agent import Task, serve

def decide(seat):
    if seat.readings["is_it"]:
        return [Task("move_to", target="nearest_player")]
    it = seat.choices["it_player"]
    return [Task("flee", from_=it)] if it else []

serve(decide)
"""


class Agents(unittest.TestCase):
    """An agent in Python takes a seat of dryad's games."""

    def play(self, source, opponent):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(source)
            file.flush()
            agent = "remote:%s %s" % (sys.executable, file.name)
            return subprocess.run([DRYAD, "play", "tag", "--seat", agent, "--seat", written(opponent), "--ticks", "60", "--json"],
                                  capture_output=True, text=True)

    def test_plays_as_the_tree_of_its_rules(self):
        tree = "policy rules for tag\n\ntree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n    task: flee it_player\n"
        played = self.play(AGENT, tree)
        self.assertEqual(played.returncode, 0, played.stderr)
        hashed = json.loads(played.stdout.splitlines()[-1])["state_hash"]
        both = subprocess.run([DRYAD, "play", "tag", "--seat", written(tree), "--seat", written(tree), "--ticks", "60", "--json"],
                              capture_output=True, text=True, check=True)
        self.assertEqual(hashed, json.loads(both.stdout.splitlines()[-1])["state_hash"])

    def test_faults_are_told(self):
        tree = "policy rules for tag\n\ntree main:\n  task: stay\n"
        played = self.play(AGENT.replace('"move_to"', '"run_to"').replace('"flee"', '"run_to"'), tree)
        self.assertIn("the agent says: ValueError: there is no task 'run_to'", json.loads(played.stdout.splitlines()[-1])["forfeits"][0]["text"])


class Environments(unittest.TestCase):
    """dryad's games are PettingZoo environments by PettingZoo's own tests."""

    def try_game(self, game, **options):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            one = parallel_env(game, **options)
            parallel_api_test(one, num_cycles=40)
            one.close()
            api_test(env(game, **options), num_cycles=40)
            parallel_seed_test(lambda: parallel_env(game, **options), num_cycles=15)
            seed_test(lambda: env(game, **options), num_cycles=15)

    def test_tag(self):
        self.try_game("tag", seats=3, ticks=30)

    def test_arena(self):
        self.try_game("arena", ticks=20)

    def test_werewolf(self):
        self.try_game("werewolf")

    def test_classic(self):
        for game in ("kuhn", "leduc"):
            self.try_game(game)

    def test_render(self):
        e = parallel_env("tag", ticks=10, render_mode="rgb_array")
        e.reset(seed=1)
        picture = e.render()
        self.assertEqual(picture.shape[2], 3)
        self.assertGreater(len({tuple(c) for c in picture.reshape(-1, 3)[::7].tolist()}), 2)
        e.close()

    def test_what_is_refused(self):
        with self.assertRaises(DryadError):
            parallel_env("tag", seats=99).reset(seed=1)


class Policies(unittest.TestCase):
    def tearDown(self):
        shutdown()

    def test_tick(self):
        path = written("policy p for tag\ntree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n    task: stay 2ticks\n")
        p = Policy.load(path)
        self.assertEqual((p.name, p.game, p.reads), ("p", "tag", ["is_it"]))
        commands = p.tick({"is_it": True}, {"nearest_player": [{"id": 4, "x": 2, "y": 3}]})
        self.assertEqual((commands.status, commands[0].task, commands[0].args["target"]["id"]), ("running", "move_to", 4))
        self.assertEqual(commands.on("move"), commands[0])
        saved = p.save()
        self.assertFalse(p.tick({"is_it": True}, {"nearest_player": [{"id": 9}]})[0].started)
        commands = p.tick({"is_it": True}, ended={"move_to": True})
        self.assertEqual((commands.status, len(commands)), ("success", 0))
        p.restore(saved)
        self.assertEqual(p.tick({"is_it": False})[0].args, {"for": 2})
        with self.assertRaisesRegex(DryadError, 'no feature or condition "speed"'):
            p.tick({"speed": 1})

    def test_faults(self):
        with self.assertRaisesRegex(DryadError, "fly"):
            Policy.load(written("policy p for tag\ntree main:\n  task: fly\n"))
        with self.assertRaisesRegex(DryadError, "names no game"):
            Policy.load(written("tree main:\n  wait: 1ticks\n"))


class Games(unittest.TestCase):
    """Environments of Gymnasium and PettingZoo are games for dryad."""

    def play(self, arguments, tree, seats=1):
        path = written(tree)
        command = [DRYAD, "play", f"remote:'{sys.executable}' -m dryad_games {arguments}", "--seed", "5", "--json"]
        out = subprocess.run(command + ["--seat", path] * seats, capture_output=True, text=True)
        self.assertEqual(out.returncode, 0, out.stderr)
        return json.loads(out.stdout.splitlines()[-1])

    def test_gymnasium(self):
        balance = """tree main:
  selector:
    sequence:
      condition: turning > 0.3 or turning > -0.3 and angle > 0
      task: push_right
    task: push_left
"""
        self.assertIn("500", json.dumps(self.play("gymnasium CartPole-v1", balance)))
        self.play("gymnasium Acrobot-v1", "tree main:\n  selector:\n    sequence:\n      condition: upper_speed > 0\n      task: turn_left\n    task: turn_right\n")
        self.play("gymnasium Taxi-v3", "tree main:\n  random:\n    task: act_0\n    task: act_1\n    task: act_4\n")

    def test_pettingzoo(self):
        legal = "tree main:\n  random:\n" + "".join(f"    sequence:\n      condition: can_act_{i}\n      task: act_{i}\n" for i in range(7))
        self.play("pettingzoo classic.tictactoe_v3", legal, 2)
        self.play("pettingzoo classic.connect_four_v3", legal, 2)
        self.play("pettingzoo classic.rps_v2 --option max_cycles=5", "tree main:\n  task: act_1\n", 2)
        self.play("pettingzoo butterfly.knights_archers_zombies_v11 --option max_cycles=20", "tree main:\n  random:\n    task: act_0\n    task: act_4\n", 4)

    def test_evolve_and_rank(self):
        """A search ends with its report and pictures, and a tournament ranks."""
        game = f"remote:'{sys.executable}' -m dryad_games pettingzoo classic.rps_v2 --option max_cycles=3"
        with tempfile.TemporaryDirectory() as folder:
            run = [DRYAD, "evolve", game, "--generations", "1", "--candidates", "3", "--held-out-pairs", "1", "--run", os.path.join(folder, "run"), "--json"]
            out = subprocess.run(run, capture_output=True, text=True)
            self.assertEqual(out.returncode, 0, out.stderr)
            self.assertTrue(os.path.exists(os.path.join(folder, "run", "report.html")))
            other = written("tree main:\n  task: act_1\n")
            run = [DRYAD, "tournament", "run", os.path.join(folder, "run", "champion.dryad"), other, "--game", game, "--matches", "4", "--run", os.path.join(folder, "table"), "--json"]
            out = subprocess.run(run, capture_output=True, text=True)
            self.assertEqual(out.returncode, 0, out.stderr)

    def test_what_does_not_exist(self):
        out = subprocess.run([DRYAD, "games", "show", f"remote:'{sys.executable}' -m dryad_games gymnasium NoSuch-v1"], capture_output=True, text=True)
        self.assertNotEqual(out.returncode, 0)
        self.assertIn("NoSuch", out.stderr)


if __name__ == "__main__":
    unittest.main()
