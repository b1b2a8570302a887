using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Hooks;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Tests.Agents;

/// <summary>What adapters are given, for tests.</summary>
internal sealed class AgentFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tether-agent-");

    public string Folder => _folder.FullName;

    public LaunchPlan Prepare(AgentKind kind, params string[] arguments) => kind.Prepare(
        new LaunchPlan("/bin/" + kind.Name, [kind.Name, .. arguments], ["PATH=/bin", "DOTNET_ROOT=/dotnet"], Folder),
        new AgentLaunch
        {
            Session = "abcd2345",
            Folder = Folder,
            TetherProgram = "/opt/tether/tether",
            LocalSocket = "/run/local.sock",
            File = new AgentFile { Secret = "x" },
            Approval = ApprovalMode.Ask,
            Clock = TimeProvider.System,
        });

    public HookEffect Read(AgentKind kind, string payload) => kind.Read(Json(payload), new HookContext { Session = Session(kind), Key = "key", Now = DateTimeOffset.UnixEpoch });

    public static JsonElement Json(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    public static QueueAnswer Answer(QueueDecision decision, string reason = "", string? always = null, string? input = null, params string[][] answers) => new()
    {
        Decision = decision,
        By = "me",
        Surface = "cli",
        At = DateTimeOffset.UnixEpoch,
        Reason = reason,
        Always = always,
        Input = input,
        Answers = answers,
    };

    public static ScreenText Screen(string text)
    {
        var rows = text.ReplaceLineEndings("\n").Split('\n').Select(row => row.TrimEnd()).ToArray();
        return new ScreenText(rows, "", 110, rows.Length - 1, IsAlternate: false);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SessionRecord Session(AgentKind kind) => new()
    {
        Id = "abcd2345",
        Title = "t",
        Provider = kind.Name,
        Arguments = [],
        Directory = Folder,
        State = SessionState.Running,
        CreatedAt = DateTimeOffset.UnixEpoch,
        LastOutputAt = DateTimeOffset.UnixEpoch,
    };
}
