using Tether.Protocol.Model;
using Tether.Protocol.Terminal.Keys;
using Tether.Protocol.Wire;
using Tether.Tui.Terminal;

namespace Tether.Tui.Attach;

/// <summary>
/// Learns the terminal's colours during one <see cref="Visit"/> and tells the daemon. Only who is in control asks, and nothing waits for the answers; the
/// daemon asks a terminal that it was lent, and what it was answered is read here only while the menu is open. Belongs to the visit's loop.
/// </summary>
internal sealed class ColorDesk
{
    // CAN: the sequence that the terminal is in the middle of is dropped.
    private const byte Cancel = 0x18;

    private readonly AttachContext _context;
    private readonly AttachedReply _attached;
    private readonly ColorInquiry _inquiry;
    private long _askedAt = Environment.TickCount64;
    private long _heldSince;

    public ColorDesk(AttachContext context, AttachedReply attached, AttachPlan plan)
    {
        (_context, _attached) = (context, attached);
        var asks = attached.Mode == AttachMode.Control && plan.Inquiry is null;
        _inquiry = plan.AwaitsColors ? plan.Inquiry! : new ColorInquiry(asks && !attached.Lent);
        if (asks && attached.Lent)
        {
            _inquiry.Begin();
        }
    }

    /// <summary>Milliseconds until what may be an answer counts as keys; -1 for nothing.</summary>
    public int NextTick => _inquiry.IsHolding ? (int)Math.Max(0, _heldSince + (long)ColorInquiry.Patience.TotalMilliseconds - Environment.TickCount64) : -1;

    /// <summary>The screen is painted anew, so that nothing that is unfinished on the terminal matters.</summary>
    public void BeforeSnapshot()
    {
        if (_inquiry.MustAsk)
        {
            _inquiry.Begin();
            _askedAt = Environment.TickCount64;
            _context.Terminal.Write([Cancel, .. ColorInquiry.Questions]);
        }
    }

    /// <summary>What was typed among the bytes that the terminal sent.</summary>
    public ReadOnlySpan<byte> Take(ReadOnlySpan<byte> received)
    {
        if (_attached.Mode != AttachMode.Control)
        {
            return received;
        }

        var (wasOpen, hadToAsk) = (_inquiry.IsOpen, _inquiry.MustAsk);
        var typed = _inquiry.Take(received);
        _heldSince = Environment.TickCount64;
        if (wasOpen && !_inquiry.IsOpen)
        {
            _context.Daemon.Tell(new ColorsRequest { Channel = _attached.Channel, Colors = _inquiry.Colors });
        }

        if (_inquiry.MustAsk && !hadToAsk)
        {
            _context.Daemon.Tell(new RedrawRequest { Channel = _attached.Channel });
        }

        return typed;
    }

    /// <summary>Keys after all; empty before it is time.</summary>
    public ReadOnlySpan<byte> TakeDue() => NextTick == 0 ? _inquiry.LetGo() : [];

    /// <summary>The daemon has read the answers.</summary>
    public void Answered() => _inquiry.Close();

    /// <summary>Before somebody else reads the terminal: takes the answers that it still owes. The keys that were typed meanwhile.</summary>
    public byte[] TakeLate() => OuterPalette.TakeLate(_context.Terminal, _inquiry, _askedAt);
}
