using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Types a text as a person would paste it: as one bracketed unit where the program asked for that, then, once the screen has settled, Enter as a
/// write of its own, then watches whether anything came of it. Owned by the session's thread.
/// </summary>
internal sealed class TextDelivery(PtyInput input, TerminalEmulator emulator, Deadlines deadlines)
{
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan LongestSettle = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(2);

    // A program that takes nothing of a large text for so long gets its Enter behind the text.
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(5);

    // Everybody who still waits for a receipt; those whose Enter has been typed among them.
    private readonly List<Action<string>> _open = [];
    private readonly List<Action<string>> _entered = [];
    private long _lastOutput;

    /// <summary>The program printed.</summary>
    public void Printed()
    {
        _lastOutput = Deadlines.Now;
        foreach (var receipt in _entered)
        {
            _open.Remove(receipt);
            receipt("submitted");
        }

        _entered.Clear();
    }

    /// <summary>The program ended: nothing more will come.</summary>
    public void Ended()
    {
        foreach (var receipt in _open)
        {
            receipt("unconfirmed");
        }

        _open.Clear();
        _entered.Clear();
    }

    /// <summary>Types the text; the receipt (`typed`, `submitted`, `unconfirmed`) comes later. False: too much waits already, nothing was typed.</summary>
    /// <param name="text">Whose lines may end in any way.</param>
    /// <param name="withEnter">Press Enter behind it.</param>
    /// <param name="receipt">Called once.</param>
    /// <param name="entered">Called when Enter has been written, before its receipt.</param>
    public bool Type(string text, bool withEnter, Action<string> receipt, Action? entered = null)
    {
        if (!input.Write(Encode(text)))
        {
            return false;
        }

        if (!withEnter)
        {
            receipt("typed");
            return true;
        }

        _open.Add(receipt);
        deadlines.After(SettleTime, () => EnterWhenTaken(Deadlines.Now, input.Waiting, receipt, entered));
        return true;
    }

    // A large text takes the program seconds to read; an Enter right behind it could be taken for a part of it.
    private void EnterWhenTaken(long since, int rest, Action<string> receipt, Action? entered)
    {
        var now = Deadlines.Now;
        if (input.Waiting == 0 || now - since >= (long)LongestStall.TotalMilliseconds)
        {
            EnterWhenSettled(now, receipt, entered);
            return;
        }

        var isRead = input.Waiting < rest;
        deadlines.After(SettleTime / 2, () => EnterWhenTaken(isRead ? now : since, isRead ? input.Waiting : rest, receipt, entered));
    }

    private void EnterWhenSettled(long begun, Action<string> receipt, Action? entered)
    {
        var now = Deadlines.Now;
        if (now - _lastOutput < (long)SettleTime.TotalMilliseconds && now - begun < (long)LongestSettle.TotalMilliseconds)
        {
            deadlines.After(SettleTime / 2, () => EnterWhenSettled(begun, receipt, entered));
            return;
        }

        input.Write("\r"u8);
        _entered.Add(receipt);
        entered?.Invoke();
        deadlines.After(Confirmation, () =>
        {
            if (_entered.Remove(receipt))
            {
                _open.Remove(receipt);
                receipt("unconfirmed");
            }
        });
    }

    // A line ends as the Enter key ends it. The mark that ends a paste must not come from the text itself; its escape is shown instead of cut out,
    // for what stands around a cut could come together to the same mark.
    private byte[] Encode(string text)
    {
        const string End = "\e[201~";
        var clean = text.ReplaceLineEndings("\r");
        return emulator.Modes.BracketedPaste
            ? Encoding.UTF8.GetBytes("\e[200~" + clean.Replace(End, "\u241b[201~", StringComparison.Ordinal) + End)
            : Encoding.UTF8.GetBytes(clean);
    }
}
