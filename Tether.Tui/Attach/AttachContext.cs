using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>What all attachments of one client share.</summary>
internal sealed record AttachContext(TerminalDevice Terminal, SignalWaker Signals, AttachSettings Settings, DaemonClient Daemon);
