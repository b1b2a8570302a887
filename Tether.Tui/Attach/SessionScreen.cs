using Tether.Protocol.Wire;

namespace Tether.Tui.Attach;

/// <summary>One way of showing a session on the terminal: lent, relayed or composed. Belongs to the attach loop.</summary>
internal abstract class SessionScreen
{
    /// <summary>True when this program reads the keys; otherwise the daemon does.</summary>
    public abstract bool ReadsKeys { get; }

    /// <summary>True when keys go to the program.</summary>
    public virtual bool Types => false;

    /// <summary>Milliseconds until <see cref="Tick"/> has something to do; -1 for nothing.</summary>
    public virtual int NextTick => -1;

    /// <summary>A frame of this attachment.</summary>
    public virtual void Show(FrameHeader header, ReadOnlySpan<byte> payload)
    {
    }

    /// <summary>
    /// Paints lines over the lowest rows until <see cref="HideOverlay"/>. <paramref name="holdsOutput"/>: output that would tear them waits.
    /// </summary>
    public abstract void ShowOverlay(IReadOnlyList<string> lines, bool holdsOutput);

    /// <summary>Takes the overlay away. True when the daemon has to send the screen again for that.</summary>
    public abstract bool HideOverlay();

    /// <summary>Keys of an observer. True when the screen used them.</summary>
    public virtual bool TakeKeys(ReadOnlySpan<byte> keys) => false;

    /// <summary>The session or the terminal has another size. False when this way of showing it no longer fits.</summary>
    public virtual bool Resize((int Columns, int Rows) session, (int Columns, int Rows) terminal) => true;

    public virtual void Tick()
    {
    }

    /// <summary>The session is over: its last picture is to stay behind when this screen leaves.</summary>
    public virtual void Keep()
    {
    }

    /// <summary>The last thing: whatever this screen itself turned on goes off. <paramref name="isOrderly"/>: the daemon's Reset has been shown.</summary>
    public abstract void Leave(bool isOrderly);
}
