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

    /// <summary>What to tell somebody who wanted control and may only see; null when he has what he wanted.</summary>
    public static string? Withheld(AttachPlan plan, AttachedReply attached, EscapeChord chord) => (plan.Mode, attached.Mode) is (AttachMode.Control, AttachMode.Observe) && attached.Session.Controller is { } controller
        ? $"{controller} is in control; you observe{WayTo("takes it", chord)}"
        : null;

    private static string? Lost(ControlNotice notice, EscapeChord chord) => notice.Cause == "taken"
        ? $"{notice.By ?? "somebody else"} took control; you observe{WayTo("takes it back", chord)}"
        : null;

    private static string WayTo(string what, EscapeChord chord) => chord == EscapeChord.None ? "" : $". {chord.Name} t {what}";
}
