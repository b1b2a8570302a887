"""Drives real agents in Tether sessions as record.py does, with all their channels (hooks, protocols, OSC, screens), answers what they ask by the
queue, and compares the states that the daemon told meanwhile with what the agents really did.

    live.py --agents DIR --model-server 'COMMAND {port} {log}' [--tether PROGRAM] [--minutes N] AGENT…

Right is what was right within a second of the truth; a false change is one to a state that the agent was not in within a second of it.
"""
import argparse, datetime, json, os, subprocess, sys, threading, time
import record

WITHIN = 1.0


class Live(record.Rig):
    def run(self):
        arguments = {"claude": ["--permission-mode", "default"]}.get(self.agent, [])
        self.began = time.time()
        self.id = self.tether("run", "--detach", self.agent, *(["--", *arguments] if arguments else [])).split()[0]
        self.events = os.path.join(self.folder, "events.jsonl")
        watch = subprocess.Popen([self.options.tether, "watch", self.id, "--json"], env=self.env, stdout=open(self.events, "w"), stderr=subprocess.DEVNULL)
        self.label("?", self.began)
        self.tether("wait", self.id, "--for", "text:" + self.READY[self.agent], "--timeout", "120", check=False)
        time.sleep(2)
        self.label("waiting")
        time.sleep(5)
        number = 0
        self.delays = []
        while time.time() - self.began < self.options.minutes * 60:
            for step in (self.turn, self.stream, self.allowed, self.denied, self.interrupted, self.long_approval, self.question):
                self.attempt(step, number)
            number += 1

        # Last, for the model server fails whenever the conversation has it.
        self.attempt(self.error, 0)
        self.label("?")
        time.sleep(1)
        watch.terminate()
        self.report()
        self.close()

    def item(self, kind, since):
        end = time.time() + 20
        while time.time() < end:
            for item in json.loads(self.tether("queue", self.id, "--json")):
                if item["kind"] == kind and item["way"] != "none":
                    asked = datetime.datetime.fromisoformat(item["askedAt"].replace("Z", "+00:00")).timestamp()
                    self.delays.append(asked - since)
                    return item
            time.sleep(0.1)
        raise RuntimeError(f"no {kind} in the queue")

    def ask(self, number):
        since = self.prompt(f"ask {number} {self.approval()} [[SLEEP 1500]] [[SAY asked]]")
        at = self.await_answer(since, "call")
        self.label("needs-approval|needs-answer", at + 0.1)
        return self.item("approval", at)

    def answered(self, number, wait, *command):
        item = self.ask(number)
        time.sleep(wait)
        at = time.time()
        self.tether(command[0], item["id"], *command[1:])
        self.label("working", time.time())
        self.over(at)

    def allowed(self, number):
        self.answered(number, 4, "approve")

    def long_approval(self, number):
        self.answered(number, 25, "approve")

    def interrupted(self, number):
        super().interrupted(number)
        if self.agent == "claude":
            # It puts what was interrupted back into its composer, which is somebody's draft now.
            self.keys("ctrl-u")
            time.sleep(1)

    def denied(self, number):
        item = self.ask(number)
        time.sleep(4)
        at = time.time()
        self.tether("deny", item["id"], "--reason", "not now")
        if self.agent == "opencode":
            self.label("?", at)
            time.sleep(4)
            self.label("waiting")
            time.sleep(4)
        else:
            self.label("working", time.time())
            self.over(at)

    def question(self, number):
        if self.agent != "claude":
            return
        since = self.prompt('ask me [[TOOL AskUserQuestion {"questions":[{"question":"Which colour?","header":"Colour","multiSelect":false,"options":[{"label":"Red","description":"r"},{"label":"Blue","description":"b"}]}]}]] [[SLEEP 1500]] [[SAY asked]]')
        at = self.await_answer(since, "call")
        self.label("needs-answer", at + 0.1)
        item = self.item("question", at)
        time.sleep(5)
        at = time.time()
        self.tether("answer", item["id"], "2")
        self.label("working", time.time())
        self.over(at)

    def report(self):
        changes = []
        for line in open(self.events):
            event = json.loads(line)
            if event["kind"] == "state":
                at = datetime.datetime.fromisoformat(event["at"].replace("Z", "+00:00")).timestamp() - self.began
                changes.append((at, event["text"].split(" ")[0], event["text"]))
        labels = sorted(self.labels)
        right = wrong = 0.0
        shown = {}
        step = 0.05
        t = labels[1][0]
        while t < labels[-1][0]:
            current = [i for i, label in enumerate(labels) if label[0] <= t][-1]
            since, truth = labels[current]
            state = ([c[1] for c in changes if c[0] <= t] or ["starting"])[-1]
            if truth != "?" and t - since >= 0:
                if self.fits(state, truth) or t - since < WITHIN:
                    right += step
                else:
                    wrong += step
                    shown.setdefault((round(since, 1), truth, state), [t, 0])[1] += step
            t += step
        false = [c for c in changes if c[0] > labels[1][0] and not any(
            truth == "?" or self.fits(c[1], truth) for i, (at, truth) in enumerate(labels)
            if at - WITHIN <= c[0] and (i + 1 == len(labels) or labels[i + 1][0] + WITHIN >= c[0]))]
        delays = sorted(self.delays)
        print(f"{self.agent}: {right / 60:.1f} of {(right + wrong) / 60:.1f} min right = {100 * right / (right + wrong):.2f} %, {len(changes)} changes, {len(false)} false; "
              f"questions in the queue after {delays[len(delays) // 2]:.2f} s (median), {delays[-1]:.2f} s (slowest of {len(delays)})", flush=True)
        for (since, truth, state), (at, much) in sorted(shown.items()):
            print(f"   {self.agent} at {at:.1f} (truth since {since}): {truth}, and it said {state} for {much:.2f} s")
        for at, state, text in false:
            print(f"   {self.agent} false at {at:.1f}: {text}")

    @staticmethod
    def fits(state, truth):
        return state in truth.split("|") or (state == "done" and truth == "waiting")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", required=True)
    parser.add_argument("--model-server", required=True)
    parser.add_argument("--tether", default="tether")
    parser.add_argument("--program")
    parser.add_argument("--home", action="append", default=[])
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("agent", nargs="+")
    options = parser.parse_args()
    threads = [threading.Thread(target=Live(agent, options).run) for agent in options.agent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
