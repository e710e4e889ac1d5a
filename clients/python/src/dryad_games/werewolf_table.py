"""Plays Werewolf at the table of kaggle-environments, dryad against its sample agents.

dryad answers for its seats over HTTP (dryad kaggle). Each deal is played twice:
dryad's agents are the werewolves of one game and the village of the other.

    dryad kaggle --listen 127.0.0.1:8000 --agent heuristic &
    python -m dryad_games.werewolf_table --url http://127.0.0.1:8000 --deals 100

The package kaggle-environments must be installed.
"""

import argparse
import json
import math
import random
import sys

TALKS = {
    "round_robin": {"name": "RoundRobinDiscussion", "params": {"max_rounds": 1}},
    "parallel": {"name": "ParallelDiscussion", "params": {"ticks": 2}},
    "turn_bids": {
        "name": "TurnByTurnBiddingDiscussion",
        "params": {"max_turns": 8, "bidding": {"name": "UrgencyBiddingProtocol"}},
    },
    "round_bids": {
        "name": "RoundByRoundBiddingDiscussion",
        "params": {"max_rounds": 1, "bidding": {"name": "SimpleBiddingProtocol"}},
    },
}
VOTES = {"parallel": "SimultaneousMajority", "sequential": "SequentialVoting"}
SIDES = ("werewolves", "village")


def configuration(options, seed):
    """The configuration of a game: seven players, roles dealt by the seed."""
    roles = ["Werewolf", "Werewolf", "Seer", "Doctor", "Villager", "Villager", "Villager"]
    params = {
        "Seer": {"reveal_level": options.seer},
        "Doctor": {"allow_self_save": options.self_save},
    }
    vote = {"name": VOTES[options.votes], "params": {}}
    if options.ties != "random":  # before Python 3.12, SimultaneousMajority takes no name of a rule for ties
        vote["params"]["tie_break"] = options.ties
    return {
        "seed": seed,
        "randomize_roles": True,
        "agents": [
            {"id": f"Player {i + 1}", "role": role, "agent_id": "random", "role_params": params.get(role, {})}
            for i, role in enumerate(roles)
        ],
        "night_elimination_reveal_level": options.reveal,
        "day_exile_reveal_level": options.reveal,
        "discussion_protocol": TALKS[options.talk],
        "day_voting_protocol": vote,
        "werewolf_night_vote_protocol": vote,
        "actTimeout": options.timeout,
    }


def play(options, deal, side):
    """Plays one game and returns its record."""
    from kaggle_environments import make
    from kaggle_environments.agent import UrlAgent
    from kaggle_environments.envs.werewolf.game.roles import shuffle_roles

    config = configuration(options, deal)
    dealt = [agent["role"] for agent in shuffle_roles(config["agents"], deal)]
    url = f"{options.url}/{options.talk}/{options.votes}/{deal}/{side}"
    dryad = UrlAgent(url, "werewolf")
    agents, ours = [], set()
    for i, role in enumerate(dealt):
        if (role == "Werewolf") == (side == "werewolves"):
            ours.add(f"Player {i + 1}")
            # A function keeps all agents in this process.
            agents.append(lambda observation, configuration: dryad(observation, configuration))
        else:
            agents.append(options.against)
    random.seed(deal)  # ties, and what the sample agents do
    env = make("werewolf", configuration=config)
    env.run(agents)
    return record(env, ours, side)


def record(env, ours, side):
    end = env.info.get("GAME_END", {})
    events = [json.loads(e["json_str"]) for step in env.info["MODERATOR_OBSERVATION"] for e in step]
    faults = []
    for e in events:
        data = e.get("data") or {}
        name = e["event_name"]
        if name == "no_op_action" and data.get("actor_id") in ours:
            faults.append("no-op: " + e["description"][:200])
        elif name == "error":
            alone = len(e["visible_to"]) == 1 and e["visible_to"][0] in ours
            # SimultaneousMajority tells a vote for nobody as an invalid one.
            abstained = data.get("target_id") == "-1"
            if (alone or data.get("actor_id") in ours) and not abstained:
                faults.append(e["description"][:200])
    if end.get("terminated_with_agent_error"):
        faults.append("the game ended by an agent's error")
    winner = end.get("winner_team")
    return {
        "won": (winner == "Werewolves") == (side == "werewolves") if winner else None,
        "days": end.get("last_day"),
        "faults": faults,
    }


def interval(won, n):
    """Wilson's interval of 95 % for a win rate."""
    if n == 0:
        return 0.0, 1.0
    z = 1.959964
    p = won / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return middle - half, middle + half


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="dryad_games.werewolf_table", description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True, help="address that dryad kaggle printed")
    parser.add_argument("--deals", type=int, default=100, help="each is played twice (default 100)")
    parser.add_argument("--seed", type=int, default=1, help="the first deal's seed (default 1)")
    parser.add_argument("--against", choices=("random", "deterministic"), default="random", help="Kaggle's sample agent")
    parser.add_argument("--talk", choices=TALKS, default="round_robin", help="the discussion (default round_robin)")
    parser.add_argument("--votes", choices=VOTES, default="parallel", help="by day and by night (default parallel)")
    parser.add_argument("--each", action="store_true", help="play each discussion with each vote")
    parser.add_argument("--ties", choices=("random", "no_elected"), default="random")
    parser.add_argument("--reveal", choices=("no_reveal", "team", "role"), default="role", help="of the dead")
    parser.add_argument("--seer", choices=("role", "team"), default="role", help="what the seer learns")
    parser.add_argument("--self-save", action="store_true", help="let the doctor save itself")
    parser.add_argument("--timeout", type=float, default=600, help="seconds that an agent has for an action")
    options = parser.parse_args(arguments)

    faults = 0
    for options.talk in TALKS if options.each else [options.talk]:
        for options.votes in VOTES if options.each else [options.votes]:
            result = measure(options)
            faults += len(result["faults"])
            print(json.dumps(result), flush=True)
    return 1 if faults else 0


def measure(options):
    """Plays all deals from both sides."""
    result = {"talk": options.talk, "votes": options.votes, "against": options.against, "faults": []}
    for side in SIDES:
        games = [play(options, options.seed + i, side) for i in range(options.deals)]
        won = sum(1 for g in games if g["won"])
        low, high = interval(won, len(games))
        result[side] = {"games": len(games), "won": won, "win_rate": won / len(games), "ci_low": low, "ci_high": high}
        result[side]["unfinished"] = sum(1 for g in games if g["won"] is None)
        result["faults"] += [f for g in games for f in g["faults"]]
    return result


if __name__ == "__main__":
    sys.exit(main())
