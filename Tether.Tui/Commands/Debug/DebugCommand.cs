using System.CommandLine;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Debug;

/// <summary>`tether debug`: looks at everything that has to be right, and says what to mend.</summary>
internal static class DebugCommand
{
    public const string Name = "debug";

    public const string Examples = """
        tether debug                  status 1 when something needs mending
        tether debug --terminal       what this terminal can do, and what each key is read as
        """;

    public static Command Build()
    {
        var terminal = new Option<bool>("--terminal") { Description = "Show what this terminal can do, and what each key and click is read as" };
        var command = new Command(Name, "Check the environment and say what to mend") { terminal };
        command.SetAction(result => result.GetValue(terminal) ? TerminalInspection.Run() : Run());
        return command;
    }

    private static int Run()
    {
        var findings = DaemonChecks.Run().Concat(TerminalChecks.Run()).Concat(ProviderChecks.Run()).Concat(DiskChecks.Run()).ToList();
        foreach (var finding in findings)
        {
            StandardStreams.PrintLine($"{Mark(finding.Verdict)} {finding.Subject,-12} {finding.Text}");
            if (finding.Remedy is { } remedy)
            {
                StandardStreams.PrintLine($"       {"",-12} → {remedy}");
            }
        }

        return findings.Exists(finding => finding.Verdict == Verdict.Bad) ? ExitCodes.Failure : ExitCodes.Done;
    }

    private static string Mark(Verdict verdict)
    {
        var (word, color) = verdict switch
        {
            Verdict.Good => ("ok    ", 32),
            Verdict.Notice => ("notice", 33),
            _ => ("mend  ", 31),
        };
        var hasColor = StandardStreams.IsOutputTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return hasColor ? $"\e[{color}m{word}\e[m" : word;
    }
}
