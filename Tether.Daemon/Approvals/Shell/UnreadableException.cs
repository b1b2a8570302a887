namespace Tether.Daemon.Approvals.Shell;

/// <summary>The text is no command line that can be read with certainty; the message says why. Never leaves <see cref="ShellScript.Parse"/>.</summary>
internal sealed class UnreadableException(string reason) : Exception(reason);
