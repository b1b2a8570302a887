using System.Net;
using Microsoft.Extensions.Logging;
using Tether.Daemon.Agents.Codex;
using Tether.Protocol.Model;

namespace Tether.Daemon.Configuration;

/// <summary>
/// What the person configured, checked and complete. Immutable; a changed file counts from the daemon's next start.
/// `.env.example` explains every key.
/// </summary>
internal sealed record TetherConfig
{
    public const int StandardPort = 8787;

    /// <summary>How long a stopped program has between SIGHUP and SIGTERM, and again before SIGKILL.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The size of a session that starts with nobody attached, in cells.</summary>
    public int Columns { get; init; } = 120;

    public int Rows { get; init; } = 40;

    public int ScrollbackRows { get; init; } = 10_000;

    public int JournalMiB { get; init; } = 64;

    /// <summary>How long an ended session is remembered; 0: for ever.</summary>
    public int JournalDays { get; init; } = 30;

    /// <summary>Events kept of one session, the newest.</summary>
    public int EventsMost { get; init; } = 1_000_000;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public int LogMiB { get; init; } = 8;

    /// <summary>Log files kept, the present one included.</summary>
    public int LogFiles { get; init; } = 5;

    /// <summary>Whether there is an HTTP port at all.</summary>
    public bool ServesHttp { get; init; } = true;

    /// <summary>The address of the HTTP port.</summary>
    public IPAddress HttpAddress { get; init; } = IPAddress.Loopback;

    /// <summary>TETHER_AGENT_PORT; null when it is not set.</summary>
    public int? AgentPort { get; init; }

    /// <summary>TETHER_PORT, the older name; null when it is not set.</summary>
    public int? OlderPort { get; init; }

    /// <summary>The HTTP port; 0: none.</summary>
    public int Port => ServesHttp ? AgentPort ?? OlderPort ?? StandardPort : 0;

    /// <summary>Further names by which the HTTP port is reached, as `tether.example.com` or `box:8080`.</summary>
    public IReadOnlyList<string> HttpNames { get; init; } = [];

    /// <summary>A token of the person's own choice that may do everything; empty for none.</summary>
    public string HttpToken { get; init; } = "";

    /// <summary>Requests a second that one token may make over the HTTP port; 0: any number.</summary>
    public int HttpRate { get; init; } = 1000;

    /// <summary>Where sessions may be started over the API besides the home folder: absolute folders, each with all below it.</summary>
    public IReadOnlyList<string> HttpDirectories { get; init; } = [];

    /// <summary>Agents are launched so that they report to their session: hooks, extensions, ports.</summary>
    public bool Hooks { get; init; } = true;

    /// <summary>Pi, which has no approvals of its own, asks for them in sessions.</summary>
    public bool PiAsks { get; init; } = true;

    /// <summary>How Codex reports and asks.</summary>
    public CodexWay Codex { get; init; }

    /// <summary>0xRRGGBB, told to programs that ask before any terminal has said its own.</summary>
    public int Foreground { get; init; } = 0xd8d8d8;

    public int Background { get; init; } = 0x181818;

    /// <summary>What agents of new sessions may do unasked, unless the one who starts a session says otherwise. Never <see cref="ApprovalMode.Bypass"/>.</summary>
    public ApprovalMode Approval { get; init; }

    /// <summary>How long a hook that keeps its agent from drawing its own prompt may wait for an answer from elsewhere.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The desktop is told of what needs somebody.</summary>
    public bool Notifies { get; init; } = true;

    /// <summary>It is told what an agent asks, too.</summary>
    public bool NotifiesContent { get; init; }

    /// <summary>What a shell runs for each of them; empty for nothing.</summary>
    public string NotifyCommand { get; init; } = "";

    /// <summary>What was not understood, as `file:line: what, what is allowed`.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public long JournalBytes => (long)JournalMiB << 20;

    public long LogBytes => (long)LogMiB << 20;
}
