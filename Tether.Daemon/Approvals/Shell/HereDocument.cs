namespace Tether.Daemon.Approvals.Shell;

/// <summary>A here-document; its body is known once the line that begins it has been read.</summary>
internal sealed class HereDocument(string delimiter, bool isQuoted, bool stripsTabs)
{
    public string Delimiter { get; } = delimiter;

    /// <summary>Nothing in its body is expanded.</summary>
    public bool IsQuoted { get; } = isQuoted;

    public bool StripsTabs { get; } = stripsTabs;

    public ShellWord? Body { get; set; }
}
