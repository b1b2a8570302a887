using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>What all attachments of one client share.</summary>
/// <param name="Notes">What the person should know and could not be shown while the daemon had the terminal: said at the end.</param>
internal sealed record AttachContext(
    TerminalDevice Terminal, SignalWaker Signals, AttachSettings Settings, DaemonClient Daemon, List<string> Notes);
