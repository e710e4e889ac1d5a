"""Runs trees in BehaviorTree.CPP. It reads one case a line, as JSON:

    {"xml": ..., "sync": ["a1"], "stateful": ["s1"], "conditions": ["c1"],
     "answers": {"a1": "SF", "s1": "RRS", "c1": "SFS"}, "numbers": {"n1": [1, 2]}, "ticks": 10}

and writes one answer a line: {"status": ["R", "S"], "calls": [["a1"], []]} or
{"error": ...}. An action takes its next answer at every call; a condition and a
number have one for each tick. They repeat.
"""
import json
import sys

from behaviortreepy import BehaviorTreeFactory, NodeStatus

STATUS = {"S": NodeStatus.SUCCESS, "F": NodeStatus.FAILURE, "R": NodeStatus.RUNNING}
LETTER = {NodeStatus.SUCCESS: "S", NodeStatus.FAILURE: "F", NodeStatus.RUNNING: "R",
          NodeStatus.SKIPPED: "K", NodeStatus.IDLE: "I"}


def run(case):
    factory = BehaviorTreeFactory()
    answers, at, calls, now = case["answers"], {}, [], [0]

    def action(name):
        def tick(_node):
            place = at.get(name, 0)
            at[name] = place + 1
            calls.append(name)
            return STATUS[answers[name][place % len(answers[name])]]
        return tick

    def condition(name):
        return lambda _node: STATUS[answers[name][now[0] % len(answers[name])]]

    for name in case["sync"]:
        factory.register_simple_action(name, action(name))
    for name in case["stateful"]:
        factory.register_simple_stateful_action(name, action(name), action(name), lambda _node: None)
    for name in case["conditions"]:
        factory.register_simple_condition(name, condition(name))
    factory.register_behavior_tree_from_text(case["xml"])
    tree = factory.create_tree(case["main"])
    board = tree.root_blackboard()
    statuses, called = [], []
    for tick in range(case["ticks"]):
        now[0] = tick
        del calls[:]
        for name in case["conditions"]:
            board.set_bool(name, answers[name][tick % len(answers[name])] == "S")
        for name, values in case.get("numbers", {}).items():
            board.set_double(name, values[tick % len(values)])
        statuses.append(LETTER[tree.tick_exactly_once()])
        called.append(list(calls))
    return {"status": statuses, "calls": called}


for line in sys.stdin:
    try:
        result = run(json.loads(line))
    except Exception as error:  # whatever the engine throws
        result = {"error": str(error)}
    print(json.dumps(result), flush=True)
