"""What an agent goes through, each with its truth: a label's time is when the driver pressed the key or the model server answered; `?` where nobody can say."""
import time
from rig import Rig

QUESTIONS = {
    "claude": 'AskUserQuestion {"questions":[{"question":"Which colour?","header":"Colour","multiSelect":false,"options":[{"label":"Red","description":"r"},{"label":"Blue","description":"b"}]}]}',
    "opencode": 'question {"questions":[{"question":"Which colour?","header":"Colour","multiple":false,"options":[{"label":"Red","description":"r"},{"label":"Blue","description":"b"}]}]}',
}
ALLOW = {"codex": "y", "claude": "1", "opencode": "enter", "pi": "enter"}
EXIT = {"codex": "/quit", "claude": "/exit", "opencode": "/exit", "pi": "/quit"}
LIMIT = {"error": {"type": "usage_limit_reached", "message": "You have reached your usage limit. Try again in 2 hours.", "code": "rate_limit_exceeded", "plan_type": "plus"}}


class Steps(Rig):
    """Answers by the queue, and without hooks by keys in the agent's own prompt."""

    def __init__(self, agent, options):
        super().__init__(agent, options)
        self.delays = []

    @property
    def has_queue(self):
        return self.options.hooks == "on"

    def all(self):
        steps = [self.turn, self.stream, self.allowed, self.denied, self.compaction, self.refused, self.error, self.retry, self.interrupted, self.limit,
                 self.long_approval, self.idle]
        return [*steps[:6], self.question, *steps[6:]] if self.agent in QUESTIONS else steps

    def over(self, since, example):
        at = self.await_end(since, self.await_answer(since, "text"))
        self.label("waiting", example, at + 0.1)
        time.sleep(max(0, at + 5 - time.time()))

    def turn(self, number):
        self.over(self.prompt(f"turn {number} [[SLEEP 4000]] [[SAY fine]]", "work"), "idle")

    def stream(self, number):
        self.over(self.prompt(f"stream {number} [[STREAM 120 40]]", "work"), "idle")

    def idle(self, _):
        self.label("waiting", "idle")
        time.sleep(25)

    # ---- approvals and questions ----

    def ask(self, number, kind="approval"):
        """The item in the queue; None where there is none."""
        if kind == "question":
            call, state = f"[[TOOL {QUESTIONS[self.agent]}]]", "needs-answer"
        elif self.agent == "codex":
            call, state = '[[TOOL exec_command {"cmd":"touch x","sandbox_permissions":"require_escalated","justification":"May I?"}]]', "needs-approval"
        else:
            call, state = "[[RUN touch x]]", "needs-approval"
        since = self.prompt(f"{kind} {number} {call} [[SLEEP 1500]] [[SAY asked]]", "work")
        at = self.await_answer(since, "call")
        self.label(state, kind, at)
        if not self.has_queue:
            return None
        item, delay = self.await_item(kind, at)
        self.delays.append(delay)
        return item

    def answered(self, number, wait, kind="approval"):
        item = self.ask(number, kind)
        time.sleep(wait)
        if item is None:
            since = self.keys("working", "work", {"claude": "2", "opencode": "enter"}[self.agent] if kind == "question" else ALLOW[self.agent])
        else:
            since = self.does("working", "work", *(["answer", item["id"], "2"] if kind == "question" else ["approve", item["id"]]))
        self.over(since, "idle")

    def allowed(self, number):
        self.answered(number, 4)

    def long_approval(self, number):
        self.answered(number, 25)

    def question(self, number):
        self.answered(number, 5, "question")

    def denied(self, number):
        item = self.ask(number)
        if item is None:
            self.refuse()
            return
        time.sleep(4)
        if self.agent == "opencode":
            # Sometimes it goes on, and sometimes it does not.
            self.does("?", "denied", "deny", item["id"], "--reason", "not now")
            time.sleep(4)
            self.label("waiting", "denied")
            time.sleep(4)
        else:
            self.over(self.does("working", "denied", "deny", item["id"], "--reason", "not now"), "denied")

    def refused(self, number):
        """Denied in the agent's own prompt."""
        self.ask(number)
        self.refuse()

    def refuse(self):
        time.sleep(4)
        if self.agent == "pi":
            # Only the tool is denied; the turn goes on.
            self.over(self.keys("working", "denied", "escape"), "denied")
            return
        if self.agent == "opencode":
            # It ends the turn in its own time.
            self.keys("?", "denied", "escape")
            time.sleep(4)
            self.label("waiting", "denied")
        else:
            self.keys("waiting", "denied", "escape")
        time.sleep(6)
        self.clear()

    def clear(self):
        """Claude puts what was interrupted back into its composer, where it would be somebody's draft."""
        if self.agent == "claude":
            self.tether("keys", self.id, "ctrl-u")
            time.sleep(1)

    # ---- what else becomes of a turn ----

    def interrupted(self, number):
        self.prompt(f"long {number} [[SLEEP 15000]] [[SAY never]]", "work")
        time.sleep(5)
        self.keys("waiting", "interrupted", *(["escape", "escape"] if self.agent == "opencode" else ["escape"]))
        time.sleep(14)
        self.clear()

    def compaction(self, _):
        self.front.slow(4)
        try:
            since = self.prompt("/compact", "compaction")
            self.await_request(since, 200)
            # It may ask more than once.
            while self.front.open or time.time() - self.front.answers[-1][0] < 1:
                time.sleep(0.05)
            self.label("waiting", "compacted", self.await_end(since, self.front.answers[-1][0]) + 0.1)
        finally:
            self.front.slow(0)
        time.sleep(6)

    def error(self, number):
        self.front.fail(400, {"type": "error", "error": {"type": "invalid_request_error", "message": "no model can take this"}})
        try:
            since = self.prompt(f"error {number} [[SAY never]]", "work")
            self.label("failed", "error", self.await_request(since, 400) + 0.1)
            time.sleep(8)
        finally:
            self.front.heal()

    def retry(self, number):
        status = 529 if self.agent == "claude" else 503
        self.front.fail(status, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, times=9 if self.agent == "codex" else 3)
        try:
            self.over(self.prompt(f"retry {number} [[SAY recovered]]", "retry"), "idle")
        finally:
            self.front.heal()

    def limit(self, number):
        until = int(time.time()) + 7200
        headers = {"claude": {
            "retry-after": "7200", "x-should-retry": "false", "anthropic-ratelimit-unified-status": "rejected", "anthropic-ratelimit-unified-reset": str(until),
            "anthropic-ratelimit-unified-representative-claim": "five_hour"}, "opencode": {"retry-after": "7200"}, "pi": {"x-should-retry": "false"}}
        claude = {"type": "error", "error": {"type": "rate_limit_error", "message": "This request would exceed your account's rate limit."}}
        body = claude if self.agent == "claude" else {"error": {**LIMIT["error"], "resets_at": until, "resets_in_seconds": 7200}}
        self.front.fail(429, body, headers.get(self.agent))
        try:
            since = self.prompt(f"limit {number} [[SAY never]]", "work")
            at = self.await_request(since, 429)
            if self.agent == "pi":
                # It tries three times more, and says of what.
                self.label("working|limit", "retry", at)
                at = self.await_request(since, 429, 4)
            self.label("limit", "limit", at + 0.1)
            time.sleep(8)
            if self.agent in ("claude", "opencode"):
                # They would go on by themselves; the one that is told not to has given up the turn, the other one still has its limit.
                if self.agent == "opencode":
                    self.keys("waiting", "limit", "escape", "escape")
                else:
                    self.keys("limit", "limit", "escape")
                time.sleep(5)
        finally:
            self.front.heal()

    def exit(self):
        pid = self.record()["processId"]
        self.label("?", "exit")
        self.tether("input", self.id, EXIT[self.agent], check=False)
        self.label("exited", "exit", self.await_exit(pid))
        time.sleep(3)
        self.label("?", "over")
