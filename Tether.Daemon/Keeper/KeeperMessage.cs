namespace Tether.Daemon.Keeper;

/// <summary>
/// What daemon and keeper tell one another, as <see cref="KeeperJson"/> writes it. A keeper outlives many versions of the daemon, so members are only ever added,
/// unknown ones are ignored, and an unknown message is answered with <see cref="Refused"/>.
/// </summary>
internal abstract record KeeperMessage
{
    /// <summary>Daemon → keeper: start a program on a new pty.</summary>
    public sealed record Spawn : KeeperMessage
    {
        public required string Session { get; init; }

        /// <summary>The absolute path of the executable.</summary>
        public required string Path { get; init; }

        /// <summary>argv, its name first.</summary>
        public required string[] Arguments { get; init; }

        /// <summary>The whole environment as `KEY=value`.</summary>
        public required string[] Environment { get; init; }

        public required string Directory { get; init; }

        public required int Columns { get; init; }

        public required int Rows { get; init; }

        /// <summary>Its soft limit on open files; 0 for the keeper's own.</summary>
        public int FileLimit { get; init; }

        /// <summary>File mode mask; -1 for the keeper's own.</summary>
        public int Umask { get; set; } = -1;
    }

    /// <summary>Keeper → daemon: it runs; the pty's master comes with this message.</summary>
    public sealed record Spawned(string Session, int ProcessId, long StartTime) : KeeperMessage;

    /// <summary>Keeper → daemon: it could not be started, or the message was not understood.</summary>
    public sealed record Refused(string Session, string Reason, int Errno) : KeeperMessage;

    /// <summary>Daemon → keeper: what do you hold?</summary>
    public sealed record List : KeeperMessage;

    /// <summary>Keeper → daemon: one program it holds, or whose end nobody has acknowledged; its master comes along.</summary>
    public sealed record Held(string Session, int ProcessId, long StartTime, bool HasExited, int? ExitCode, int? Signal) : KeeperMessage;

    /// <summary>Keeper → daemon: that was all.</summary>
    public sealed record Listed(int KeeperProcessId) : KeeperMessage;

    /// <summary>Daemon → keeper: hold this one too; another keeper that died had started it. Its master comes along.</summary>
    public sealed record Adopt(string Session, int ProcessId, long StartTime) : KeeperMessage;

    /// <summary>Keeper → daemon: the program ended. Code and signal are both null when another keeper had started it.</summary>
    public sealed record Exited(string Session, int? ExitCode, int? Signal) : KeeperMessage;

    /// <summary>Daemon → keeper: the end is recorded; close the master and forget the session.</summary>
    public sealed record Release(string Session) : KeeperMessage;

    /// <summary>Daemon → keeper: end, if you hold nothing.</summary>
    public sealed record Leave : KeeperMessage;
}
