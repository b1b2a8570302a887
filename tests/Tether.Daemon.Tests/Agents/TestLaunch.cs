using Tether.Daemon.Agents;
using Tether.Protocol.Model;

namespace Tether.Daemon.Tests.Agents;

/// <summary>What an agent is launched with in tests: a folder, a file with nothing in it, and a session.</summary>
internal static class TestLaunch
{
    public static AgentLaunch In(string folder) => new()
    {
        Session = "abcdefgh",
        Folder = folder,
        TetherProgram = "/bin/tether",
        LocalSocket = "/run/tether/local.sock",
        File = new AgentFile { Secret = "secret" },
        Approval = ApprovalMode.Ask,
        Clock = TimeProvider.System,
    };

    public static LaunchPlan Plan(params string[] arguments) => new($"/bin/{arguments[0]}", arguments, ["PATH=/bin"], "/srv/app");

    public static SessionRecord Session(string provider) => new()
    {
        Id = "abcdefgh",
        Title = provider,
        Provider = provider,
        Directory = "/srv/app",
        CreatedAt = DateTimeOffset.UnixEpoch,
        LastOutputAt = DateTimeOffset.UnixEpoch,
    };
}
