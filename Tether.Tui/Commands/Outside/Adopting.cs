using System.Text.RegularExpressions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Outside;

/// <summary>An agent's session resumed in one of Tether's, and this terminal attached to it.</summary>
internal static partial class Adopting
{
    /// <summary>Whether a word can be an agent's id: none of them is a word that people choose for a title.</summary>
    public static bool LooksLikeAgents(string name) => AgentsId().IsMatch(name);

    /// <summary>Whether no session of Tether's is meant, but one of an agent's.</summary>
    public static bool IsOutside(DaemonClient daemon, string name)
    {
        if (daemon.Ask<SessionsReply>(new ListRequest { All = true }).Sessions.Any(session => session.Title == name || session.Id.StartsWith(name, StringComparison.Ordinal)))
        {
            return false;
        }

        try
        {
            daemon.Ask<TranscriptReply>(new TranscriptRequest { Session = name, Limit = 1 });
            return true;
        }
        catch (DaemonException e) when (e.Code == ErrorCode.UnknownSession)
        {
            return false;
        }
    }

    /// <summary>The request, with what a session takes from this client's surroundings; answered with the session that runs.</summary>
    public static SessionRecord Ask(DaemonClient daemon, AdoptRequest request) => daemon.Ask<SessionReply>(request with
    {
        Environment = ClientEnvironment.All(without: ClientEnvironment.SessionVariable),
        FileLimit = ClientEnvironment.FileLimit(),
        Umask = ClientEnvironment.FileModeMask(),
    }).Session;

    /// <summary>Adopts, and gives the session this terminal.</summary>
    /// <returns>The exit status.</returns>
    public static int Attach(DaemonClient daemon, TerminalDevice terminal, AttachSettings settings, AdoptRequest request)
    {
        // Programs ask for the colours as soon as they start.
        terminal.EnterRawMode();
        var inquiry = OuterPalette.Ask(terminal, out var typedAhead);
        var session = Ask(daemon, request with { Columns = terminal.Size.Columns, Rows = terminal.Size.Rows, Colors = inquiry?.Colors });
        return AttachClient.Run(
            daemon,
            new AttachPlan(session.Id) { Inquiry = inquiry, TypedAhead = typedAhead, Message = $"session {session.Id} continues {session.AgentSession}" },
            settings,
            terminal);
    }

    [GeneratedRegex(@"^(ses_[0-9A-Za-z]{4,}|[0-9a-f][0-9a-f-]{7,})$", RegexOptions.CultureInvariant)]
    private static partial Regex AgentsId();
}
