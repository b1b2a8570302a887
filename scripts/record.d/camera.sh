# Part of scripts/record: the dashboard in a session of the second daemon, keys for it, and pictures of it.

# open_dashboard COLUMNS ROWS [KEY=value of the dashboard's settings…]
open_dashboard() {
    local columns=$1 rows=$2
    shift 2
    printf '%s\n' "$@" >"$stage/shown/config/dashboard"
    mkdir -p "$stage/camera/config"
    printf '{ "dashboard": { "command": ["env", "-u", "TETHER_SESSION", "-C", "%s", "COLORTERM=truecolor", "%s", "%s", "%s", "%s"] } }\n' \
        "$app" "${shown_in[@]}" "$tether" >"$stage/camera/config/providers.json"
    dashboard=$(camera run dashboard -d --cols "$columns" --rows "$rows")
}

# As a person leaves it: it remembers when.
leave_dashboard() {
    camera keys "$dashboard" q >/dev/null
    camera wait "$dashboard" --timeout 30 >/dev/null
}

# Without a trace.
close_dashboard() { camera stop "$dashboard" --force >/dev/null; }

# until_shows REGEX: until a row of the dashboard matches.
until_shows() {
    camera wait "$dashboard" --for "text:$1" --timeout 30 >/dev/null || {
        echo "scripts/record: the dashboard never showed: $1" >&2
        camera capture "$dashboard" >&2
        exit 1
    }
}

# press KEY… REGEX: presses keys, until a row of the dashboard matches.
press() {
    local keys=("${@:1:$#-1}")
    camera keys "$dashboard" "${keys[@]}" >/dev/null
    until_shows "${!#}"
}

# write TEXT: types a text into the dashboard key by key.
write() {
    local text=$1 i
    for ((i = 0; i < ${#text}; i++)); do
        case ${text:i:1} in
            ' ') camera keys "$dashboard" space >/dev/null ;;
            *) camera keys "$dashboard" "${text:i:1}" >/dev/null ;;
        esac
    done
}

# photograph NAME: the screen as text and as PNG, with a margin.
photograph() {
    camera capture "$dashboard" >"$pictures/$1.txt"
    camera capture "$dashboard" --format svg | frame >"$stage/$1.svg"
    rsvg-convert --zoom 2 -o "$stage/$1.png" "$stage/$1.svg"
    convert "$stage/$1.png" -alpha off +dither -colors 128 -strip -define png:compression-level=9 "PNG8:$pictures/$1.png"
    echo "$1"
}

# Gives an SVG a margin of 12.
frame() {
    awk '
        NR == 1 {
            match($0, /width="[0-9]+"/); width = substr($0, RSTART + 7, RLENGTH - 8) + 24
            match($0, /height="[0-9]+"/); height = substr($0, RSTART + 8, RLENGTH - 9) + 24
            sub(/ width="[0-9]+" height="[0-9]+" viewBox="[^"]*"/, " width=\"" width "\" height=\"" height "\" viewBox=\"-12 -12 " width " " height "\"")
            print
            print "<rect x=\"-12\" y=\"-12\" width=\"" width "\" height=\"" height "\" fill=\"#16181d\"/>"
            next
        }
        { print }'
}

# quote NAME: puts the text of a picture into README.md, where a line names it above a fence.
quote() {
    awk -v marker="<!-- docs/pictures/$1.txt -->" -v text="$pictures/$1.txt" '
        isInside && /^```$/ { while ((getline line < text) > 0) print line; isInside = 0 }
        !isInside { print }
        isMarked { isInside = 1; isMarked = 0 }
        $0 == marker { isMarked = 1 }' "$root/README.md" >"$stage/README.md"
    cat "$stage/README.md" >"$root/README.md"
}
