"""Drives a real agent in a Tether session through everything it can be up to, and records what it printed (NAME.cast) and what it really
did (NAME.labels), for scripts/agent-states to replay. What the model does is in the prompts: the model server must understand [[SLEEP ms]],
[[STREAM n ms]], [[RUN command]], [[TOOL name {json}]], [[SAY text]] and [[ERR status]], and log each request and answer as a line of JSON with
members t (time) and, for an answer, answered.

    record.py --agents DIR --model-server 'COMMAND {port} {log}' [--tether PROGRAM] [--rounds N] --out DIR AGENT…

AGENT is codex, claude, opencode or pi; DIR/bin holds their programs. A label's time is when the driver pressed the key or the model server
answered; `?` stands where nobody can say.
"""
import argparse, datetime, json, os, shutil, socket, subprocess, sys, tempfile, threading, time

KEY = "sk-ant-dummy-0000000000000000000000"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Rig:
    """One agent: its home, its model server, a daemon, a session."""

    def __init__(self, agent, options):
        self.agent, self.options = agent, options
        self.folder = tempfile.mkdtemp(prefix="agent-states-")
        self.work = os.path.join(self.folder, "work")
        self.home = os.path.join(self.folder, "home")
        os.makedirs(self.work)
        self.port = free_port()
        self.log = os.path.join(self.folder, "model.jsonl")
        open(self.log, "w").close()
        self.labels = []
        subprocess.run(["git", "init", "-q", self.work], check=True)
        self.write_home()
        command = options.model_server.format(port=self.port, log=self.log).split()
        self.model = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        path = os.path.join(self.folder, "bin")
        os.makedirs(path)
        source = options.program or agent
        os.symlink(os.path.realpath(os.path.join(options.agents, "bin", source)), os.path.join(path, agent))
        self.env = {
            "HOME": self.home, "USER": "tester", "SHELL": "/bin/bash", "LANG": "C.UTF-8", "TERM": "xterm-256color",
            "PATH": f"{path}:{os.environ['PATH']}",
            "TETHER_RUNTIME_DIR": os.path.join(self.folder, "run"), "TETHER_DATA_DIR": os.path.join(self.folder, "data"),
            "TETHER_CONFIG_DIR": os.path.join(self.folder, "config"), "TETHER_HTTP": "0",
            "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{self.port}", "ANTHROPIC_API_KEY": KEY, "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "DISABLE_AUTOUPDATER": "1", "DISABLE_TELEMETRY": "1", "IS_SANDBOX": "1", "PI_OFFLINE": "1",
            "OPENCODE_DISABLE_AUTOUPDATE": "1", "OPENCODE_DISABLE_MODELS_FETCH": "1",
        }
        if "DOTNET_ROOT" in os.environ:
            self.env["DOTNET_ROOT"] = os.environ["DOTNET_ROOT"]

    def write(self, path, text):
        full = os.path.join(self.home, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as file:
            file.write(text if isinstance(text, str) else json.dumps(text))

    def write_home(self):
        url = f"http://127.0.0.1:{self.port}"
        self.write(".codex/config.toml", f'''model = "gpt-5.5"
model_provider = "scripted"
check_for_update_on_startup = false
approval_policy = "on-request"
sandbox_mode = "workspace-write"
[model_providers.scripted]
name = "Scripted"
base_url = "{url}/v1"
wire_api = "responses"
[analytics]
enabled = false
[features]
daemon_auto_start = false
[tui]
screen_reader_detection_done = true
[notice.model_migrations]
"gpt-5.5" = "gpt-6-sol"
[projects."{self.work}"]
trust_level = "trusted"
''')
        self.write(".claude.json", {
            "hasCompletedOnboarding": True, "theme": "dark", "numStartups": 5, "autoUpdates": False, "fullscreenUpsellSeenCount": 99,
            "customApiKeyResponses": {"approved": [KEY[-20:]], "rejected": []},
            "projects": {self.work: {"hasTrustDialogAccepted": True, "hasCompletedProjectOnboarding": True}}})
        self.write(".config/opencode/opencode.json", {
            "autoupdate": False, "share": "disabled", "model": "scripted/scripted", "small_model": "scripted/scripted",
            "provider": {"scripted": {"npm": "@ai-sdk/openai-compatible", "name": "Scripted", "options": {"baseURL": url + "/v1", "apiKey": "dummy"},
                                      "models": {"scripted": {"name": "Scripted", "tool_call": True, "limit": {"context": 128000, "output": 8192}}}}},
            "permission": {"bash": "ask", "edit": "ask", "webfetch": "ask"}})
        for extra in self.options.home:
            shutil.copytree(extra, self.home, dirs_exist_ok=True, symlinks=True)
        self.write(".pi/agent/models.json", {"providers": {"scripted": {
            "baseUrl": url + "/v1", "api": "openai-completions", "apiKey": "dummy",
            "models": [{"id": "scripted", "name": "Scripted", "contextWindow": 128000, "maxTokens": 8192, "input": ["text"], "reasoning": False,
                        "cost": {"input": 0, "output": 0, "cacheRead": 0, "cacheWrite": 0}}]}}})
        self.write(".pi/agent/settings.json", {"defaultProvider": "scripted", "defaultModel": "scripted"})
        self.gate = os.path.join(self.home, "gate.ts")
        self.write("gate.ts", '''export default function (pi: any) {
  pi.on("tool_call", async (event: any, ctx: any) => {
    const choice = await ctx.ui.select(`Allow ${event.toolName}: ${event.input.command ?? event.input.path}?`, ["Allow", "Deny"]);
    return choice === "Allow" ? undefined : { block: true, reason: "Denied by user" };
  });
}
''')

    # ---- talking to it ----

    def tether(self, *args, check=True):
        done = subprocess.run([self.options.tether, *args], env=self.env, cwd=self.work, capture_output=True, text=True, timeout=150)
        if check and done.returncode not in (0,):
            raise RuntimeError(f"{self.agent}: tether {' '.join(args)}: {done.returncode} {done.stdout} {done.stderr}")
        return done.stdout

    def label(self, state, at=None):
        self.labels.append(((at or time.time()) - self.began, state))

    def answers(self):
        found = []
        with open(self.log) as file:
            for line in file:
                try:
                    entry = json.loads(line)
                except ValueError:
                    continue
                if "answered" in entry:
                    found.append((datetime.datetime.fromisoformat(entry["t"].replace("Z", "+00:00")).timestamp(), entry["answered"]))
        return found

    def await_answer(self, since, kind, timeout=60):
        """When the model server had answered with a call or a text that the prompt wanted; a title is neither."""
        end = time.time() + timeout
        while time.time() < end:
            for at, answered in self.answers():
                if at > since and isinstance(answered, dict) and kind in answered and answered[kind] and "title" not in str(answered[kind]).lower():
                    return at
            time.sleep(0.05)
        print(f"{self.agent}: no {kind} within {timeout} s", file=sys.stderr)
        return time.time()

    def prompt(self, text):
        """Types and submits; the label is the Enter key's."""
        self.tether("input", self.id, text)
        at = time.time()
        self.label("working", at - 0.1)
        return at - 1.5

    def keys(self, *names):
        self.tether("keys", self.id, *names)
        return time.time()

    # ---- what it goes through ----

    READY = {"codex": "Ask Codex to do anything", "claude": r"\? for shortcuts", "opencode": "Ask anything", "pi": r"/128k"}
    ALLOW = {"codex": ["y"], "claude": ["1"], "opencode": ["enter"], "pi": ["enter"]}

    def approval(self):
        if self.agent == "codex":
            return '[[TOOL exec_command {"cmd":"touch x","sandbox_permissions":"require_escalated","justification":"May I?"}]]'
        return "[[RUN touch x]]"

    def run(self):
        arguments = {"claude": ["--permission-mode", "default"], "pi": ["-e", self.gate]}.get(self.agent, [])
        self.began = time.time()
        self.id = self.tether("run", "--detach", self.agent, *(["--", *arguments] if arguments else [])).split()[0]
        self.began = time.time()
        self.label("?", self.began)
        self.tether("wait", self.id, "--for", "text:" + self.READY[self.agent], "--timeout", "120", check=False)
        time.sleep(1)
        self.label("waiting")
        time.sleep(5)
        for number in range(self.options.rounds):
            for step in (self.turn, self.stream, self.allowed, self.denied, self.interrupted, self.long_approval, self.question):
                self.attempt(step, number)
        self.attempt(self.error, 0)
        self.finish()

    def attempt(self, step, number):
        try:
            step(number)
        except Exception as e:
            print(f"{self.agent}: {step.__name__}: {e}", file=sys.stderr)
            self.label("?")
        time.sleep(4)

    def over(self, since, kind="text"):
        at = self.await_answer(since, kind)
        self.label("waiting", at + 0.1)
        time.sleep(max(0, at + 5 - time.time()))

    def turn(self, number):
        since = self.prompt(f"turn {number} [[SLEEP 4000]] [[SAY fine]]")
        self.over(since)

    def stream(self, number):
        since = self.prompt(f"stream {number} [[STREAM 120 40]]")
        self.over(since)

    def ask(self, number):
        since = self.prompt(f"ask {number} {self.approval()} [[SLEEP 1500]] [[SAY asked]]")
        self.label("needs-approval|needs-answer", self.await_answer(since, "call") + 0.1)

    def allowed(self, number):
        self.ask(number)
        time.sleep(4)
        at = self.keys(*self.ALLOW[self.agent])
        self.label("working", at)
        self.over(at)

    def long_approval(self, number):
        self.ask(number)
        time.sleep(25)
        at = self.keys(*self.ALLOW[self.agent])
        self.label("working", at)
        self.over(at)

    def denied(self, number):
        self.ask(number)
        time.sleep(4)
        at = self.keys("escape")
        if self.agent == "pi":
            self.label("working", at)
            self.over(at)
        else:
            self.label("waiting", at)
            time.sleep(6)

    def interrupted(self, number):
        self.prompt(f"long {number} [[SLEEP 15000]] [[SAY never]]")
        time.sleep(5)
        at = self.keys(*(["escape", "escape"] if self.agent == "opencode" else ["escape"]))
        self.label("waiting", at)
        time.sleep(14)

    def error(self, number):
        self.prompt(f"error {number} [[ERR 400]] [[SAY never]]")
        self.label("?")
        time.sleep(4)
        self.label("failed")
        time.sleep(6)

    def question(self, number):
        if self.agent != "claude":
            return
        since = self.prompt('ask me [[TOOL AskUserQuestion {"questions":[{"question":"Which colour?","header":"Colour","multiSelect":false,"options":[{"label":"Red","description":"r"},{"label":"Blue","description":"b"}]}]}]] [[SLEEP 1000]] [[SAY asked]]')
        self.label("needs-answer", self.await_answer(since, "call") + 0.1)
        time.sleep(5)
        at = self.keys("2")
        self.label("?", at)
        self.over(at)

    def finish(self):
        self.label("?")
        name = os.path.join(self.options.out, f"{self.options.program or self.agent}-{int(self.began)}")
        printed = None
        while printed != self.last_printed():
            printed = self.last_printed()
            self.tether("export", self.id, "-o", name + ".cast")
        # A recording's clock begins with the first output; the last one's time is known by both clocks.
        with open(name + ".cast") as file:
            last = [line for line in file if '"o"' in line][-1]
        shift = printed - json.loads(last)[0] - self.began
        with open(name + ".labels", "w") as file:
            for at, state in self.labels:
                file.write(f"{max(0, at - shift):.2f} {state}\n")
        self.close()

    def last_printed(self):
        record = next(one for one in json.loads(self.tether("ls", "--json", "--all")) if one["id"] == self.id)
        return datetime.datetime.fromisoformat(record["lastOutputAt"].replace("Z", "+00:00")).timestamp()

    def close(self):
        self.tether("stop", self.id, "--force", check=False)
        try:
            status = json.loads(self.tether("status", "--json"))
            for name in ("processId", "keeperProcessId"):
                os.kill(status[name], 15 if name == "processId" else 9)
        except Exception as e:
            print(f"{self.agent}: {e}", file=sys.stderr)
        self.model.terminate()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", required=True)
    parser.add_argument("--model-server", required=True)
    parser.add_argument("--tether", default="tether")
    parser.add_argument("--program", help="the program's name in DIR/bin, when it is not the agent's")
    parser.add_argument("--home", action="append", default=[], help="a folder to copy into the agent's home")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--out", required=True)
    parser.add_argument("agent", nargs="+")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    threads = [threading.Thread(target=Rig(agent, options).run) for agent in options.agent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
