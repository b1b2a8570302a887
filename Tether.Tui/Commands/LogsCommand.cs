using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.History;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether logs`: the text of what a session printed, from its journal.</summary>
internal static class LogsCommand
{
    public const string Name = "logs";

    public const string Examples = """
        tether logs api               all of it, as text
        tether logs api | less
        tether logs api -f            and what comes, line by line, until the session ends
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what is printed from now on" };
        var command = new Command(Name, "Print the text of what a session printed") { session, follow };
        command.SetAction(result => Run(result.GetRequiredValue(session), result.GetValue(follow)));
        return command;
    }

    private static int Run(string session, bool follow)
    {
        using var daemon = Connector.OpenClient();
        using var output = new OutputLines();
        var text = new LogText(output.Add);
        var follows = follow && SessionLookup.Require(daemon, session).State == SessionState.Running;
        var watch = follows ? new OutputWatch(daemon, session) : null;
        HistoryReader.Read(daemon, session, 0, text.Take);
        while (watch is not null && !watch.IsOver)
        {
            text.GiveOutSettled();
            output.Flush();
            watch.Wait();
            HistoryReader.Read(daemon, session, text.Position, text.Take);
        }

        text.Finish();
        return ExitCodes.Done;
    }

    // Lines are written together: one write each would take longer than the replay.
    private sealed class OutputLines : IDisposable
    {
        private const int Limit = 64 << 10;

        private readonly System.Text.StringBuilder _lines = new();

        public void Add(string line)
        {
            _lines.Append(line).Append('\n');
            if (_lines.Length >= Limit)
            {
                Flush();
            }
        }

        public void Flush()
        {
            StandardStreams.Print(_lines.ToString());
            _lines.Clear();
        }

        public void Dispose() => Flush();
    }
}
