using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server;

/// <summary>What clients ask about the agents of sessions.</summary>
internal sealed class AgentRequests(SessionLookups lookups, AgentFolders folders, string fixtures, TimeProvider clock)
{
    public ExplainReply Explain(ExplainRequest request)
    {
        var record = lookups.Record(request.Session);
        var seen = lookups.FindLive(record.Id)?.Ask(() => Look(lookups.FindLive(record.Id)!)).GetAwaiter().GetResult();
        if (request.Should is not null && seen?.Screen is null)
        {
            throw new RequestError(ErrorCode.BadRequest, $"session {record.Id} runs no known agent now: there is no state to be wrong");
        }

        var version = AgentFile.Read(folders.FolderOf(record.Id))?.Version;
        return new ExplainReply
        {
            Session = seen?.Record ?? record,
            Signals = seen?.Signals ?? [],
            Past = seen?.Past ?? (record.Status is { } last ? [last] : []),
            Version = seen is null ? version : VersionText(version, seen.Known),
            Fixture = request.Should is { } should ? Save(record, seen!, should, version) : null,
        };
    }

    private static Sight Look(Session session)
    {
        if (session.Status is not { } status)
        {
            return new Sight(session.Describe(), [], [], null, "");
        }

        var (signals, past) = status.Explain();
        return new Sight(session.Describe(), signals, past, status.ReadText(), status.Rules.Versions);
    }

    private static string? VersionText(string? version, string known) => (version, known) switch
    {
        (null, "") => null,
        (null, _) => $"unknown; the rules are made for {known}",
        (_, "") => version,
        _ => VersionRange.Contains(known, version) ? $"{version}; the rules are made for {known}" : $"{version}, which is not among those that the rules are made for: {known}",
    };

    private string Save(SessionRecord record, Sight seen, AgentState should, string? version)
    {
        var now = clock.GetUtcNow();
        var kind = lookups.FindLive(record.Id)?.Status?.Kind.Name ?? record.Provider;
        var fixture = new ScreenFixture
        {
            Agent = kind,
            Version = version ?? "",
            Should = should,
            Said = seen.Record.Status?.State ?? AgentState.Unknown,
            Rule = seen.Record.Status?.Rule ?? "",
            Signals = [.. seen.Signals.Select(signal => $"{signal.Signal.Source} {signal.Signal.Rule} {RuleEntry.NameOf(signal.Signal.State)} {signal.Signal.At:O}: {signal.Weight}")],
            Screen = seen.Screen!,
        };
        return fixture.Save(fixtures, $"{kind}-{record.Id}-{now:yyyyMMdd-HHmmss}-{RuleEntry.NameOf(should)}");
    }

    private sealed record Sight(SessionRecord Record, ExplainedSignal[] Signals, AgentStatus[] Past, ScreenText? Screen, string Known);
}
