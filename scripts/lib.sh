# Shared by the scripts beside it; not run by itself. Expects $root, the folder of the repository.

output=$root/artifacts/tether

# Finds dotnet, and gives it a home when the caller has none.
need_dotnet() {
    if ! command -v dotnet >/dev/null 2>&1; then
        if [ -x "${DOTNET_ROOT:-${HOME:-/nonexistent}/.dotnet}/dotnet" ]; then
            PATH=${DOTNET_ROOT:-$HOME/.dotnet}:$PATH
        else
            cat >&2 <<'TEXT'
Tether needs the .NET 10 SDK, and `dotnet` is not on the PATH. Install it with one of:
    Debian, Ubuntu:  sudo apt-get install dotnet-sdk-10.0      (Debian: add packages.microsoft.com first)
    Fedora:          sudo dnf install dotnet-sdk-10.0
    macOS:           brew install dotnet
    anywhere:        curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0
                     and put ~/.dotnet on your PATH
TEXT
            exit 127
        fi
    fi
    if ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
        echo "Tether needs the .NET 10 SDK; this \`dotnet\` has: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -)" >&2
        exit 127
    fi
    if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
        export DOTNET_CLI_HOME=$root/artifacts/home NUGET_PACKAGES=${NUGET_PACKAGES:-$root/artifacts/packages}
    fi
    # No greeting, no server that outlives the build and holds its locks.
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
    export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
}

# Something that decides what the two programs are is newer than the last build. One find; folders count, so a deletion does too.
sources_are_newer() {
    [ ! -e "$output/.built" ] || [ -n "$(find "$root/Tether.Protocol" "$root/Tether.Daemon" "$root/Tether.Tui" \
        "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" "$root/scripts/lib.sh" \
        -newer "$output/.built" -print -quit)" ]
}

# Builds `tether` and `tetherd` into artifacts/tether unless they are up to date. Quiet unless it fails; one build at a time.
build_tether() {
    sources_are_newer || return 0
    need_dotnet
    mkdir -p "$root/artifacts"
    if command -v flock >/dev/null 2>&1; then
        ( flock 9 && build_tether_locked ) 9>"$root/artifacts/build.lock"
    else
        # macOS has no flock; a folder is made by one process only.
        until mkdir "$root/artifacts/build.lock.d" 2>/dev/null; do
            if ! kill -0 "$(cat "$root/artifacts/build.lock.d/pid" 2>/dev/null || echo $$)" 2>/dev/null; then
                rm -rf "$root/artifacts/build.lock.d"
            fi
            sleep 0.2
        done
        echo $$ >"$root/artifacts/build.lock.d/pid"
        trap 'rm -rf "$root/artifacts/build.lock.d"' EXIT
        build_tether_locked
        rm -rf "$root/artifacts/build.lock.d"
        trap - EXIT
    fi
}

build_tether_locked() {
    # The one who held the lock may have built it.
    sources_are_newer || return 0
    [ ! -t 2 ] || echo "building Tether …" >&2
    local staging=$root/artifacts/tether.new log=$root/artifacts/build.log started=$root/artifacts/build.started
    rm -rf "$staging"
    : >"$started"
    if ! publish_both "$staging" true >"$log" 2>&1 9>&-; then
        # Without the crossgen package the programs start slower and are the same otherwise.
        if ! grep -qi 'crossgen\|NU1101\|NETSDK1094' "$log" || ! publish_both "$staging" false >"$log" 2>&1 9>&-; then
            cat "$log" >&2
            echo "Tether could not be built; what it said is above and in $log" >&2
            return 1
        fi
    fi
    dotnet_root_to_remember >"$staging/.built"
    # What changed during the build is newer than what was built.
    touch -r "$started" "$staging/.built"
    # A running daemon keeps the files it has open: they are replaced, never written into.
    rm -rf "$output.old"
    [ ! -e "$output" ] || mv "$output" "$output.old"
    mv "$staging" "$output"
    rm -rf "$output.old" "$started"
}

# publish_both FOLDER READY_TO_RUN
publish_both() {
    local project
    for project in Tether.Tui Tether.Daemon; do
        dotnet publish "$root/$project/$project.csproj" --configuration Release --ucr --self-contained false \
            --output "$1" -p:PublishReadyToRun="$2" -p:ArtifactsPath="$root/artifacts/release" -p:DebugType=embedded \
            -p:UseSharedCompilation=false -p:GenerateDocumentationFile=false --verbosity minimal </dev/null || return 1
    done
}

# The programs look for .NET in the usual places; when it is elsewhere they must be told where.
dotnet_root_to_remember() {
    local place
    place=$(readlink -f "$(command -v dotnet)")
    place=${place%/dotnet}
    case $place in
        /usr/share/dotnet | /usr/lib/dotnet | /usr/local/share/dotnet | /usr/lib64/dotnet) echo ;;
        *) if [ -e /etc/dotnet/install_location ]; then echo; else echo "$place"; fi ;;
    esac
}

# Tells the programs where .NET is, when that is no usual place.
export_dotnet_root() {
    local place=
    read -r place <"$output/.built" || true
    if [ -n "$place" ] && [ -z "${DOTNET_ROOT:-}" ]; then
        export DOTNET_ROOT=$place
    fi
}
