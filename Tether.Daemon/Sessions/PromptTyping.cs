using Tether.Daemon.Agents.Screens;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Answers a prompt that only the screen offers: the screen is read again, and only when the same prompt stands there one key is pressed; then the prompt
/// must go away. Owned by the session's thread.
/// </summary>
/// <param name="read">The prompt on the screen now.</param>
/// <param name="drain">Has everything read that was printed; false when there is more.</param>
/// <param name="type">Types keys; false when they were not taken.</param>
/// <param name="deadlines">Of the session.</param>
internal sealed class PromptTyping(Func<ScreenPrompt?> read, Func<bool> drain, Func<byte[], bool> type, Deadlines deadlines)
{
    private static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly List<Action<string>> _open = [];

    /// <summary>Answers the prompt with this fingerprint.</summary>
    /// <param name="fingerprint">Of the prompt that the person was shown.</param>
    /// <param name="choose">The option to take; null when there is none that fits.</param>
    /// <param name="receipt">Called once on the session's thread: `confirmed`, `unconfirmed` (typed, and the prompt still stands there), `prompt-gone`,
    /// `changed` (another prompt, or still being drawn) or `no-key`; but for the first two nothing was typed.</param>
    public void Answer(string fingerprint, Func<ScreenPrompt, PromptOption?> choose, Action<string> receipt)
    {
        var isWhole = drain();
        switch (read())
        {
            case null:
                receipt("prompt-gone");
                return;
            case var prompt when !isWhole || prompt.Fingerprint != fingerprint:
                receipt("changed");
                return;
            case var prompt when choose(prompt) is not { Keys.Length: > 0 } option || !type(option.Keys):
                receipt("no-key");
                return;
            default:
                _open.Add(receipt);
                LookAgain(fingerprint, receipt, Deadlines.Now + (long)Confirmation.TotalMilliseconds);
                return;
        }
    }

    /// <summary>The program has ended, and its prompts with it.</summary>
    public void Ended()
    {
        foreach (var receipt in _open)
        {
            receipt("confirmed");
        }

        _open.Clear();
    }

    private void LookAgain(string fingerprint, Action<string> receipt, long until) => deadlines.After(Look, () =>
    {
        var isGone = read()?.Fingerprint != fingerprint;
        if (!isGone && Deadlines.Now < until)
        {
            LookAgain(fingerprint, receipt, until);
        }
        else if (_open.Remove(receipt))
        {
            receipt(isGone ? "confirmed" : "unconfirmed");
        }
    });
}
