using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>Asks to attach, lending the terminal where it helps.</summary>
internal static class Admission
{
    public static AttachedReply Ask(DaemonClient daemon, AttachPlan plan, AttachSettings settings, TerminalDevice terminal)
    {
        var (columns, rows) = terminal.Size;
        var request = new AttachRequest
        {
            Session = plan.Session,
            Mode = plan.Mode,
            Take = plan.Take,
            Columns = columns,
            Rows = rows,
            Scrollback = plan.Scrollback,
            Colors = plan.Inquiry is null ? null : plan.Inquiry.Colors ?? [],
            Alerts = settings.Alerts,
        };
        var lends = settings.Lends && plan.IsKnown && !plan.AwaitsColors && plan.Mode == AttachMode.Control && daemon.Connection.CanLend && terminal.LendableDescriptor >= 0;
        if (!lends)
        {
            return daemon.Ask<AttachedReply>(request);
        }

        var lending = request with { Lend = true, Chord = settings.Chord.Byte, Termios = terminal.SavedSettings };
        try
        {
            return daemon.Ask<AttachedReply>(lending, terminal.LendableDescriptor);
        }
        catch (DaemonException e) when (e.Code == ErrorCode.CannotLend)
        {
            return daemon.Ask<AttachedReply>(request);
        }
    }
}
