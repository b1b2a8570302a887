# Part of scripts/record: which sessions there are and which pictures are taken.

# start TITLE COLUMNS ROWS PROVIDER [ARGUMENT…]
start() {
    local title=$1 columns=$2 rows=$3 provider=$4
    shift 4
    shown run "$provider" -d --title "$title" --cols "$columns" --rows "$rows" "$@" >/dev/null
}

start_sessions() {
    start history 60 16 shell
    shown tag history harbour >/dev/null
    shown input history 'git log --graph --oneline --all' >/dev/null
    start queue 92 21 edit src/queue.c
    shown keys queue 1 8 G >/dev/null
    start load 60 16 watch
    start build 60 16 build
    start deploy 60 16 deploy
    start check 60 16 check
    shown wait history --for 'text:Berth ships' --timeout 30 >/dev/null
    shown wait build --for 'text:20/960' --timeout 60 >/dev/null
    shown wait queue --for 'text:ship->next' --timeout 30 >/dev/null
    shown wait check --timeout 60 >/dev/null || true
    shown wait deploy --for 'text:\[y/n\]' --timeout 60 >/dev/null
}

# wanted NAME: true if it is one of those that were asked for.
wanted() { [ -z "$names" ] || case " $names " in *" $1 "*) ;; *) false ;; esac; }

# What happens after a person has left the dashboard is what the next one tells.
take_pictures() {
    names=$*
    open_dashboard 100 30
    until_shows 'No sessions yet'
    ! wanted empty || photograph empty
    leave_dashboard
    start_sessions
    for name in overview typing queue main palette help narrow; do
        ! wanted "$name" || "scene_$name"
    done
}

scene_overview() {
    open_dashboard 132 40
    until_shows 'y/n'
    press 1 '┏.* history'
    photograph overview
    close_dashboard
}

scene_typing() {
    open_dashboard 132 40
    until_shows 'y/n'
    press 1 enter 'TYPE'
    write 'git status --short'
    press enter 'M src/queue.c'
    photograph typing
    close_dashboard
}

scene_queue() {
    open_dashboard 132 40
    until_shows 'y/n'
    press a 'QUEUE'
    photograph queue
    close_dashboard
}

scene_main() {
    open_dashboard 132 40 LAYOUT=main
    until_shows 'y/n'
    press 2 m 'include'
    photograph main
    close_dashboard
}

scene_palette() {
    open_dashboard 132 40
    until_shows 'y/n'
    press : 'Commands'
    write 'lay'
    until_shows 'layout-next'
    photograph palette
    close_dashboard
}

scene_help() {
    open_dashboard 132 40
    until_shows 'y/n'
    press '?' 'Keys'
    photograph help
    close_dashboard
}

scene_narrow() {
    open_dashboard 60 20
    until_shows 'NAVIGATE'
    press 1 'history'
    photograph narrow
    quote narrow
    close_dashboard
}
