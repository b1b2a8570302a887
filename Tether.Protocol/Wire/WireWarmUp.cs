using Tether.Protocol.Model;

namespace Tether.Protocol.Wire;

/// <summary>
/// Has the JSON of the messages with which nearly every client begins ready before the first one comes: what the serializer needs for their members cannot be compiled
/// ahead of time.
/// </summary>
public static class WireWarmUp
{
    /// <summary>Writes and reads one of each. Takes a tenth of a second or more, once in a process.</summary>
    public static void Run()
    {
        var session = new SessionRecord
        {
            Id = "",
            Title = "",
            Provider = "",
            Directory = "",
            EndedAt = default(DateTimeOffset),
            ExitCode = 0,
            OutputRow = 0,
            Tags = [""],
            Status = new AgentStatus { State = AgentState.Working, Since = default, Source = SignalSource.Screen, Rule = "" },
        };
        Message[] messages =
        [
            new HelloRequest { Versions = [1] },
            new WelcomeReply { Version = 1, Daemon = "", ProcessId = 0, Host = "" },
            new CreateRequest { Provider = "", Environment = [""], Approval = ApprovalMode.Ask },
            new SessionReply { Session = session },
            new AttachRequest { Session = "", Colors = [0], Termios = [0] },
            new AttachedReply { Channel = 1, Mode = AttachMode.Control, Session = session },
            new ExitedNotice { Channel = 1, Session = session },
        ];
        foreach (var message in messages)
        {
            WireJson.Decode(WireJson.Encode(message));
        }
    }
}
