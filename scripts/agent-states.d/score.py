"""Holds the states that the daemon told against the truth: score.py AGENT EVENTS TRUTH, also while a run writes both."""
import collections, json, sys
from rig import time_of

WITHIN = 1.0
STEP = 0.05


def read_events(path):
    """(time, state, what was told) of each change, from `tether watch --json`."""
    changes = []
    with open(path) as file:
        for line in file:
            if line.endswith("\n") and (event := json.loads(line))["kind"] == "state":
                changes.append((time_of(event["at"]), event["text"].split(" ")[0], event["text"]))
    return changes


def fits(state, truth):
    return state in truth.split("|") or (state == "done" and "waiting" in truth.split("|"))


def of(agent, changes, labels, delays=()):
    """A report as text: shares by what the truth was an example of, what was wrong, and false changes."""
    labels = sorted(labels)
    begin = labels[0][0]
    right, wrong, slowest = collections.Counter(), collections.Counter(), collections.Counter()
    shown = {}
    state, next_change = "starting", 0
    for i, (since, truth, example) in enumerate(labels[:-1]):
        t = since
        while t < labels[i + 1][0]:
            while next_change < len(changes) and changes[next_change][0] <= t:
                state = changes[next_change][1]
                next_change += 1
            if truth != "?":
                is_right = fits(state, truth)
                if not is_right:
                    slowest[example] = max(slowest[example], t - since)
                if is_right or t - since < WITHIN:
                    right[example] += STEP
                else:
                    wrong[example] += STEP
                    shown.setdefault((since, truth, example, state), [t, 0])[1] += STEP
            t += STEP
    false = [change for change in changes if begin < change[0] < labels[-1][0] and not any(
        truth == "?" or fits(change[1], truth) for i, (at, truth, _) in enumerate(labels)
        if at - WITHIN <= change[0] and (i + 1 == len(labels) or labels[i + 1][0] + WITHIN >= change[0]))]

    all_right, all_wrong = sum(right.values()), sum(wrong.values())
    lines = [f"{agent}: {all_right / 60:.1f} of {(all_right + all_wrong) / 60:.1f} min right = {100 * all_right / max(STEP, all_right + all_wrong):.2f} %, "
             f"{len(changes)} changes, {len(false)} false"]
    if delays := sorted(delays):
        lines.append(f"   questions in the queue after {delays[len(delays) // 2]:.2f} s (median), {delays[-1]:.2f} s (slowest of {len(delays)})")
    for example in right:
        of_it = right[example] + wrong[example]
        lines.append(f"   {example:12} {100 * right[example] / of_it:6.2f} % of {of_it / 60:5.1f} min, not right until {slowest[example]:.2f} s")
    for (since, truth, example, said), (at, much) in sorted(shown.items()):
        lines.append(f"   wrong at {at - begin:.1f} ({example} since {since - begin:.1f}): {truth}, and it said {said} for {much:.2f} s")
    lines += [f"   false at {at - begin:.1f}: {text}" for at, _, text in false]
    return "\n".join(lines)


if __name__ == "__main__":
    with open(sys.argv[3]) as file:
        print(of(sys.argv[1], read_events(sys.argv[2]), [json.loads(line) for line in file]))
