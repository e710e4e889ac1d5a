"""Holds the real Doom engine for dryad: one ViZDoom process a seat.

dryad starts ``python -m dryad_games.vizdoom_peer`` and asks over standard input, one
JSON message a line; every request is answered by one line. docs/vizdoom.md specifies
the messages. The peer passes on what a seat may know and nothing more: its own state,
the objects that the engine has drawn for it (its labels), the deaths and scores that
the engine announces to everybody, and how doors and lifts stand.

All processes of a match advance together: a step returns when every engine has made
its tic.
"""

import json
import os
import random
import re
import socket
import struct
import sys
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

PROTOCOL = 1

# The own state of a seat, in the order in which it is sent.
VARIABLES = [
    "POSITION_X", "POSITION_Y", "POSITION_Z", "VELOCITY_X", "VELOCITY_Y", "VELOCITY_Z",
    "ANGLE", "PITCH", "ON_GROUND", "HEALTH", "ARMOR", "SELECTED_WEAPON",
    "WEAPON1", "WEAPON2", "WEAPON3", "WEAPON4", "WEAPON5", "WEAPON6", "WEAPON7",
    "AMMO2", "AMMO3", "AMMO5", "AMMO6", "ATTACK_READY", "DEAD", "DEATHCOUNT",
    "HITCOUNT", "DAMAGECOUNT", "DAMAGE_TAKEN", "KILLCOUNT",
]
MOST_JOINING = 105  # tics that bots may take to join
LENGTHS = 6  # so many of the first are lengths, in 1/65536 map unit
ANGLE, PITCH = 6, 7

BUTTONS = ["ATTACK", "USE", "MOVE_FORWARD_BACKWARD_DELTA", "MOVE_LEFT_RIGHT_DELTA", "TURN_LEFT_RIGHT_DELTA", "LOOK_UP_DOWN_DELTA"]

# What a label can be, as the driver numbers it.
PLAYER, MONSTER, ITEM, MISSILE = 0, 1, 2, 3
MISSILES = {"Rocket", "PlasmaBall", "BFGBall"}
ITEMS = {
    "Stimpack", "Medikit", "HealthBonus", "Soulsphere", "Megasphere", "ArmorBonus", "GreenArmor", "BlueArmor",
    "Clip", "ClipBox", "Shell", "ShellBox", "RocketAmmo", "RocketBox", "Cell", "CellPack", "Backpack",
    "Chainsaw", "Shotgun", "SuperShotgun", "Chaingun", "RocketLauncher", "PlasmaRifle", "BFG9000",
    "Berserk", "InvulnerabilitySphere", "RadSuit",
}

WEAPONS = ["Fist", "Chainsaw", "Pistol", "Shotgun", "SuperShotgun", "Chaingun", "RocketLauncher", "PlasmaRifle", "BFG9000"]


def fixed(value: float) -> int:
    """A length in 1/65536 map unit, within 32 bits."""
    return max(-(2**31), min(2**31 - 1, round(value * 65536)))


def turn(degrees: float) -> int:
    """An angle as a signed number of 2**-32 turns."""
    n = round(degrees / 360 * 2**32) & 0xFFFFFFFF
    return n - 2**32 if n >= 2**31 else n


def whole(value: float) -> int:
    return max(-(2**31), min(2**31 - 1, int(value)))


def kind_of(name: str, category: str) -> Optional[int]:
    """Returns what an object is to a seat, or None for what is of no account."""
    if category == "Player":
        return PLAYER
    if category == "Monster":
        return MONSTER
    if name in MISSILES:
        return MISSILE
    if name in ITEMS:
        return ITEM
    return None


def png(pixels: Any) -> bytes:
    """Returns an array of height x width x 3 bytes as a PNG, with a palette if it has
    at most 256 colours."""
    import numpy

    height, width, _ = pixels.shape
    packed = pixels.astype(numpy.uint32)
    colours, indices = numpy.unique(packed[..., 0] << 16 | packed[..., 1] << 8 | packed[..., 2], return_inverse=True)
    few = len(colours) <= 256
    if few:
        pixels = indices.reshape(height, width).astype(numpy.uint8)
    rows = b"".join(b"\0" + pixels[y].tobytes() for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 3 if few else 2, 0, 0, 0)
    palette = chunk(b"PLTE", b"".join(int(c).to_bytes(3, "big") for c in colours)) if few else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + palette + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def deaths_of(note: str, names: Sequence[str], risen: Set[int]) -> List[Tuple[int, int]]:
    """Reads who died by whom from what the engine announces, line by line.

    names are those of the players, risen the players whose frags have risen in this
    tic. A line of a death names the victim, and the killer if there was one, in an
    order that differs from weapon to weapon. by is -1 where nobody is to blame.
    """
    deaths = []
    for line in note.splitlines():
        if line.endswith(" joined the game") or re.search(r" joined the \w+ team$", line) or line.endswith(" left the game"):
            continue
        found = [(m.start(), i) for i, name in enumerate(names) if name for m in [re.search(r"(?<!\w)" + re.escape(name) + r"(?!\w)", line)] if m]
        found.sort()
        players = [i for _, i in found]
        if len(players) == 1:
            deaths.append((-1, players[0]))
        elif len(players) == 2:
            first, second = players
            # The killer's frags rose. When both rose, each has killed the other.
            if (second in risen) == (first in risen):
                first, second = second, first  # "VICTIM was shot by KILLER"
                deaths.append((first, second))
            elif first in risen:
                deaths.append((first, second))
            else:
                deaths.append((second, first))
    return deaths


def choose_bots(text: str, teams: Sequence[Optional[int]], seed: int) -> Tuple[str, List[str]]:
    """Draws bots from the text of a bots.cfg, one for each team of teams (None for no
    team), and returns the text with them alone and their names."""
    blocks = [b for b in re.findall(r"\{[^{}]*\}", text) if re.search(r"(?m)^\s*name\s+\w+", b)]
    if len(blocks) < len(teams):
        raise ValueError("%d bots are asked for, the file has %d" % (len(teams), len(blocks)))
    chosen = random.Random(seed).sample(blocks, len(teams))
    names = [re.findall(r"(?m)^\s*name\s+(\w+)", b)[0] for b in chosen]
    lines = [b if team is None else b[:-1] + "\tteam\t%d\n}" % team for b, team in zip(chosen, teams)]
    return "\n".join(lines) + "\n", names


class Seat:
    """One engine process."""

    def __init__(self, vizdoom: Any, start: Dict[str, Any], seat: int, port: int, hosts: bool, config: str) -> None:
        self.seat = seat
        self.told: Set[int] = set()
        self.dead_for = 0
        self.respawn = 0
        players = start["players"]
        people = [i for i, p in enumerate(players) if not p.get("bot")]
        game = vizdoom.DoomGame()
        self.game = game
        here = os.path.dirname(vizdoom.__file__)
        game.set_doom_game_path(start.get("iwad") or os.path.join(here, "freedoom2.wad"))
        if start.get("wad"):  # a bare name is one of the engine's own
            game.set_doom_scenario_path(os.path.join(vizdoom.scenarios_path, start["wad"]))
        game.set_doom_map(start["map"])
        game.set_doom_config_path(config)
        game.set_doom_skill(int(start.get("skill", 3)))
        game.set_window_visible(False)
        game.set_sound_enabled(False)
        game.set_console_enabled(False)
        game.set_screen_resolution(getattr(vizdoom.ScreenResolution, start.get("resolution", "RES_320X240")))
        game.set_screen_format(vizdoom.ScreenFormat.RGB24)
        game.set_render_hud(False)
        game.set_render_weapon(False)
        game.set_render_crosshair(False)
        game.set_render_messages(False)
        game.set_mode(vizdoom.Mode.PLAYER)
        game.set_labels_buffer_enabled(True)
        game.set_objects_info_enabled(True)
        game.set_sectors_info_enabled(hosts)
        game.set_notifications_buffer_enabled(hosts)
        game.set_notifications_buffer_size(1)
        game.set_seed(int(start["seed"]) & 0x7FFFFFFF)
        game.set_episode_timeout(0)
        game.set_episode_start_time(1)
        for b in BUTTONS:
            game.add_available_button(getattr(vizdoom.Button, b))
        for v in VARIABLES:
            game.add_available_game_variable(getattr(vizdoom.GameVariable, v))
        args = list(start.get("args", []))
        if start.get("net", True):
            if hosts:
                args += ["-host", str(len(people)), "-port", str(port)]
                args += start.get("host_args", [])
            else:
                args += ["-join", "127.0.0.1:%d" % port]
            args += ["+name", player_name(seat), "+colorset", "0", "+neverswitchonpickup", "1"]
            if players[seat].get("team") is not None:
                args += ["+team", str(int(players[seat]["team"]))]
        game.add_game_args(" ".join(args))
        game.init()
        if int(start.get("fov", 90)) != 90:
            game.send_game_command("fov %d" % int(start["fov"]))

    def step(self, command: Sequence[int]) -> None:
        """Makes one tic. A dead player waits, then asks to come back."""
        game = self.game
        if game.is_player_dead():
            self.dead_for += 1
            game.make_action([0, int(self.dead_for > self.respawn and self.dead_for % 2), 0, 0, 0, 0])
            return
        self.dead_for = 0
        forward, side, turned, pitch, fire, use, weapon = command
        if weapon:
            game.send_game_command("use " + WEAPONS[weapon - 1])
        # Turns are told to the left and upward in 1/65536 turn; the engine wants degrees to the right.
        game.make_action([fire, use, forward, side, -turned * 360 / 65536, pitch * 360 / 65536])

    def perceive(self) -> Dict[str, Any]:
        """Returns what the seat may know now."""
        state = self.game.get_state()
        if state is None:
            return {}
        own = []
        for i, v in enumerate(state.game_variables):
            v = float(v)
            if i < LENGTHS:
                own.append(fixed(v))
            elif i == ANGLE:
                own.append(turn(v))
            elif i == PITCH:
                own.append(turn(-v))
            else:
                own.append(whole(v))
        seen, names, alive = [], [], set()
        for o in state.objects:
            if o.id in self.told and o.name[:4] != "Dead":
                alive.add(o.id)
        for label in state.labels:
            kind = kind_of(label.object_name, label.object_category)
            if kind is None:
                continue
            seen.append([
                label.object_id, kind, fixed(label.object_position_x), fixed(label.object_position_y), fixed(label.object_position_z),
                fixed(label.object_velocity_x), fixed(label.object_velocity_y), fixed(label.object_velocity_z), turn(label.object_angle),
            ])
            names.append(label.object_name)
            if kind in (PLAYER, MONSTER):
                self.told.add(label.object_id)
                alive.add(label.object_id)
        lost = sorted(self.told - alive)
        self.told &= alive
        return {"self": own, "seen": seen, "names": names, "lost": lost}


def player_name(seat: int) -> str:
    return "Seat%dX" % seat


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Match:
    """One match: its engines, and what is announced to everybody."""

    def __init__(self, start: Dict[str, Any]) -> None:
        import vizdoom

        self.players = start["players"]
        self.people = [i for i, p in enumerate(self.players) if not p.get("bot")]
        if not self.people:
            raise ValueError("all seats are bots: one seat has to be played by a policy")
        self.net = bool(start.get("net", True))
        self.folder = tempfile.TemporaryDirectory(prefix="dryad-vizdoom-")
        text = start.get("bots")
        if not text:
            with open(os.path.join(os.path.dirname(vizdoom.__file__), "bots.cfg"), encoding="ascii") as f:
                text = f.read()
        text, bots = choose_bots(text, [p.get("team") for p in self.players if p.get("bot")], int(start["seed"]))
        # The engine reads the file from the folder that it is started in.
        with open(os.path.join(self.folder.name, "bots.cfg"), "w", encoding="ascii") as f:
            f.write(text)
        os.chdir(self.folder.name)
        port = free_port()
        self.seats: List[Optional[Seat]] = [None] * len(self.players)
        self.pool = ThreadPoolExecutor(max_workers=len(self.people))

        def begin(seat: int) -> None:
            config = os.path.join(self.folder.name, "seat%d.ini" % seat)
            self.seats[seat] = Seat(vizdoom, start, seat, port, seat == self.people[0], config)

        self.each(begin, self.people)
        self.host = self.seats[self.people[0]]
        for name in bots:
            self.host.game.send_game_command("addbot " + name)
        self.sectors: Dict[int, Tuple[int, int]] = {}
        self.order: List[int] = []  # by player of the engine: our seat
        self.respawn = int(start.get("respawn", 70))
        self.before = [0] * len(self.players)  # frags before the match
        self.frags = [0] * len(self.players)
        self.names: List[str] = []
        self.note = ""  # what was announced before the match

    def each(self, do: Any, seats: Sequence[int]) -> List[Any]:
        if len(seats) == 1:
            return [do(seats[0])]
        return list(self.pool.map(do, seats))

    def gather(self) -> None:
        """Waits until everybody has joined, and lives: bots join in the first tics, and
        may appear where a player stands. What happens meanwhile does not count."""
        for _ in range(MOST_JOINING):
            if not self.net:
                self.order = list(range(len(self.players)))
                return
            server = self.host.game.get_server_state()
            self.seat_players(server)
            if len(self.order) == len(self.players) and not any(self.seats[s].game.is_player_dead() for s in self.people):
                for player, seat in enumerate(self.order):
                    self.before[seat] = int(server.players_frags[player])
                self.note = self.host.game.get_state().notifications_buffer
                for s in self.people:
                    self.seats[s].respawn = self.respawn
                return
            self.each(lambda s: self.seats[s].step([0] * 7), self.people)
        raise ValueError("only %d of %d players have joined" % (len(self.order), len(self.players)))

    def step(self, commands: Sequence[Sequence[int]]) -> Dict[str, Any]:
        over = any(self.seats[s].game.is_episode_finished() for s in self.people)
        if not over:
            self.each(lambda s: self.seats[s].step(commands[s]), self.people)
        return self.state()

    def state(self) -> Dict[str, Any]:
        told = self.each(lambda s: self.seats[s].perceive(), self.people)
        seats: List[Dict[str, Any]] = [{} for _ in self.players]
        for s, t in zip(self.people, told):
            seats[s] = t
        host = self.host.game
        out: Dict[str, Any] = {"seats": seats}
        if any(self.seats[s].game.is_episode_finished() for s in self.people):
            out["over"] = True
            return out
        state = host.get_state()
        changed = []
        for i, s in enumerate(state.sectors or []):
            heights = (fixed(s.floor_height), fixed(s.ceiling_height))
            if self.sectors.get(i) != heights:
                self.sectors[i] = heights
                changed.append([i, heights[0], heights[1]])
        out["sectors"] = changed
        if self.net:
            server = host.get_server_state()
            frags = list(self.frags)
            for player, seat in enumerate(self.order):
                frags[seat] = int(server.players_frags[player]) - self.before[seat]
            risen = {s for s in range(len(frags)) if frags[s] > self.frags[s]}
            self.frags = frags
            note = state.notifications_buffer or ""
            if note == self.note:
                note = ""  # of before the match
            self.note = ""
            out["deaths"] = [list(d) for d in deaths_of(note, self.names, risen)] if note else []
            out["frags"] = frags
        return out

    def seat_players(self, server: Any) -> None:
        """Finds which seat each player of the engine is. Bots take their seats in the order in which they come."""
        order, bots = [], [i for i, p in enumerate(self.players) if p.get("bot")]
        mine = {player_name(s): s for s in self.people}
        names = [""] * len(self.players)
        for name, there in zip(server.players_names, server.players_in_game):
            if not there:
                break
            seat = mine[name] if name in mine else bots.pop(0) if bots else None
            if seat is None:
                break
            order.append(seat)
            names[seat] = name
        self.order, self.names = order, names

    def render(self, seat: int) -> bytes:
        state = self.seats[seat].game.get_state() if self.seats[seat] else None
        if state is None or state.screen_buffer is None:
            raise ValueError("the engine has no picture of seat %d" % seat)
        return png(state.screen_buffer)

    def film(self) -> List[str]:
        """Returns the present picture of each seat, empty where there is none."""
        import base64

        out = []
        for s in self.seats:
            state = s.game.get_state() if s else None
            none = state is None or state.screen_buffer is None
            out.append("" if none else base64.b64encode(png(state.screen_buffer)).decode("ascii"))
        return out

    def close(self) -> None:
        self.each(lambda s: self.seats[s] and self.seats[s].game.close(), self.people)
        self.pool.shutdown(wait=False)
        self.folder.cleanup()


class Peer:
    """Answers requests."""

    def __init__(self) -> None:
        self.match: Optional[Match] = None

    def end(self) -> None:
        if self.match is not None:
            self.match.close()
            self.match = None

    def answer(self, request: Dict[str, Any]) -> Dict[str, Any]:
        do = request.get("do")
        if do == "hello":
            import vizdoom

            return {"protocol": PROTOCOL, "engine": vizdoom.__version__, "scenarios": vizdoom.scenarios_path, "variables": VARIABLES}
        if do == "start":
            self.end()
            self.match = Match(request["start"])
            self.match.gather()
            return {"state": self.match.state()}
        if self.match is None:
            raise ValueError("no match has been started")
        if do == "step":
            state = self.match.step(request["commands"])
            if request.get("film"):
                state["pictures"] = self.match.film()
            return {"state": state}
        if do == "render":
            import base64

            return {"picture": base64.b64encode(self.match.render(int(request.get("seat", 0)))).decode("ascii")}
        raise ValueError("%r is no request of this protocol" % (do,))


def main() -> int:
    # What the engine writes to standard output must not come between the answers.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    peer = Peer()
    for line in sys.stdin:
        request = json.loads(line)
        reply: Dict[str, Any]
        try:
            if request.get("do") == "close":
                break
            reply = peer.answer(request)
        except Exception as fault:  # every fault of the engine is the answer to its request
            reply = {"error": "%s: %s" % (type(fault).__name__, fault)}
        reply["id"] = request.get("id")
        out.write(json.dumps(reply, separators=(",", ":"), allow_nan=False) + "\n")
        out.flush()
    peer.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
