#!/usr/bin/env bash
# A supervised agent: registers, asks before it acts, and does what people tell it. Needs curl and jq.
set -euo pipefail
url=${TETHER_API_URL:-http://127.0.0.1:8787}

call() { # METHOD PATH [JSON]
    # The token comes by a descriptor: arguments can be seen by everybody on the machine.
    curl --silent --show-error --fail-with-body --max-time 90 -X "$1" "$url$2" -H 'Content-Type: application/json' \
        -H @<(printf 'Authorization: Bearer %s' "$TETHER_AGENT_TOKEN") ${3+--data "$3"}
}

say() { call POST "$session/output" "$(jq -n --arg text "$1" '{text: $text}')" >/dev/null; }

status() { call POST "$session/status" "{\"status\": \"$1\"}" >/dev/null; }

session=/external/sessions/$(call POST /external/sessions '{"agent_metadata": {"name": "Bash sample", "type": "custom", "icon": "🐚"}}' | jq -r .session_id)
say "Tell me a command, or quit."
while true; do
    status awaiting_input
    message={}
    until [ "$(jq -r .type <<<"$message")" = human_input ]; do message=$(call GET "$session/input?timeout=30"); done
    command=$(jq -r .data.text <<<"$message")
    [ "$command" != quit ] || break
    status executing
    asked=$(call POST "$session/approval" "$(jq -n --arg command "$command" '{tool_name: "Bash", tool_input: {command: $command}, timeout_s: 300}')" | jq -r .request_id)
    answer={}
    until [ "$(jq -r .type <<<"$answer")" = approval_response ]; do answer=$(call GET "$session/approval/$asked?timeout=30"); done
    if [ "$(jq -r .data.approved <<<"$answer")" = true ]; then
        code=0
        output=$(bash -c "$command" 2>&1) || code=$?
        say "${output:+$output$'\n'}exit status $code"
    else
        say "I did not do it. $(jq -r .data.message <<<"$answer")"
    fi
done
say "Goodbye."
