"""Drives real agents in Tether sessions through everything they can be up to, and compares the states that the daemon told meanwhile with the truth.

    live.py --agents DIR --model-server 'COMMAND {port} {log}' [--tether PROGRAM] [--minutes N] [--hooks on|off] [--out DIR] AGENT…

AGENT is codex, claude, opencode or pi; DIR/bin holds their programs. What the model does is in the prompts: the model server must understand
[[SLEEP ms]], [[STREAM n ms]], [[RUN command]], [[TOOL name {json}]] and [[SAY text]], and log each request as a line of JSON with members n (its number),
method and body, and each answer with n, t (time) and answered (with `call` or `text`). With --hooks on (the default) the queue answers what is asked, with off the agents' own prompts do. --out keeps the states
(AGENT.events.jsonl), the truth (AGENT.truth.jsonl) and a recording with labels of each session, for scripts/agent-states.

Right is what was right within a second of the truth; a false change is one to a state that the agent was not in within a second of it.
"""
import argparse, json, os, subprocess, sys, threading, time, traceback
import score
from steps import Steps


class Run(Steps):
    def run(self):
        try:
            self.tether("start", check=False)
            self.events = os.path.join(self.options.out or self.folder, f"{self.agent}.events.jsonl")
            watch = subprocess.Popen([self.options.tether, "watch", "--json"], env=self.env, stdout=open(self.events, "w"), stderr=subprocess.DEVNULL)
            self.truth = []
            end = time.time() + self.options.minutes * 60
            number = 0
            while time.time() < end:
                self.start()
                for _ in range(self.options.rounds):
                    for step in self.all():
                        self.attempt(step, number)
                        if time.time() > end:
                            break
                    number += 1
                    if time.time() > end:
                        break
                self.attempt(lambda _: self.exit(), number)
                self.keep()
            watch.terminate()
            watch.wait()
            print(score.of(self.agent, score.read_events(self.events), self.truth, self.delays), flush=True)
        except Exception:
            traceback.print_exc()
        finally:
            self.close()

    def attempt(self, step, number):
        try:
            step(number)
        except Exception as e:
            print(f"{self.agent} at {time.time() - self.began:.0f} s: {getattr(step, '__name__', 'step')}: {e}", file=sys.stderr, flush=True)
            self.label("?", "trouble")
            time.sleep(5)
        self.told()
        time.sleep(3)

    def told(self):
        """The truth up to now, for whoever looks while it runs."""
        if self.options.out:
            with open(os.path.join(self.options.out, f"{self.agent}.truth.jsonl"), "w") as file:
                for at, state, example in sorted(self.truth + self.labels):
                    file.write(json.dumps([at, state, example]) + "\n")

    def keep(self):
        self.label("?", "over")
        self.truth += self.labels
        self.told()
        if self.options.out:
            self.save(os.path.join(self.options.out, f"{self.agent}-{int(self.began)}"))
        self.tether("stop", self.id, "--force", check=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", required=True)
    parser.add_argument("--model-server", required=True)
    parser.add_argument("--tether", default="tether")
    parser.add_argument("--program", help="the program's name in DIR/bin, when it is not the agent's")
    parser.add_argument("--home", action="append", default=[], help="a folder to copy into the agent's home")
    parser.add_argument("--hooks", choices=["on", "off"], default="on")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3, help="after so many the agent is ended and started anew")
    parser.add_argument("--out")
    parser.add_argument("agent", nargs="+")
    options = parser.parse_args()
    if options.out:
        os.makedirs(options.out, exist_ok=True)
    threads = [threading.Thread(target=Run(agent, options).run) for agent in options.agent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
