using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>What the dashboard calls the agent of a session: its provider, or how an agent that registered over the API calls itself.</summary>
internal static class AgentLabel
{
    /// <param name="session">Whose.</param>
    /// <param name="isAscii">Without its icon.</param>
    public static string Of(SessionRecord session, bool isAscii = false)
    {
        if (session.External is not { } agent)
        {
            return session.Provider;
        }

        var name = agent.Name == session.Title ? session.Provider : agent.Name;
        return isAscii || agent.Icon.Length == 0 ? name : $"{agent.Icon} {name}";
    }
}
