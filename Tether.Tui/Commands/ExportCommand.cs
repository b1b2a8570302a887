using System.CommandLine;
using Tether.Tui.Connection;
using Tether.Tui.History;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether export`: a session as a recording that plays elsewhere.</summary>
internal static class ExportCommand
{
    public const string Name = "export";

    public const string Examples = """
        tether export api --format asciicast > api.cast && asciinema play api.cast
        tether export api --format asciicast-v3 --output api.cast
        """;

    public static Command Build()
    {
        var session = CommandParts.Session();
        var format = new Option<string>("--format")
        {
            Description = "asciicast (version 2, which every player knows) or asciicast-v3",
            DefaultValueFactory = _ => "asciicast",
        };
        format.AcceptOnly("asciicast", "asciicast-v2", "asciicast-v3");
        var file = new Option<string>("--output", "-o") { Description = "Write there instead of to standard output" };
        var command = new Command(Name, "Write a session as a recording, with times and resizes") { session, format, file };
        command.SetAction(result => Run(result.GetRequiredValue(session), result.GetValue(format)!, result.GetValue(file)));
        return command;
    }

    private static int Run(string session, string format, string? file)
    {
        if (file is null && StandardStreams.IsOutputTerminal)
        {
            throw new TetherException(
                ExitCodes.Usage, "a recording would only confuse this terminal; give it a file: --output session.cast, or > session.cast");
        }

        using var daemon = Connector.OpenClient();
        var record = SessionLookup.Require(daemon, session);
        try
        {
            using var stream = file is null ? Console.OpenStandardOutput() : File.Create(file);
            using var buffered = new BufferedStream(stream, 1 << 16);
            var writer = new AsciicastWriter(buffered, format.EndsWith("v3", StringComparison.Ordinal) ? 3 : 2, record);
            HistoryReader.Read(daemon, record.Id, 0, writer.Take);
            writer.Finish();
            buffered.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TetherException(ExitCodes.Failure, $"{file ?? "standard output"} cannot be written: {e.Message}", e);
        }

        return ExitCodes.Done;
    }
}
