using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Run;

/// <summary>`tether run`: a provider's program in a new session, and this terminal attached to it.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public const string Examples = """
        tether run codex                        codex, in a session that outlives this terminal
        tether run codex --model o3             codex gets exactly `--model o3`
        tether run claude --title api --cwd ~/api
        id=$(tether run shell -d)               starts it and prints its id
        tether run codex -d --cols 120 --rows 40 -- --cwd x    codex gets `--cwd x`: behind `--`, everything is the program's
        """;

    /// <summary>Only for help and completion: what stands behind the provider is divided by <see cref="RunArguments"/>.</summary>
    public static Command Build() => new(Name, "Run a program (codex, claude, opencode, pi, gemini, shell …) in a new session")
    {
        new Argument<string>("provider") { Description = "codex, claude, opencode, pi, gemini, shell, or one of ~/.config/tether/providers.json" },
        new Argument<string[]>("arguments")
        {
            Description = "The program's own, from the first word that is none of the options below",
            Arity = ArgumentArity.ZeroOrMore,
        },
        new Option<string>("--title") { Description = "What to call the session (else the provider's name)" },
        new Option<string>("--cwd") { Description = "Start there instead of here" },
        new Option<bool>("--detach", "-d") { Description = "Do not attach; print the session's id" },
        new Option<int>("--cols") { Description = "Width of the session in cells (else this terminal's)" },
        new Option<int>("--rows") { Description = "Height of the session in cells (else this terminal's)" },
        new Option<string>("--approval") { Description = "What its agent may do unasked: ask, edits or bypass (else TETHER_APPROVAL)" },
        new Option<bool>("--no-reconnect") { Description = "End when the daemon goes, instead of coming back by itself" },
    };

    public static int Run(RunArguments arguments)
    {
        var provider = arguments.Provider ?? throw new TetherException(ExitCodes.Usage,
            "run what? Name a provider: codex, claude, opencode, pi, gemini, shell, or one of your own. `tether run --help` has examples");
        using var terminal = arguments.IsDetached ? null : AttachClient.OpenTerminal();
        var settings = new Lazy<AttachSettings>(() => AttachSettings.Read() with { Reconnects = arguments.Reconnects });
        var request = new Lazy<CreateRequest>(() => Request(provider, arguments));

        // All that takes time is done while the daemon starts, if it has to.
        var daemon = Connector.OpenClient(meanwhile: () =>
        {
            _ = request.Value;
            _ = terminal is null ? null : settings.Value;
        });
        var size = terminal?.Size ?? default;

        // Programs ask for the colours as soon as they start.
        terminal?.EnterRawMode();
        var typedAhead = (byte[])[];
        var inquiry = terminal is null ? null : OuterPalette.Ask(terminal, out typedAhead);
        var session = daemon.Ask<SessionReply>(request.Value with
        {
            Columns = arguments.Columns > 0 ? arguments.Columns : size.Columns,
            Rows = arguments.Rows > 0 ? arguments.Rows : size.Rows,
            Colors = inquiry?.Colors,
        }).Session;

        if (terminal is not null)
        {
            return AttachClient.Run(daemon, new AttachPlan(session.Id) { Inquiry = inquiry, TypedAhead = typedAhead }, settings.Value, terminal);
        }

        daemon.Dispose();
        StandardStreams.PrintLine(session.Id);
        return ExitCodes.Done;
    }

    private static CreateRequest Request(string provider, RunArguments arguments) => new()
    {
        Provider = provider,
        Arguments = arguments.Rest,
        Directory = arguments.Directory ?? Environment.CurrentDirectory,
        Environment = ClientEnvironment.All(without: ClientEnvironment.SessionVariable),
        FileLimit = ClientEnvironment.FileLimit(),
        Umask = ClientEnvironment.FileModeMask(),
        Title = arguments.Title,
        Approval = arguments.Approval,
    };
}
