using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Types a text as a person would paste it: as one bracketed unit where the program asked for that, then, once it stands in the composer and the screen has settled,
/// Enter as a write of its own, then watches whether anything came of it. Owned by the session's thread.
/// </summary>
/// <param name="input">The way to the program.</param>
/// <param name="emulator">The screen.</param>
/// <param name="deadlines">Of the session.</param>
/// <param name="look">What the screen shows of the composer now; null where it cannot be told.</param>
internal sealed class TextDelivery(PtyInput input, TerminalEmulator emulator, Deadlines deadlines, Func<ComposerLook>? look = null)
{
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan LongestSettle = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(2);

    // A program that takes nothing of a large text for so long gets its Enter behind the text.
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(5);

    // A busy program shows a large paste late; claude 2.1 drops an Enter that comes before.
    private static readonly TimeSpan LongestShow = TimeSpan.FromSeconds(5);

    // An Enter that left the text where it was is pressed again: on an empty composer it does nothing.
    private static readonly TimeSpan EnterAgain = TimeSpan.FromMilliseconds(700);
    private const int MostEnters = 3;

    private readonly List<Delivery> _open = [];

    /// <summary>An Enter could do nothing but send what stands in the composer: it would answer a dialog that has come meanwhile.</summary>
    public Func<bool> MayPressAgain { get; set; } = () => true;

    private long _lastOutput;

    /// <summary>The program printed.</summary>
    public void Printed()
    {
        _lastOutput = Deadlines.Now;
        if (look is null)
        {
            foreach (var delivery in _open.FindAll(delivery => delivery.Enters > 0))
            {
                Finish(delivery, "submitted");
            }
        }
    }

    /// <summary>The program ended: nothing more will come.</summary>
    public void Ended()
    {
        foreach (var delivery in _open.ToArray())
        {
            Finish(delivery, "unconfirmed");
        }
    }

    /// <summary>Types the text; the receipt (`typed`, `submitted`, `unconfirmed`) comes later. False: too much waits already, nothing was typed.</summary>
    /// <param name="text">Whose lines may end in any way.</param>
    /// <param name="withEnter">Press Enter behind it.</param>
    /// <param name="receipt">Called once.</param>
    /// <param name="entered">Called when Enter has been written and, where that can be seen, has taken the text away; before the receipt.</param>
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

        var delivery = new Delivery(receipt, entered, text.Length > 0);
        _open.Add(delivery);
        deadlines.After(SettleTime, () => EnterWhenTaken(delivery, Deadlines.Now, input.Waiting));
        return true;
    }

    // A large text takes the program seconds to read; an Enter right behind it could be taken for a part of it.
    private void EnterWhenTaken(Delivery delivery, long since, int rest)
    {
        var now = Deadlines.Now;
        if (input.Waiting == 0 || now - since >= (long)LongestStall.TotalMilliseconds)
        {
            EnterWhenSettled(delivery, now);
            return;
        }

        var isRead = input.Waiting < rest;
        deadlines.After(SettleTime / 2, () => EnterWhenTaken(delivery, isRead ? now : since, isRead ? input.Waiting : rest));
    }

    private void EnterWhenSettled(Delivery delivery, long begun)
    {
        var isSettled = Deadlines.Now - _lastOutput >= (long)SettleTime.TotalMilliseconds;
        var shown = delivery.HasText ? look?.Invoke() ?? ComposerLook.Unknown : ComposerLook.Unknown;
        var limit = shown == ComposerLook.Empty ? LongestShow : LongestSettle;
        var isReady = isSettled && (look is null || !delivery.HasText || shown == ComposerLook.Text);
        if (!isReady && Deadlines.Now - begun < (long)limit.TotalMilliseconds)
        {
            deadlines.After(SettleTime / 2, () => EnterWhenSettled(delivery, begun));
            return;
        }

        Enter(delivery);
    }

    private void Enter(Delivery delivery)
    {
        input.Write("\r"u8);
        delivery.Enters++;
        delivery.EnteredAt = Deadlines.Now;
        if (look is null)
        {
            delivery.TellEntered();
            deadlines.After(Confirmation, () => Finish(delivery, "unconfirmed"));
        }
        else
        {
            deadlines.After(SettleTime / 2, () => LookForEnd(delivery));
        }
    }

    private void LookForEnd(Delivery delivery)
    {
        var stands = look!() == ComposerLook.Text;
        var waited = Deadlines.Now - delivery.EnteredAt;
        if (!stands)
        {
            delivery.TellEntered();
        }

        if (!stands && _lastOutput >= delivery.EnteredAt)
        {
            Finish(delivery, "submitted");
        }
        else if (stands && delivery.Enters < MostEnters && waited >= (long)EnterAgain.TotalMilliseconds && MayPressAgain())
        {
            Enter(delivery);
        }
        else if (waited >= (long)Confirmation.TotalMilliseconds)
        {
            delivery.TellEntered();
            Finish(delivery, "unconfirmed");
        }
        else if (_open.Contains(delivery))
        {
            deadlines.After(SettleTime / 2, () => LookForEnd(delivery));
        }
    }

    private void Finish(Delivery delivery, string receipt)
    {
        if (_open.Remove(delivery))
        {
            delivery.Receipt(receipt);
        }
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

    private sealed class Delivery(Action<string> receipt, Action? entered, bool hasText)
    {
        private Action? _entered = entered;

        public Action<string> Receipt => receipt;

        public bool HasText => hasText;

        public int Enters { get; set; }

        public long EnteredAt { get; set; }

        public void TellEntered()
        {
            var told = _entered;
            _entered = null;
            told?.Invoke();
        }
    }
}
