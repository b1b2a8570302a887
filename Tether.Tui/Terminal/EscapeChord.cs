using Tether.Protocol.Model;
using Tether.Tui.Connection;

namespace Tether.Tui.Terminal;

/// <summary>The key that opens the menu of an attached client: `TETHER_ESCAPE` = `ctrl-]` (the default), `ctrl-b`, …, or `none`.</summary>
internal readonly record struct EscapeChord(byte Byte)
{
    public const string Variable = "TETHER_ESCAPE";

    private const byte CtrlBracket = 0x1d;

    public static EscapeChord Default => new(CtrlBracket);

    public static EscapeChord None => new(0);

    /// <summary>As a person types it: `Ctrl-]`.</summary>
    public string Name => Byte == 0 ? "no chord" : $"Ctrl-{(char)(Byte + '@')}";

    /// <summary>The first of these settings that names a usable key; Ctrl-] when none does. `tether debug` and the daemon report the others.</summary>
    public static EscapeChord Of(IEnumerable<ConfigSetting> settings)
    {
        // A plain loop: at each start a query over numbers would be compiled anew.
        foreach (var setting in settings)
        {
            if (EscapeKey.Parse(setting.Value) is { } control)
            {
                return new(control);
            }
        }

        return Default;
    }

    /// <summary>As it is configured.</summary>
    public static EscapeChord Read() => Of(ClientConfig.All(Variable));
}
