// Tether's extension for pi, written anew for each session that `tether run pi` starts. It tells Tether what pi is doing, and before a tool runs that may
// change something it asks: in Tether's queue and in a dialog of pi's own at the same time. The first answer counts and closes the other one.
// Without Tether's daemon only the dialog asks. TETHER_PI_APPROVALS=off: nothing is asked, everything is still told.
import { randomBytes } from "node:crypto";
import net from "node:net";
import os from "node:os";
import path from "node:path";

// What only looks, and what only carries calls of other tools, which are asked about one by one.
const NOT_ASKED = new Set(["read", "grep", "find", "ls", "codemode", "tool_search"]);

// Rules answer within this time; a dialog that is gone again before anybody could read it is not drawn.
const DIALOG_AFTER = 120;

// Whoever answers sooner than this was typing something else when the dialog appeared.
const TYPED_AHEAD = 300;

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;
const HEAD = 8;
const LARGEST_TEXT = 256 * 1024;
const MOST_UNSENT = 64;

const ALLOW = "Allow";
const DENY = "Deny";
const DENY_WITH_REASON = "Deny, and tell pi why";

/** The connection to Tether's daemon. It comes back by itself, and then asks again for what is open. Nothing here keeps pi from ending. */
class Daemon {
  #place;
  #socket;
  #isWelcome = false;
  #received = Buffer.alloc(0);
  #nextId = 1;
  #wait = FIRST_WAIT;
  #retry;
  #open = new Map();
  #unsent = [];
  #state;
  #isOver = false;

  constructor(place) {
    this.#place = place;
    this.#connect();
  }

  get isThere() {
    return this.#isWelcome;
  }

  /** Tells what needs no answer. What describes a state is told again after a reconnect, everything else only if it was not told before. */
  tell(payload, isState = false) {
    if (isState) {
      this.#state = payload;
    }
    if (this.#isWelcome) {
      this.#request(randomKey(), payload);
    } else if (!isState) {
      this.#unsent = [...this.#unsent, payload].slice(-MOST_UNSENT);
    }
  }

  /** The daemon's answer, however long it takes; null when it has none. Never, once the signal is aborted. */
  ask(payload, signal) {
    const key = randomKey();
    return new Promise((resolve) => {
      const question = { key, payload, id: 0, resolve };
      this.#open.set(key, question);
      signal.addEventListener("abort", () => this.#open.delete(key), { once: true });
      if (this.#isWelcome) {
        question.id = this.#request(key, payload);
      }
    });
  }

  /** No more connections; what was sent still goes out. */
  close() {
    this.#isOver = true;
    clearTimeout(this.#retry);
    this.#socket?.end();
  }

  #connect() {
    const socket = net.connect(this.#place.socket);
    this.#socket = socket;
    this.#received = Buffer.alloc(0);
    socket.unref();
    socket.on("connect", () => this.#send({ type: "hello", id: this.#nextId++, versions: [1], client: `pi ${process.pid}` }));
    socket.on("data", (bytes) => this.#read(bytes));
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#isWelcome = false;
      if (!this.#isOver) {
        this.#retry = setTimeout(() => this.#connect(), this.#wait);
        this.#retry.unref();
        this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
      }
    });
  }

  #read(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    while (this.#received.length >= HEAD) {
      const end = HEAD + this.#received.readUInt32LE(0);
      if (this.#received.length < end) {
        return;
      }
      const isMessage = this.#received[4] === 0;
      const body = this.#received.subarray(HEAD, end);
      this.#received = this.#received.subarray(end);
      if (isMessage) {
        this.#take(JSON.parse(body.toString("utf8")));
      }
    }
  }

  #take(message) {
    if (message.type === "welcome") {
      this.#isWelcome = true;
      this.#wait = FIRST_WAIT;
      for (const payload of [...this.#unsent.splice(0), ...(this.#state ? [this.#state] : [])]) {
        this.#request(randomKey(), payload);
      }
      for (const question of this.#open.values()) {
        question.id = this.#request(question.key, question.payload);
      }
      return;
    }
    for (const question of this.#open.values()) {
      if (message.re !== undefined && message.re === question.id) {
        if (message.type === "error" && message.code === "not-allowed") {
          // A daemon that has just begun may not know its sessions yet.
          this.#again(question);
        } else {
          this.#open.delete(question.key);
          question.resolve(typeof message.output === "string" ? JSON.parse(message.output) : null);
        }
      }
    }
  }

  #again(question) {
    const timer = setTimeout(() => {
      if (this.#isWelcome && this.#open.has(question.key)) {
        question.id = this.#request(question.key, question.payload);
      }
    }, LONGEST_WAIT);
    timer.unref();
  }

  #request(key, payload) {
    const id = this.#nextId++;
    const { session, secret } = this.#place;
    this.#send({ type: "hook", id, session, secret, agent: "pi", key, payload: JSON.stringify(payload) });
    return id;
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify(message), "utf8");
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(body.length, 0);
    this.#socket.write(Buffer.concat([head, body]));
  }
}

/** Pi shows one dialog at a time, and in some versions forgets the one before: here each waits for its turn. */
class Dialogs {
  #last = Promise.resolve();

  show(open, signal) {
    const shown = this.#last.then(() => (signal.aborted ? undefined : open()));
    this.#last = shown.catch(() => {});
    return shown;
  }
}

export default function tether(pi) {
  const { TETHER_SOCKET: socket, TETHER_SESSION: session, TETHER_HOOK_SECRET: secret, TETHER_PI_APPROVALS: approvals } = process.env;
  if (!socket || !session || !secret) {
    return;
  }

  const asks = !["off", "0", "no", "false"].includes((approvals ?? "").toLowerCase());
  const daemon = new Daemon({ socket, session, secret });
  const dialogs = new Dialogs();
  const allowedAlways = new Set();
  let isRunning = false;

  pi.on("session_start", (event, ctx) => daemon.tell({ event: "session_start", reason: event.reason, ...about(ctx) }, true));
  pi.on("agent_start", (_event, ctx) => {
    isRunning = true;
    daemon.tell({ event: "agent_start", ...about(ctx) }, true);
  });
  pi.on("agent_end", (event, ctx) => {
    isRunning = false;
    const last = event.messages?.findLast?.((message) => message.role === "assistant");
    daemon.tell({ event: "agent_end", stopReason: last?.stopReason, error: last?.errorMessage, ...about(ctx) }, true);
  });
  pi.on("session_before_compact", () => daemon.tell({ event: "compact_start" }));
  pi.on("session_compact", () => daemon.tell({ event: "compact_end", isRunning }));
  pi.on("session_shutdown", (event, ctx) => {
    daemon.tell({ event: "session_shutdown", reason: event.reason, ...about(ctx) });
    daemon.close();
  });

  pi.on("tool_call", async (event, ctx) => {
    if (!asks || !ctx.hasUI || NOT_ASKED.has(event.toolName)) {
      return undefined;
    }

    const same = JSON.stringify([event.toolName, event.input?.command ?? event.input?.path ?? ""]);
    const decision = allowedAlways.has(same) ? { allow: true, by: "remembered" } : await decide(event, ctx);
    if (decision.always) {
      allowedAlways.add(same);
    }
    const { toolCallId } = event;
    daemon.tell({ event: "tool_decided", toolCallId, decision: decision.allow ? "allow" : "deny", by: decision.by, reason: decision.reason });
    if (!decision.allow) {
      return { block: true, reason: decision.reason || "Denied by the user" };
    }
    if (decision.input) {
      for (const name of Object.keys(event.input)) {
        delete event.input[name];
      }
      Object.assign(event.input, decision.input);
    }
    return undefined;
  });

  async function decide(event, ctx) {
    const settled = new AbortController();
    const interrupted = new Promise((resolve) => {
      const stop = () => resolve({ allow: false, by: "interrupted", reason: "Interrupted" });
      ctx.signal?.addEventListener("abort", stop, { once: true });
      if (ctx.signal?.aborted) {
        stop();
      }
    });
    const { toolName, toolCallId, parentToolCallId, input } = event;
    const payload = { event: "tool_call", toolName, toolCallId, parentToolCallId, file: fileOf(ctx.cwd, toolName, input), ...shortened(input), ...about(ctx) };
    const remote = daemon.ask(payload, settled.signal).then((answer) => answer ?? new Promise(() => {}));
    const local = choose(event, ctx, settled.signal).then((choice) => choice ?? new Promise(() => {}));
    try {
      return await Promise.race([remote.then((answer) => ({ ...answer, by: "tether" })), local, interrupted]);
    } finally {
      settled.abort();
    }
  }

  /** What the person chose in pi's own dialog; undefined when it was closed from here. */
  async function choose(event, ctx, signal) {
    if (daemon.isThere) {
      await pause(DIALOG_AFTER, signal);
    }
    return dialogs.show(async () => {
      const always = `Always allow ${scope(event)} in this session`;
      const shown = Date.now();
      while (!signal.aborted) {
        const choice = await ctx.ui.select(question(event), [ALLOW, always, DENY, DENY_WITH_REASON], { signal });
        if (signal.aborted) {
          return undefined;
        }
        if (Date.now() - shown < TYPED_AHEAD) {
          continue;
        }
        if (choice === ALLOW || choice === always) {
          return { allow: true, by: "terminal", always: choice === always };
        }
        if (choice !== DENY_WITH_REASON) {
          return { allow: false, by: "terminal" };
        }
        const reason = await ctx.ui.input("Why not?", "", { signal });
        if (reason !== undefined && !signal.aborted) {
          return { allow: false, by: "terminal", reason };
        }
      }
      return undefined;
    }, signal);
  }
}

function about(ctx) {
  const manager = ctx.sessionManager;
  return { cwd: ctx.cwd, sessionId: manager?.getSessionId?.(), sessionFile: manager?.getSessionFile?.(), name: manager?.getSessionName?.() };
}

function question(event) {
  const what = event.input?.command ?? event.input?.path ?? JSON.stringify(event.input ?? {});
  const lines = printable(String(what)).split("\n");
  const shown = lines.slice(0, 12).map((line) => `  ${line.length > 400 ? `${line.slice(0, 399)}…` : line}`);
  return [`Allow ${printable(event.toolName)}?`, ...shown, ...(lines.length > 12 ? [`  … ${lines.length - 12} more lines`] : [])].join("\n");
}

function scope(event) {
  return event.input?.command !== undefined ? "this command" : event.input?.path !== undefined ? "changes of this file" : printable(event.toolName);
}

// As pi's own tools find it.
function fileOf(cwd, toolName, input) {
  if (!["edit", "write"].includes(toolName) || typeof input?.path !== "string") {
    return undefined;
  }
  const named = input.path.replace(/^@/, "").replace(/^~(?=\/|$)/, os.homedir());
  return path.resolve(cwd ?? process.cwd(), named);
}

// A message has a limit. What was cut can be judged, and not be changed.
function shortened(input) {
  let isCut = false;
  const cut = (_name, value) => {
    if (typeof value !== "string" || value.length <= LARGEST_TEXT) {
      return value;
    }
    isCut = true;
    return `${value.slice(0, LARGEST_TEXT)}\n… cut`;
  };
  const shown = JSON.parse(JSON.stringify(input ?? {}, cut));
  return { input: shown, isCut };
}

// A command must not be able to move the cursor of the dialog that shows it.
function printable(text) {
  return text.replaceAll("\t", "    ").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

function pause(time, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, time);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

function randomKey() {
  return randomBytes(16).toString("hex");
}
