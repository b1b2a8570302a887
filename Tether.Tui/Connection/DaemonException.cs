using Tether.Protocol.Wire;

namespace Tether.Tui.Connection;

/// <summary>The daemon refused, or is gone.</summary>
internal sealed class DaemonException : TetherException
{
    public DaemonException(ErrorReply error)
        : base(ExitCodes.Of(error.Code), Advised(error)) => Code = error.Code;

    private DaemonException(int exitCode, string message)
        : base(exitCode, message)
    {
    }

    /// <summary>One of <see cref="ErrorCode"/>; null when the daemon is gone.</summary>
    public string? Code { get; }

    /// <summary>There is no daemon any more that could answer.</summary>
    public bool IsGone => Code is null;

    // All commands that are refused for this have the option.
    private static string Advised(ErrorReply error) =>
        error.Code == ErrorCode.ControlTaken ? $"{error.Message}; --take types all the same and tells them" : error.Message;

    public static DaemonException Gone() =>
        new(ExitCodes.NoDaemon, "the daemon ended while it was asked; sessions go on. Run the command again to start it");
}
