using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>What to do when control came or went: attach again, in the way that fits now. Null when nothing changes.</summary>
internal static class ControlChange
{
    public static VisitEnd? Answer(ControlNotice notice, AttachPlan plan, AttachedReply attached, EscapeChord chord)
    {
        if (notice.Mode == attached.Mode)
        {
            return null;
        }

        var again = plan with { Session = attached.Session.Id, Scrollback = 0 };
        return notice.Mode == AttachMode.Control
            ? new VisitEnd.GoTo(again with { Mode = AttachMode.Control, Take = true, Message = null })
            : new VisitEnd.GoTo(again with { Take = false, Message = Lost(notice, chord) });
    }

    private static string? Lost(ControlNotice notice, EscapeChord chord) => notice.Cause == "taken"
        ? $"{notice.By ?? "somebody else"} took control; you observe{(chord == EscapeChord.None ? "" : $". {chord.Name} t takes it back")}"
        : null;
}
