#!/usr/bin/env python3
"""A supervised agent: registers, asks before it acts, and does what people tell it."""
import json, os, subprocess, urllib.request

URL = os.environ.get("TETHER_API_URL", "http://127.0.0.1:8787")
TOKEN = os.environ["TETHER_AGENT_TOKEN"]


def call(method, path, body=None):
    request = urllib.request.Request(URL + path, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Authorization", "Bearer " + TOKEN)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=90) as reply:
        return json.load(reply)


agent = {"name": "Python sample", "type": "custom", "icon": "🐍"}
session = "/external/sessions/" + call("POST", "/external/sessions", {"agent_metadata": agent})["session_id"]
call("POST", session + "/output", {"text": "Tell me a command, or quit."})
while True:
    call("POST", session + "/status", {"status": "awaiting_input"})
    while (message := call("GET", session + "/input?timeout=30"))["type"] != "human_input":
        pass
    command = message["data"]["text"]
    if command == "quit":
        break
    call("POST", session + "/status", {"status": "executing"})
    asked = call("POST", session + "/approval", {"tool_name": "Bash", "tool_input": {"command": command}, "timeout_s": 300})
    while (answer := call("GET", session + "/approval/" + asked["request_id"] + "?timeout=30"))["type"] == "timeout":
        pass
    if answer["data"]["approved"]:
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
        call("POST", session + "/output", {"text": done.stdout + done.stderr + f"exit status {done.returncode}"})
    else:
        call("POST", session + "/output", {"text": "I did not do it. " + answer["data"]["message"]})
call("POST", session + "/output", {"text": "Goodbye.", "is_final": True})
