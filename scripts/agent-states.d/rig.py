"""One real agent in a Tether session: its home, its model server, a daemon of its own, and what is known of the truth meanwhile."""
import datetime, json, os, shutil, signal, socket, sqlite3, subprocess, sys, tempfile, time
from front import Front

KEY = "sk-ant-dummy-0000000000000000000000"
READY = {"codex": "Ask Codex to do anything", "claude": r"\? for shortcuts", "opencode": "Ask anything", "pi": r"/128k"}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def time_of(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Rig:
    def __init__(self, agent, options):
        self.agent, self.options = agent, options
        self.folder = tempfile.mkdtemp(prefix="agent-states-")
        self.work = os.path.join(self.folder, "work")
        self.home = os.path.join(self.folder, "home")
        os.makedirs(self.work)
        subprocess.run(["git", "init", "-q", self.work], check=True)
        self.port, behind = free_port(), free_port()
        self.log = os.path.join(self.folder, "model.jsonl")
        open(self.log, "w").close()
        self.model = subprocess.Popen(options.model_server.format(port=behind, log=self.log).split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.front = Front(self.port, behind)
        self.read, self.asked, self.heard = 0, set(), []
        # (time, states that are true from then on, what it is an example of)
        self.labels = []
        self.write_home()
        path = os.path.join(self.folder, "bin")
        os.makedirs(path)
        os.symlink(os.path.realpath(os.path.join(options.agents, "bin", options.program or agent)), os.path.join(path, agent))
        self.env = {
            "HOME": self.home, "USER": "tester", "SHELL": "/bin/bash", "LANG": "C.UTF-8", "TERM": "xterm-256color",
            "PATH": f"{path}:{os.environ['PATH']}",
            "TETHER_RUNTIME_DIR": os.path.join(self.folder, "run"), "TETHER_DATA_DIR": os.path.join(self.folder, "data"),
            "TETHER_CONFIG_DIR": os.path.join(self.folder, "config"), "TETHER_HTTP": "0", "TETHER_HOOKS": options.hooks,
            "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{self.port}", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
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
            "projects": {self.work: {"hasTrustDialogAccepted": True, "hasCompletedProjectOnboarding": True}}})
        # A subscriber: others are told of no limit.
        self.write(".claude/.credentials.json", {"claudeAiOauth": {
            "accessToken": "sk-ant-oat01-" + "A" * 80, "refreshToken": "sk-ant-ort01-" + "B" * 80, "expiresAt": int((time.time() + 864_000) * 1000),
            "scopes": ["user:inference", "user:profile", "user:sessions:claude_code"], "subscriptionType": "max", "rateLimitTier": "default_claude_max_5x"}})
        self.write(".config/opencode/opencode.json", {
            "autoupdate": False, "share": "disabled", "model": "scripted/scripted", "small_model": "scripted/scripted",
            "provider": {"scripted": {"npm": "@ai-sdk/openai-compatible", "name": "Scripted", "options": {"baseURL": url + "/v1", "apiKey": "dummy"},
                                      "models": {"scripted": {"name": "Scripted", "tool_call": True, "limit": {"context": 128000, "output": 8192}}}}},
            "permission": {"bash": "ask", "edit": "ask", "webfetch": "ask"}})
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
        for extra in self.options.home:
            shutil.copytree(extra, self.home, dirs_exist_ok=True, symlinks=True)

    # ---- the session ----

    def start(self):
        """A new session, told of from its ready prompt on."""
        # Pi asks by itself only with an extension: ours, or without hooks this one.
        arguments = {"claude": ["--permission-mode", "default"], "pi": ["-e", self.gate] if self.options.hooks == "off" else []}.get(self.agent, [])
        self.began = time.time()
        self.labels = []
        self.label("?", "start")
        self.id = self.tether("run", "--detach", self.agent, *(["--", *arguments] if arguments else [])).split()[0]
        self.tether("wait", self.id, "--for", "text:" + READY[self.agent], "--timeout", "120", check=False)
        time.sleep(3)
        self.label("waiting", "idle")
        time.sleep(5)

    def tether(self, *args, check=True):
        done = subprocess.run([self.options.tether, *args], env=self.env, cwd=self.work, capture_output=True, text=True, timeout=150)
        # A text that was typed counts, also where the agent takes it late or answers at once that its limit is reached.
        if check and done.returncode and (args[0] != "input" or "nothing was typed" in done.stderr):
            raise RuntimeError(f"tether {' '.join(args)}: {done.returncode} {done.stdout} {done.stderr}")
        return done.stdout

    def record(self):
        return next(one for one in json.loads(self.tether("ls", "--json", "--all")) if one["id"] == self.id)

    def does(self, state, example, *command):
        """A command after which the agent is in that state; while it runs nobody can say whether it is already. Returns when it began."""
        since = time.time()
        self.label(f"{self.labels[-1][1]}|{state}", example, since)
        self.tether(*command)
        self.label(state, example)
        return since

    def keys(self, state, example, *names):
        return self.does(state, example, "keys", self.id, *names)

    def prompt(self, text, example):
        return self.does("working", example, "input", self.id, text)

    # ---- the truth ----

    def label(self, state, example, at=None):
        """From `at` on; what was thought to be true after it is not."""
        at = at or time.time()
        self.labels = [label for label in self.labels if label[0] < at]
        self.labels.append((at, "?" if "?" in state else state, example))

    def await_answer(self, since, kind, timeout=60):
        """When the model server had answered with a call or a text that the prompt wanted; a title is neither."""
        end = time.time() + timeout
        while time.time() < end:
            for at, answered in self.answers():
                if at > since and answered.get(kind) and "title" not in str(answered[kind]).lower():
                    return at
            time.sleep(0.05)
        raise RuntimeError(f"the model was not asked for a {kind} within {timeout} s")

    def await_request(self, since, status, count=1, timeout=60):
        """When so many requests of the model had been answered with a status."""
        end = time.time() + timeout
        while time.time() < end:
            found = [at for at, _, told in list(self.front.answers) if at > since and told == status]
            if len(found) >= count:
                return found[count - 1]
            time.sleep(0.05)
        raise RuntimeError(f"no {count} answers with {status} within {timeout} s")

    def await_end(self, since, answered):
        """When a turn was over: with the model's last answer; opencode does more then, and keeps in its database when it was done."""
        if self.agent != "opencode":
            return answered
        end = time.time() + 15
        while time.time() < end:
            with sqlite3.connect(f"file:{self.home}/.local/share/opencode/opencode.db?mode=ro", uri=True) as database:
                messages = [json.loads(data) for data, in database.execute("SELECT data FROM message WHERE time_created > ?", (since * 1000,))]
            done = [one["time"]["completed"] / 1000 for one in messages if one["role"] == "assistant" and one.get("finish") != "tool-calls" and "completed" in one["time"]]
            if done:
                return max(answered, *done)
            time.sleep(0.1)
        raise RuntimeError("opencode's turn did not end")

    def answers(self):
        with open(self.log) as file:
            file.seek(self.read)
            while (line := file.readline()).endswith("\n"):
                self.read = file.tell()
                if '"method":' in line:
                    # Who asks for a title gives the model no tools.
                    if '"tools":[{' in line:
                        self.asked.add(json.loads(line)["n"])
                elif isinstance((entry := json.loads(line)).get("answered"), dict) and entry["n"] in self.asked:
                    self.heard.append((time_of(entry["t"]), entry["answered"]))
        return self.heard

    def await_item(self, kind, since):
        """The question in the queue, and how long after `since` it stood there."""
        end = time.time() + 20
        while time.time() < end:
            for item in json.loads(self.tether("queue", self.id, "--json")):
                if item["kind"] == kind and item["way"] != "none":
                    return item, time_of(item["askedAt"]) - since
            time.sleep(0.1)
        raise RuntimeError(f"no {kind} in the queue")

    # ---- the end ----

    def await_exit(self, pid, timeout=20):
        end = time.time() + timeout
        while time.time() < end:
            if not is_there(pid):
                return time.time()
            time.sleep(0.02)
        raise RuntimeError("the program did not end")

    def save(self, name):
        """The session's recording and labels, for scripts/agent-states."""
        printed = None
        while printed != (now := time_of(self.record()["lastOutputAt"])):
            printed = now
            self.tether("export", self.id, "-o", name + ".cast")
        # A recording's clock begins with the first output; the last one's time is known by both clocks.
        with open(name + ".cast") as file:
            last = [line for line in file if '"o"' in line][-1]
        zero = printed - json.loads(last)[0]
        with open(name + ".labels", "w") as file:
            for at, state, _ in sorted(self.labels):
                # That a program is gone no screen shows.
                file.write(f"{max(0, at - zero):.2f} {'?' if state == 'exited' else state}\n")

    def close(self):
        """Ends everything that was started here, by its id: the daemon before the keeper, which it would start again."""
        self.tether("stop", self.id, "--force", check=False)
        try:
            status = json.loads(self.tether("status", "--json"))
            for process, sent in ((status["processId"], signal.SIGTERM), (status["keeperProcessId"], signal.SIGKILL)):
                end(process, sent)
        except (RuntimeError, ValueError, KeyError) as e:
            print(f"{self.agent}: {e}", file=sys.stderr)
        self.model.terminate()
        self.model.wait()
        self.front.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def is_there(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def end(pid, sent):
    """Waits until it is gone: 10 s, then by force."""
    try:
        os.kill(pid, sent)
        until = time.time() + 10
        while is_there(pid):
            if time.time() > until:
                os.kill(pid, signal.SIGKILL)
                until = float("inf")
            time.sleep(0.02)
    except ProcessLookupError:
        pass
