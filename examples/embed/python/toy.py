"""The toy game of ../c/toy.c in Python, around the same exported tree.

    dryad policy export ../keeper.dryad --to c -o .
    cc -std=c99 -shared -fPIC keeper.c -o keeper.so && python3 toy.py ./keeper.so

The structures are those of keeper.h.
"""

import ctypes
import sys
from ctypes import CFUNCTYPE, POINTER, Structure, c_bool, c_double, c_int, c_int32, c_int64, c_uint32, c_uint64, c_void_p

AGENT, POSITION = 7, 9
RUNNING, SUCCESS = 1, 2
WIDTH, HEIGHT, TICKS = 12, 8, 120


class Target(Structure):
    _fields_ = [("kind", c_int32), ("id", c_int32), ("x", c_int32), ("y", c_int32), ("z", c_int32)]


class Value(Structure):
    _fields_ = [("given", c_bool), ("number", c_double), ("target", Target)]


class Call(Structure):
    _fields_ = [("arguments", Value * 1), ("started", c_bool), ("may", c_uint32), ("used", c_uint32),
                ("draw", c_uint64), ("state", POINTER(c_uint64)), ("words", c_int32), ("node", c_int32)]


class Command(Structure):
    _fields_ = [("task", c_int), ("arguments", Value * 1)]


class Commands(Structure):
    _fields_ = [("move", Command)]


class Features(Structure):
    _fields_ = [("is_it", c_bool), ("it_distance", c_double)]


Chooser = CFUNCTYPE(c_bool, c_void_p, c_uint64, POINTER(Target))
Task = CFUNCTYPE(c_int, c_void_p, POINTER(Call))
Halt = CFUNCTYPE(None, c_void_p, c_int, POINTER(Call))


class Host(Structure):
    _fields_ = [("context", c_void_p), ("nearest_player", Chooser), ("it_player", Chooser), ("farthest_cell", Chooser),
                ("move_to", Task), ("flee", Task), ("stay", Task), ("halt", Halt)]


def sign(v):
    return (v > 0) - (v < 0)


class Game:
    def __init__(self):
        self.x, self.y = [1, 10], [1, 6]
        self.it, self.frozen = 1, 0
        self.wanted = (0, 0)

    def apart(self):
        return abs(self.x[0] - self.x[1]) + abs(self.y[0] - self.y[1])

    def towards(self, player, x, y):
        sx, sy = x - self.x[player], y - self.y[player]
        dx = sign(sx) if abs(sx) >= abs(sy) else 0
        return dx, 0 if dx else sign(sy)

    def nearest_player(self, _context, _draw, target):
        target[0] = Target(AGENT, 1, self.x[1], self.y[1], 0)
        return True

    def it_player(self, context, draw, target):
        return self.it == 1 and self.nearest_player(context, draw, target)

    def farthest_cell(self, _context, _draw, target):
        best = -1
        for i in range(4):
            x, y = i % 2 * (WIDTH - 1), i // 2 * (HEIGHT - 1)
            d = abs(x - self.x[1]) + abs(y - self.y[1])
            if d > best:
                best = d
                target[0] = Target(POSITION, i, x, y, 0)
        return True

    def move_to(self, _context, call):
        call = call[0]
        t = call.arguments[0].target
        x, y = (self.x[t.id], self.y[t.id]) if t.kind == AGENT else (t.x, t.y)
        if abs(x - self.x[0]) + abs(y - self.y[0]) <= (t.kind == AGENT):
            return SUCCESS
        self.wanted = self.towards(0, x, y)
        call.used = call.may
        return RUNNING

    def flee(self, _context, call):
        best = -1
        for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            x, y = self.x[0] + dx, self.y[0] + dy
            d = abs(x - self.x[1]) + abs(y - self.y[1])
            if 0 <= x < WIDTH and 0 <= y < HEIGHT and d > best:
                best = d
                self.wanted = (dx, dy)
        call[0].used = call[0].may
        return RUNNING

    def stay(self, _context, call):
        call = call[0]
        self.wanted = (0, 0)
        call.used = call.may
        call.state[0] += 1
        return SUCCESS if call.state[0] >= call.arguments[0].number else RUNNING


def main(path):
    tree = ctypes.CDLL(path)
    tree.keeper_start.argtypes = [c_void_p, c_uint64, c_uint64]
    tree.keeper_tick.argtypes = [c_void_p, c_int64, POINTER(Features), POINTER(Host), POINTER(Commands)]
    tree.keeper_key_hunts.argtypes, tree.keeper_key_hunts.restype = [c_void_p], c_double

    g = Game()
    host = Host(None, Chooser(g.nearest_player), Chooser(g.it_player), Chooser(g.farthest_cell),
                Task(g.move_to), Task(g.flee), Task(g.stay))
    agent = ctypes.create_string_buffer(8 * 4096)  # more than any small tree needs
    commands = Commands()
    tree.keeper_start(agent, 7, 0)
    for now in range(TICKS):
        features = Features(g.it == 0, 0 if g.it == 0 else g.apart())
        status = tree.keeper_tick(agent, now, features, host, commands)
        if commands.move.task != 0 and not (g.it == 0 and g.frozen > 0):
            g.x[0] += g.wanted[0]
            g.y[0] += g.wanted[1]
        if g.it == 1 and g.frozen == 0 and now % 3 != 2:
            dx, dy = g.towards(1, g.x[0], g.y[0])
            g.x[1] += dx
            g.y[1] += dy
        if g.frozen > 0:
            g.frozen -= 1
        elif g.apart() <= 1:
            g.it, g.frozen = 1 - g.it, 5
        print(f"{now} {g.x[0]},{g.y[0]} {g.x[1]},{g.y[1]} it {g.it} status {status} hunts {tree.keeper_key_hunts(agent):g}")


main(sys.argv[1])
