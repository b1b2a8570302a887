using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>What `tether` says when it is given nothing to do, and no terminal to show the dashboard on.</summary>
internal static class Overview
{
    private const string Text = """
        Tether keeps coding agents running when terminals, ssh connections and even its own daemon go.

          tether                  on a terminal: the dashboard, all sessions at once
          tether run codex        start an agent in a session (claude, opencode, pi, gemini, shell, or your own)
          Ctrl-] d                leave it running; Ctrl-] ? lists the other keys
          tether ls               see what runs
          tether attach           come back
          tether stop SESSION     end one

        `tether --help` lists all commands, `tether COMMAND --help` has examples.

        """;

    public static int Print()
    {
        StandardStreams.Print(Text);
        return ExitCodes.Done;
    }
}
