# Part of scripts/record: the folder it works in, the two daemons, and the repository that the sessions are in.

make_stage() {
    stage=$(mktemp -d "${TMPDIR:-/tmp}/record.XXXXXX")
    local home=$stage/home/ada
    mkdir -p -m 700 "$home" "$stage/shown" "$stage/camera"
    cp -r "$root/artifacts/tether" "$stage/tether"
    case ${TETHER_RECORD_INSIDE:-} in
        all | name) hostname "$host" ;;
    esac
    # Nothing that is still needed may be below /home when another one takes its place.
    if [ "${TETHER_RECORD_INSIDE:-}" = all ] && case $root:${DOTNET_ROOT:-}:$(command -v dotnet) in *:/home/* | /home/*) false ;; esac; then
        mount --bind "$stage/home" /home
        home=/home/ada
        mkdir -p "$home/.local/lib"
        mv "$stage/tether" "$home/.local/lib/tether"
        tether=$home/.local/lib/tether/tether
    else
        tether=$stage/tether/tether
    fi
    . "$root/scripts/lib.sh"
    output=${tether%/*} export_dotnet_root
    person=(env -i "HOME=$home" PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 TZ=UTC SHELL=/bin/bash TERM=xterm-256color
        ${DOTNET_ROOT:+"DOTNET_ROOT=$DOTNET_ROOT"} TETHER_LOG_LEVEL=none TETHER_HTTP=0)
    shown_in=("TETHER_RUNTIME_DIR=$stage/shown" "TETHER_DATA_DIR=$stage/shown/data" "TETHER_CONFIG_DIR=$stage/shown/config")
    make_home "$home"
}

# On the side of the sessions that are shown, and on that of the one that shows them.
shown() { (cd "$app" && "${person[@]}" "${shown_in[@]}" "$tether" "$@"); }
camera() { "${person[@]}" "TETHER_RUNTIME_DIR=$stage/camera" "TETHER_DATA_DIR=$stage/camera/data" "TETHER_CONFIG_DIR=$stage/camera/config" "$tether" "$@"; }

clear_stage() {
    for side in shown camera; do
        $side stop --all --force >/dev/null 2>&1 || true
        $side stop >/dev/null 2>&1 || true
    done
    [ "${TETHER_RECORD_INSIDE:-}" != all ] || umount /home 2>/dev/null || true
    rm -rf "$stage"
}

# make_home HOME: a shell's prompt, a repository with a history, and the programs that the sessions run.
make_home() {
    app=$1/src/harbour
    mkdir -p "$1/src" "$stage/shown/config"
    cp "$root/scripts/record.d/bash_profile" "$1/.bash_profile"
    printf '[log]\n\tgraphColors = cyan,green,magenta,yellow\n' >"$1/.gitconfig"
    printf 'syntax on\nset number ruler laststatus=2 background=dark\n' >"$1/.vimrc"
    mkdir -p "$1/.config/htop"
    printf 'hide_userland_threads=1\nhide_kernel_threads=1\nshow_program_path=0\ndelay=20\n' >"$1/.config/htop/htoprc"
    cp -r "$root/scripts/record.d/harbour" "$app"
    chmod +x "$app"/bin/*
    cat >"$stage/shown/config/providers.json" <<JSON
{
  "edit": { "command": ["vim", "-n"], "arguments": true },
  "watch": { "command": ["$(command -v htop || command -v top)"] },
  "build": { "command": ["bin/build"] },
  "check": { "command": ["bin/check"] },
  "deploy": { "command": ["bin/deploy"] }
}
JSON
    make_history
}

make_history() (
    cd "$app"
    at=1735722000
    git() { "${person[@]}" GIT_AUTHOR_NAME="$who" GIT_COMMITTER_NAME="$who" GIT_AUTHOR_EMAIL=. GIT_COMMITTER_EMAIL=. GIT_AUTHOR_DATE="@$at +0000" GIT_COMMITTER_DATE="@$at +0000" git "$@"; }
    commit() { who=$1 at=$((at + 5400)); shift; git "$@" >/dev/null; }
    who=ada
    git init -q -b main
    git add -A
    commit ada commit -m "Berth ships in the order they come"
    commit grace commit --allow-empty -m "Count the tide in minutes"
    commit ada checkout -q -b pilots
    commit ada commit --allow-empty -m "Ask a pilot before a ship moves"
    commit linus commit --allow-empty -m "Let pilots sleep"
    commit ada checkout -q main
    commit grace commit --allow-empty -m "Refuse ships that are too deep"
    commit grace tag v1.2
    commit ada merge -q --no-ff pilots -m "Join the pilots"
    commit linus commit --allow-empty -m "Say which berth is free"
    commit ada checkout -q -b lights
    commit ada commit --allow-empty -m "Light the pier at night"
    commit ada commit --allow-empty -m "Dim the lights for whales"
    commit ada checkout -q main
    commit grace commit --allow-empty -m "Weigh what is unloaded"
    commit grace tag v1.3
    echo >>src/queue.c
)
