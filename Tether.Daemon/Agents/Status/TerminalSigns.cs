using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Agents.Status;

/// <summary>What a program tells its terminal, as signals of its state. Owned by the session's thread; called in the middle of a feed, as often as a program likes.</summary>
internal sealed class TerminalSigns(AgentKind kind, ScreenRules rules)
{
    private readonly ProgramRecords _records = new();

    /// <summary>Tells the desk what an event says of the state. Titles are not read here: see <see cref="ScreenRules.OfTitle"/>.</summary>
    /// <returns>False when it says nothing.</returns>
    public bool Take(TerminalEvent raised, StatusDesk desk, DateTimeOffset now)
    {
        var signal = raised switch
        {
            TerminalEvent.ProgramStatus status => OfRecord(status.Record, now),
            TerminalEvent.Progress progress => OfProgress(progress, now),
            TerminalEvent.PromptMark mark => OfMark(mark, desk, now),
            TerminalEvent.Notification notification => rules.OfNotification($"{notification.Caption}\n{notification.Body}", now),
            _ => null,
        };
        if (signal is not null)
        {
            desk.Take(signal);
        }

        return signal is not null;
    }

    private AgentSignal? OfRecord(string text, DateTimeOffset now)
    {
        if (ProgramRecord.Parse(text) is not { } record)
        {
            return null;
        }

        _records.Take(record);
        return Foremost(now);
    }

    private AgentSignal Foremost(DateTimeOffset now)
    {
        var foremost = _records.Foremost;
        return new AgentSignal
        {
            Source = SignalSource.ProgramStatus,
            State = foremost?.AgentState ?? AgentState.Unknown,
            Rule = $"{kind.Name}.program-status.{foremost?.State ?? "clear"}",
            At = now,
            Detail = foremost is null ? "" : foremost.Progress is { } progress ? $"{foremost.Message} {progress} %".Trim() : foremost.Message,
        };
    }

    // State 1 normal, 2 error, 3 indeterminate, 4 paused.
    private AgentSignal OfProgress(TerminalEvent.Progress progress, DateTimeOffset now) => new()
    {
        Source = SignalSource.Progress,
        State = progress.State switch
        {
            1 or 3 => AgentState.Working,
            2 => AgentState.Failed,
            _ => AgentState.Unknown,
        },
        Rule = $"{kind.Name}.progress.{progress.State}",
        At = now,
        Detail = progress.State == 1 ? $"{progress.Percent} %" : "",
    };

    // Agents use the marks for their messages; only a shell's are its dialogue.
    private AgentSignal? OfMark(TerminalEvent.PromptMark mark, StatusDesk desk, DateTimeOffset now)
    {
        if (!kind.Provider.IsLoginShell)
        {
            return null;
        }

        if (mark.Kind == 'A')
        {
            _records.Prompted();
            desk.Take(Foremost(now));
        }

        return new AgentSignal
        {
            Source = SignalSource.Prompt,
            State = mark.Kind == 'C' ? AgentState.Working : AgentState.Waiting,
            Rule = $"{kind.Name}.prompt.{mark.Kind}",
            At = now,
            Detail = mark is { Kind: 'D', ExitCode: { } code and not 0 } ? $"exit code {code}" : "",
        };
    }
}
