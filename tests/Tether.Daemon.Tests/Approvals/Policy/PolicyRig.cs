using Tether.Daemon.Approvals;
using Tether.Daemon.Approvals.Facts;
using Tether.Daemon.Approvals.Policy;
using Tether.Protocol.Model;

namespace Tether.Daemon.Tests.Approvals.Policy;

/// <summary>
/// A policy over a small tree of its own: `work/` is the session's directory with `src/a.cs`, `.env`, `sub/`, and links `out` (to `outside/`) and `in` (to `src/`);
/// `outside/` has `secret.txt`, `home/` is the home directory.
/// </summary>
internal sealed class PolicyRig : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchDirectory _scratch = new();

    public PolicyRig(string? policyJson = null)
    {
        _scratch.Write("work/src/a.cs", "");
        _scratch.Write("work/.env", "");
        _scratch.Write("work/notes.txt", "");
        _scratch.Write("work/sub/b.txt", "");
        _scratch.Write("outside/secret.txt", "");
        _scratch.Write("home/.bashrc", "");
        _scratch.Write("tether/config/keep", "");
        Directory.CreateSymbolicLink(_scratch.File("work/out"), _scratch.File("outside"));
        Directory.CreateSymbolicLink(_scratch.File("work/in"), _scratch.File("work/src"));
        Directory.CreateSymbolicLink(_scratch.File("worklink"), _scratch.File("work"));
        if (policyJson is not null)
        {
            _scratch.Write("tether/config/policy.json", policyJson);
        }

        Policy = Open();
    }

    public ApprovalPolicy Policy { get; private set; }

    public string Root => new PathResolver("/").Real("/", _scratch.Path)!;

    public string Work => Path.Combine(Root, "work");

    public string PolicyFile => _scratch.File("tether/config/policy.json");

    public string RulesFile => _scratch.File("tether/rules.json");

    public PolicySubject Subject => new() { Session = "abcdefgh", Agent = "claude", Directory = Work, Tags = ["api"] };

    /// <summary>As a daemon that starts anew.</summary>
    public void Reopen() => Policy = Open();

    public string Expand(string text) => text.Replace("$ROOT", Root, StringComparison.Ordinal).Replace("$WORK", Work, StringComparison.Ordinal);

    public Ask Command(string command) => new()
    {
        Session = "abcdefgh",
        Key = "k",
        Kind = QueueKind.Approval,
        Title = "Bash: " + command,
        Tool = "Bash",
        ToolClass = ToolClass.Command,
        Command = Expand(command),
    };

    public Ask Edit(params string[] paths) => new()
    {
        Session = "abcdefgh",
        Key = "k",
        Kind = QueueKind.Approval,
        Title = "Edit",
        Tool = "Edit",
        ToolClass = ToolClass.Edit,
        Edits = [.. paths.Select(path => new FileEdit { Path = Expand(path) })],
    };

    public AskReading Read(Ask ask) => Policy.Read(ask, Subject);

    public PolicyVerdict Verdict(Ask ask, ApprovalMode mode = ApprovalMode.Ask, DateTimeOffset? at = null) =>
        Policy.Judge(Read(ask), Subject with { Mode = mode }, at ?? Noon).Verdict;

    public PolicyRule Add(PolicyRule rule) => Policy.Add(rule, Noon);

    public PolicyRule Allow(params string[] commands) => Add(new PolicyRule { Verdict = PolicyVerdict.Allow, Commands = commands });

    public PolicyRule Deny(params string[] commands) => Add(new PolicyRule { Verdict = PolicyVerdict.Deny, Commands = commands });

    public void Dispose() => _scratch.Dispose();

    private ApprovalPolicy Open() => new(PolicyFile, RulesFile, Path.Combine(Root, "home"), [_scratch.File("tether")], TimeZoneInfo.Utc);
}
