using System.Text;
using Tether.Protocol.Terminal.Keys;

using Tether.Tui.Rendering;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// Asks the terminal what it can do and refines <see cref="Capabilities"/> by what it answers, whenever that comes. Nothing waits for it. The last question
/// is DA1, which every terminal answers, and in order: an answer that has not come by then does not come. Belongs to the loop that reads the terminal.
/// </summary>
internal sealed class CapabilityInquiry(Capabilities assumed)
{
    private const int SynchronizedOutput = 2026;
    private const string PrimaryAttributes = "\e[c";
    private const string ColorQuestions = "\e]10;?\e\\\e]11;?\e\\";

    private static readonly string[] TrueColorNames = ["kitty", "WezTerm", "foot", "ghostty", "iTerm2", "XTerm(", "VTE(", "Konsole", "contour", "mintty"];
    private static readonly string[] KnowModifyOtherKeys = ["XTerm(", "tmux", "mintty", "iTerm2"];

    private int _open;

    public Capabilities Known { get; private set; } = assumed;

    /// <summary>Answers are still to come, or the terminal gives none.</summary>
    public bool IsOpen => _open > 0;

    /// <summary>The terminal has answered once, so it does.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>When it was asked last, as the loop's clock says.</summary>
    public long AskedAt { get; private set; }

    /// <summary>modifyOtherKeys as it was found; null when the terminal did not say.</summary>
    public int? FormerModifyOtherKeys { get; private set; }

    /// <summary>All questions in one write; now they count as asked.</summary>
    public byte[] Ask(long now) => Begin(now, Known.IsLinuxConsole ? "" : "\e[?2026$p\e[?u\e[?4m\e[>q" + ColorQuestions);

    /// <summary>The colours may have changed.</summary>
    public byte[] AskColors(long now) => Begin(now, Known.IsLinuxConsole ? "" : ColorQuestions);

    /// <summary>Only DA1: once it is answered, everything that the terminal sent before has arrived.</summary>
    public byte[] AskFence(long now) => Begin(now, "");

    /// <summary>Nothing more is expected.</summary>
    public void GiveUp() => _open = 0;

    /// <summary>Takes an answer to one of the questions; false when it is none.</summary>
    public bool Take(in TerminalReply reply)
    {
        switch (reply.Kind)
        {
            case ReplyKind.PrimaryAttributes:
                _open = Math.Max(0, _open - 1);
                HasAnswered = true;
                return true;
            case ReplyKind.Mode when reply.Number(0) == SynchronizedOutput:
                // 1 set, 2 reset; 3, set for good, is as good. 0 and 4: not there.
                Known = Known with { SynchronizedOutput = reply.Number(1) is >= 1 and <= 3 };
                return true;
            case ReplyKind.KittyFlags:
                Known = Known with { Kitty = true };
                return true;
            case ReplyKind.KeyModifiers when reply.Number(0) == 4:
                FormerModifyOtherKeys ??= reply.Number(1);
                Known = Known with { ModifyOtherKeys = true };
                return true;
            case ReplyKind.Version:
                TakeName(Encoding.UTF8.GetString(reply.Text));
                return true;
            case ReplyKind.Color when OuterColor.TryParse(reply.Text, out var color):
                TakeColor(reply.Number(0), color);
                return true;
            case ReplyKind.ColorScheme when reply.Number(1) is 1 or 2:
                Known = Known with { IsDark = reply.Number(1) == 1 };
                return true;
            default:
                return false;
        }
    }

    private byte[] Begin(long now, string questions)
    {
        _open++;
        AskedAt = now;
        return Encoding.ASCII.GetBytes(questions + PrimaryAttributes);
    }

    private void TakeName(string name)
    {
        bool IsOneOf(string[] names) => Array.Exists(names, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        Known = Known with
        {
            Name = name,
            IsTmux = Known.IsTmux || name.StartsWith("tmux", StringComparison.Ordinal),
            ModifyOtherKeys = Known.ModifyOtherKeys || IsOneOf(KnowModifyOtherKeys),
            Colors = !Known.RefusesColor && IsOneOf(TrueColorNames) ? ColorDepth.TrueColor : Known.Colors,
        };
    }

    private void TakeColor(int number, int color)
    {
        Known = number switch
        {
            10 => Known with { Foreground = color },
            11 => Known with { Background = color, IsDark = OuterColor.IsDark(color) },
            _ => Known,
        };
    }
}
