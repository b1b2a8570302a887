using System.CommandLine;
using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether explain`: why the daemon thinks that an agent is up to what it says, and what to do when it is wrong.</summary>
internal static class ExplainCommand
{
    public const string Name = "explain";

    public const string Examples = """
        tether explain api                   the state, the rule that found it, and everything that was weighed
        tether explain api --wrong waiting   it really waits: keep screen and signals, for `tether agents test`
        tether explain api --json | jq -r .session.status.rule
        """;

    private static readonly Dictionary<string, AgentState> States =
        Enum.GetValues<AgentState>().ToDictionary(NameOf);

    public static Command Build()
    {
        var session = CommandParts.Session();
        var wrong = new Option<string?>("--wrong") { Description = "The state is wrong, it is really this one: keep screen and signals as a fixture", HelpName = "state" };
        var json = CommandParts.Json();
        var command = new Command(Name, "Tell what a session's agent is up to, and why Tether thinks so") { session, wrong, json };
        command.SetAction(result => Run(result.GetRequiredValue(session), result.GetValue(wrong), result.GetValue(json)));
        return command;
    }

    private static int Run(string session, string? wrong, bool json)
    {
        AgentState? should = null;
        if (wrong is not null)
        {
            should = States.TryGetValue(wrong, out var state) && state < AgentState.Exited
                ? state
                : throw new TetherException(ExitCodes.Usage, $"`{wrong}` is no state; there are {string.Join(", ", States.Where(pair => pair.Value < AgentState.Exited).Select(pair => pair.Key))}");
        }

        using var daemon = Connector.OpenClient();
        var reply = daemon.Ask<ExplainReply>(new ExplainRequest { Session = session, Should = should });
        if (json)
        {
            Json.Print(reply, WireJson.Default.ExplainReply);
        }
        else
        {
            Print(reply);
        }

        return ExitCodes.Done;
    }

    private static void Print(ExplainReply reply)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (reply.Session.Status is not { } status)
        {
            StandardStreams.PrintLine($"{reply.Session.Id} ({reply.Session.Provider}) runs no agent that is known: nothing is known of what it is up to");
            return;
        }

        var until = status.Until is { } end ? $", until {end.ToLocalTime():yyyy-MM-dd HH:mm}" : "";
        StandardStreams.PrintLine($"{NameOf(status.State)} for {SessionText.Age(now - status.Since)}{until}, by {status.Rule}{(status.Detail.Length > 0 ? $": {status.Detail}" : "")}");
        StandardStreams.PrintLine($"agent  {reply.Session.Provider}{(reply.Version is { } version ? $", version {version}" : "")}");
        foreach (var (signal, weight) in reply.Signals.Select(explained => (explained.Signal, explained.Weight)))
        {
            var said = signal.State == AgentState.Unknown ? "" : $" says {NameOf(signal.State)}";
            StandardStreams.PrintLine($"  {NameOf(signal.Source),-15} {signal.Rule}{said}{(signal.Detail.Length > 0 ? $" ({signal.Detail})" : "")}");
            StandardStreams.PrintLine($"  {"",-15} {weight}");
        }

        foreach (var past in reply.Past.TakeLast(10))
        {
            StandardStreams.PrintLine($"  {past.Since.ToLocalTime():HH:mm:ss}  {NameOf(past.State),-15} {past.Rule}");
        }

        if (reply.Fixture is { } fixture)
        {
            StandardStreams.PrintLine($"kept as {fixture}; it has what was on the screen, so look at it before you give it away");
        }
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonSerializer.SerializeToElement(value, typeof(T), WireJson.Default).GetString()!;
}
