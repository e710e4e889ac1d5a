"""What the peer of the real Doom reads and writes, without the engine."""

import unittest
import zlib

import numpy

from dryad_games import vizdoom_peer as peer


class Announcements(unittest.TestCase):
    names = ["Seat0X", "Leone", "MacGyver", "Jones", ""]

    def deaths(self, note, *risen):
        return peer.deaths_of(note, self.names, set(risen))

    def test_killer_first_or_last(self):
        self.assertEqual(self.deaths("Leone swapped two barrels upside MacGyver's head.\n", 1), [(1, 2)])
        self.assertEqual(self.deaths("MacGyver swallowed too much of Jones's polaric energy.\n", 3), [(3, 2)])

    def test_both_at_once(self):
        note = "Leone was shot by Jones.\nJones was shot by Leone.\n"
        self.assertEqual(self.deaths(note, 1, 3), [(3, 1), (1, 3)])

    def test_nobody_to_blame(self):
        self.assertEqual(self.deaths("Seat0X mutated.\n"), [(-1, 0)])

    def test_what_is_no_death(self):
        for note in ["", "You got the minigun!\n", "Jones joined the game\n", "Leone joined the Red team\n", "Jonesy died.\n"]:
            self.assertEqual(self.deaths(note), [], note)


class Bots(unittest.TestCase):
    text = "{\n\tname\tAda\n\taiming 1\n}\n\n{\n\tname\tBoole\n}\n// {\n"

    def test_are_drawn(self):
        text, names = peer.choose_bots(self.text, [None, None], 5)
        self.assertEqual(sorted(names), ["Ada", "Boole"])
        self.assertNotIn("team", text)
        text, names = peer.choose_bots(self.text, [1], 5)
        self.assertEqual((len(names), text.count("{"), text.count("team\t1\n}")), (1, 1, 1))
        with self.assertRaisesRegex(ValueError, "3 bots are asked for, the file has 2"):
            peer.choose_bots(self.text, [None] * 3, 5)


class Numbers(unittest.TestCase):
    def test_lengths_and_turns(self):
        self.assertEqual(peer.fixed(-1.5), -98304)
        self.assertEqual(peer.fixed(1e9), 2**31 - 1)
        self.assertEqual([peer.turn(d) for d in (0, 90, 180, 270, 360, -90)], [0, 2**30, -(2**31), -(2**30), 0, -(2**30)])
        self.assertEqual(peer.whole(-1e300), -(2**31))

    def test_kinds(self):
        kinds = [peer.kind_of(*w) for w in [("DoomPlayer", "Player"), ("DoomPlayer", "Self"), ("Demon", "Monster"), ("Rocket", "Explosive"), ("Soulsphere", "Health"), ("TechLamp2", "LightSource")]]
        self.assertEqual(kinds, [peer.PLAYER, None, peer.MONSTER, peer.MISSILE, peer.ITEM, None])

    def test_png(self):
        many = numpy.arange(3 * 1024, dtype=numpy.uint32).reshape(16, 64, 3) % 251
        for pixels, kind, rows in [
            (numpy.full((2, 3, 3), 7), 3, (b"\0" + b"\0" * 3) * 2),
            (many, 3, None),
            (numpy.stack([numpy.arange(512) % 256, numpy.arange(512) // 2, numpy.arange(512) // 3], 1).reshape(2, 256, 3), 2, None),
        ]:
            data = peer.png(pixels.astype(numpy.uint8))
            size = pixels.shape[1].to_bytes(4, "big") + pixels.shape[0].to_bytes(4, "big")
            self.assertEqual((data[:8], data[16:24], data[25]), (b"\x89PNG\r\n\x1a\n", size, kind))
            if rows is not None:
                start = data.index(b"IDAT") + 4
                self.assertEqual(zlib.decompress(data[start : start + int.from_bytes(data[start - 8 : start - 4], "big")]), rows)


class Requests(unittest.TestCase):
    def test_faults_are_answers(self):
        p = peer.Peer()
        for request, fault in [({"do": "step", "commands": []}, "no match"), ({"do": "render"}, "no match")]:
            with self.assertRaisesRegex(ValueError, fault):
                p.answer(request)

    def test_lists_agree(self):
        self.assertEqual((len(peer.VARIABLES), peer.VARIABLES[peer.ANGLE], peer.VARIABLES[peer.PITCH]), (30, "ANGLE", "PITCH"))


if __name__ == "__main__":
    unittest.main()
