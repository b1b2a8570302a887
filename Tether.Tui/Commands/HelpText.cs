using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tether.Tui.Commands;

/// <summary>The library's help, with examples and, for the whole, exit statuses behind it.</summary>
internal static class HelpText
{
    private const string Examples = """
        tether                          the dashboard: all sessions at once, on this terminal; ? there shows its keys
        tether run codex                an agent in a session of its own, on this terminal
        tether run claude -d --cwd api  the same, in api, without this terminal
        tether attach                   back to a session; Ctrl-] d leaves it running
        tether COMMAND --help           what a command can do, with examples
        """;

    private const string ExitStatuses = """
        Exit status:
          0 done   1 failed   2 wrong usage   3 no such session, or more than one   4 not possible in this state
          5 the daemon cannot be reached   6 the program is not installed
          7 not typed: somebody's draft was in the way, or the agent asks something first   124 wait timed out
          A client that is attached at the end of its session exits with the session's own status (128 + signal).
        """;

    public static void AddTo(RootCommand root, IReadOnlyList<CommandTable.Row> rows)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new Action((HelpAction)option.Action!, rows);
    }

    private sealed class Action(HelpAction standard, IReadOnlyList<CommandTable.Row> rows) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            standard.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            var words = CommandPath.Words(parseResult.CommandResult);
            output.WriteLine("Examples:");
            foreach (var line in ExamplesOf(words))
            {
                output.WriteLine(line.Length > 0 ? $"  {line}" : "");
            }

            if (words.Count == 0)
            {
                output.WriteLine();
                output.WriteLine(ExitStatuses);
            }

            return ExitCodes.Done;
        }

        // A command within a command has its own among those of the outer one.
        private IEnumerable<string> ExamplesOf(IReadOnlyList<string> words)
        {
            if (words.Count == 0)
            {
                return Examples.Split('\n');
            }

            var all = rows.First(row => row.Name == words[0]).Examples.Split('\n');
            var beginning = $"{CommandPath.Program} {string.Join(' ', words)}";
            return words.Count == 1 ? all : all.Where(line => line == beginning || line.StartsWith(beginning + " ", StringComparison.Ordinal));
        }
    }
}
