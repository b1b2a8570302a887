namespace Tether.Daemon.Agents.Codex;

/// <summary>
/// Codex as a server and its terminal interface, both in the session. The line that starts them becomes the interface, so that job control and the exit
/// status are its own. The server and who watches over it are a process group beside it: keys and signals of the terminal do not reach them, and when the
/// interface is gone, however it went, a pipe that only it holds open ends, and they end. A server that does not come up leaves the plan with hooks.
/// </summary>
internal static class CodexRemote
{
    public const string SocketName = "codex.sock";

    private const string Shell = "/bin/sh";

    public static bool IsPossible => File.Exists(Shell);

    /// <param name="plan">As the person asked for it.</param>
    /// <param name="arguments">His, read; <see cref="CodexArguments.CanBeRemote"/>.</param>
    /// <param name="folder">The session's own, where the socket is to be.</param>
    /// <param name="hooked">What is done when the server does not come up: the arguments before the person's.</param>
    public static LaunchPlan Plan(LaunchPlan plan, CodexArguments arguments, string folder, string[] hooked)
    {
        var socket = Path.Combine(folder, SocketName);
        var script = Script(
            ShellWord.Quote(socket), Line(["app-server", .. arguments.OfServer, "--listen", $"unix://{socket}"]), Line(["--remote", $"unix://{socket}"]), Line(hooked));
        return plan with { Program = Shell, Arguments = ["sh", "-c", script, plan.Arguments[0], .. plan.Arguments[1..]] };

        string Line(string[] words) => string.Join(' ', words.Prepend(plan.Program).Select(ShellWord.Quote));
    }

    /// <summary>The socket of an endpoint that <see cref="EndpointOf"/> made; null for another.</summary>
    public static string? SocketOf(string? endpoint) => endpoint?.StartsWith("unix://", StringComparison.Ordinal) == true ? endpoint["unix://".Length..] : null;

    public static string EndpointOf(string folder) => $"unix://{Path.Combine(folder, SocketName)}";

    // Codex puts the socket itself, with a `.lock`, into /tmp/codex-daemon-UID behind a symbolic link, and removes all three unless it is killed.
    // It ends at the first SIGTERM only when no turn runs. To one that takes the place of a killed one the interface connects again by itself.
    private static string Script(string socket, string server, string ui, string hooked) => $$"""
        s={{socket}}; w=$s.alive
        clean() { t=$(readlink "$s") && rm -f "$s" "$t" "$t.lock"; }
        remote() {
            rm -f "$s" "$w"
            mkfifo -m 600 "$w" && exec 3<>"$w" 4<"$w" && rm -f "$w" || return 1
            set -m
            (
                set +m
                k=0; trap k=9 HUP INT TERM
                exec 5<&0
                {
                    trap '' HUP INT TERM
                    while read -r _; do :; done
                    kill -TERM 0; sleep 0.3 || sleep 1
                    kill -TERM 0; i=0
                    while [ $i -lt 15 ]; do i=$((i + 1)); sleep 0.2 || sleep 1; done
                    clean; kill -KILL 0
                } <&5 &
                while {{server}} </dev/null 5<&-; clean && [ $k -lt 5 ]; do k=$((k + 1)); done
                kill -KILL $!
            ) <&4 3>&- 4<&- &
            j=$!
            set +m
            exec 4<&-
            i=0
            while [ ! -S "$s" ] && [ $i -lt 500 ] && kill -0 $j; do i=$((i + 1)); sleep 0.02 || sleep 1; done
            [ -S "$s" ]
        }
        if remote >/dev/null 2>&1; then exec {{ui}} "$@"; fi
        exec 3>&- 4<&-
        exec {{hooked}} "$@"
        """;
}
