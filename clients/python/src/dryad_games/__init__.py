"""Play Python's environments with dryad's trees, and dryad's games from Python.

As a game for dryad, on a command line of dryad::

    dryad play 'remote:python3 -m dryad_games gymnasium CartPole-v1' --seat mine.dryad

dryad's games as PettingZoo environments::

    from dryad_games.env import parallel_env
    env = parallel_env("tag", seats=3)

A policy of dryad's in Python::

    from dryad_games import Policy
    policy = Policy.load("x.dryad")
    commands = policy.tick({"health": 20, "has_enemy_in_view": True})
"""

from .policy import Policy
from .protocol import DryadError

__all__ = ["DryadError", "Policy"]
__version__ = "0.1.0"
