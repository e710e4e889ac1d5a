"""Spaces as words, and adapters, without an environment of a package."""

import io
import json
import unittest

import numpy
from gymnasium import spaces

from dryad_games import adapters, protocol
from dryad_games.spaces import Action, Observation, identifier


class Words(unittest.TestCase):
    def test_observation(self):
        space = spaces.Dict({"place": spaces.Box(-2, 2, (2,), numpy.float32), "held": spaces.Discrete(3), "lit": spaces.MultiBinary(2)})
        o = Observation(space)
        self.assertEqual([f["name"] for f in o.features], ["held", "lit_0", "lit_1", "place_0", "place_1"])
        self.assertEqual([f["kind"] for f in o.features], ["int", "bool", "bool", "number", "number"])
        values = o.values({"place": numpy.array([5, numpy.nan]), "held": 2, "lit": numpy.array([1, 0])})
        self.assertEqual(values, [2, 1, 0, 2, -2])

    def test_names(self):
        o = Observation(spaces.Box(-1, 1, (3,)), ["x", None, {"name": "z", "max": 0.5}])
        self.assertEqual([f["name"] for f in o.features], ["x", "z"])
        self.assertEqual(o.values(numpy.array([0.25, 9, 9])), [0.25, 0.5])
        with self.assertRaisesRegex(ValueError, "names 1 features, an observation has 3"):
            Observation(spaces.Box(-1, 1, (3,)), ["x"])

    def test_derived(self):
        space = spaces.Box(-1, 1, (2,))
        o = Observation(space, ["x", "v"], derived=[{"name": "soon", "of": {"x": 1, "v": 0.5}, "min": -1, "max": 1, "unit": "m"}])
        self.assertEqual(o.features[2], {"name": "soon", "kind": "number", "description": "a sum of other features", "min": -1, "max": 1, "unit": "m"})
        self.assertEqual(o.values(numpy.array([0.25, 0.5])), [0.25, 0.5, 0.5])
        self.assertEqual(o.values(numpy.array([1, 1]))[2], 1)
        with self.assertRaisesRegex(ValueError, "made of 'w', which is no feature; there are x, v"):
            Observation(space, ["x", "v"], derived=[{"name": "soon", "of": {"w": 1}, "min": 0, "max": 1}])
        with self.assertRaisesRegex(ValueError, "needs name, of, min and max"):
            Observation(space, ["x", "v"], derived=[{"name": "soon", "of": {"x": 1}}])

    def test_action(self):
        a = Action(spaces.Dict({"gear": spaces.Discrete(2), "wheel": spaces.Box(-1, 1, (1,), numpy.float32)}))
        self.assertEqual([t["name"] for t in a.tasks], ["gear_0", "gear_1", "set_wheel"])
        self.assertEqual(a.channels, ["gear", "wheel"])
        built = a.action([{"task": 1}, {"task": 2, "args": [{"given": True, "number": 7.0}]}])
        self.assertEqual((built["gear"], built["wheel"].tolist()), (1, [1.0]))
        built = a.action([])
        self.assertEqual((built["gear"], built["wheel"].tolist()), (0, [0.0]))

    def test_what_is_too_large_is_told(self):
        with self.assertRaisesRegex(ValueError, "more than 512"):
            Observation(spaces.Box(0, 255, (84, 84), numpy.uint8))
        with self.assertRaisesRegex(ValueError, "has no words"):
            Observation(spaces.Text(3))

    def test_identifier(self):
        self.assertEqual([identifier(t, "f") for t in ("Cart Pole-v1", "9", "ü")], ["cart_pole_v1", "f_9", "f"])


class Broken:
    observation_space, action_space = spaces.Box(0, 1, (1,)), spaces.Discrete(2)

    def reset(self, seed=None):
        return numpy.array([0.5]), {}

    def step(self, action):
        print("a line on standard output")
        raise RuntimeError("no more ideas")


class Peer(unittest.TestCase):
    def test_what_an_environment_throws_is_answered(self):
        source = io.StringIO('{"id":1,"do":"hello","protocol":1}\n{"id":2,"do":"reset","seed":3}\n{"id":3,"do":"step","commands":[[{"task":1}]]}\n'
                             '{"id":4,"do":"dance"}\n{"id":5,"do":"hello","protocol":9}\n')
        sink = io.StringIO()
        protocol.serve(adapters.Gym("broken", Broken), source, sink)
        answers = [json.loads(line) for line in sink.getvalue().splitlines()]
        self.assertEqual([a["id"] for a in answers], [1, 2, 3, 4, 5])
        self.assertEqual(answers[0]["vocabulary"]["game"], "broken")
        self.assertEqual(answers[1]["state"]["seats"][0]["readings"], [0.5])
        self.assertIn("RuntimeError: no more ideas", answers[2]["error"])
        self.assertIn("no request 'dance'", answers[3]["error"])
        self.assertIn("version 1", answers[4]["error"])


if __name__ == "__main__":
    unittest.main()
