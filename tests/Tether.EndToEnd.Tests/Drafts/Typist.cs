using System.Text;

namespace Tether.EndToEnd.Tests.Drafts;

/// <summary>Somebody at a keyboard, who writes drafts at random and sends or clears each; all of it in lower case.</summary>
internal sealed class Typist(Random random, Action<string> type)
{
    /// <summary>What was sent by Enter, in its order.</summary>
    public List<string> Sent { get; } = [];

    public int Written { get; private set; }

    /// <summary>Writes one draft, and rests.</summary>
    public async Task Write()
    {
        Written++;
        var draft = new StringBuilder();
        var isOneLine = true;
        for (var keys = random.Next(1, 14); keys > 0; keys--)
        {
            switch (random.Next(12))
            {
                case 0 when draft.Length > 1:
                    draft.Length--;
                    type("\x7f");
                    break;
                case 1:
                    draft.Append('\n');
                    isOneLine = false;
                    type("\e\r");
                    break;
                case 2:
                    type("\e[<35;5;5M\e[I");
                    break;
                default:
                    var text = new string((char)('a' + random.Next(26)), random.Next(1, 3));
                    draft.Append(text);
                    type(text);
                    break;
            }

            await Pause(random.Next(4) == 0 ? random.Next(300) : random.Next(30));
        }

        await Pause(random.Next(3) == 0 ? random.Next(2500) : random.Next(200));
        End(draft.ToString(), isOneLine);

        // Texts go after a second; the next draft begins in the middle of one.
        await Pause(random.Next(900, 2100));
    }

    private void End(string draft, bool isOneLine)
    {
        if (draft.Length == 0)
        {
            return;
        }

        switch (random.Next(isOneLine ? 5 : 4))
        {
            case 0:
                type("\x03");
                break;
            case 1:
                type(new string('\x7f', draft.Length));
                break;
            case 4:
                type("\x15");
                break;
            default:
                Sent.Add(draft);
                type("\r");
                break;
        }
    }

    private static Task Pause(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, CancellationToken.None);
}
