namespace Tether.Tui;

/// <summary>The command ends here: what to tell the person, and with which status. <see cref="Program"/> prints it.</summary>
internal class TetherException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode => exitCode;
}
