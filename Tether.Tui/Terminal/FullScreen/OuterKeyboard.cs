using System.Text;
using Tether.Protocol.Terminal;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// The keyboard's protocol on the outer terminal: kitty's where it is, else modifyOtherKeys 2, else what there always was. Turned on once the terminal has said that it
/// knows it, for some that do not know it take the sequences for others. Every method gives the bytes to be sent. Belongs to the loop.
/// </summary>
internal sealed class OuterKeyboard
{
    // Without this one Escape cannot be told from a sequence, nor Shift+Enter from Enter.
    private const KittyFlags Least = KittyFlags.Disambiguate;

    private KittyFlags _flags = Least;
    private bool _isKitty;
    private bool _isModified;

    /// <summary>More is known of the terminal; <paramref name="isSettled"/> when no answer is to come any more.</summary>
    public byte[] Adopt(Capabilities capabilities, bool isSettled)
    {
        if (_isKitty || _isModified)
        {
            return [];
        }

        _isKitty = capabilities.Kitty;
        _isModified = !_isKitty && isSettled && capabilities.ModifyOtherKeys;
        return _isKitty ? ScreenModes.KittyKeys(_flags) : _isModified ? ModifyOtherKeys() : [];
    }

    /// <summary>Somebody may have changed what is on.</summary>
    public byte[] Repeat() => _isKitty ? ScreenModes.ChangeKittyKeys(_flags) : _isModified ? ModifyOtherKeys() : [];

    /// <summary>What whoever gets the keys asked for.</summary>
    public byte[] Demand(KittyFlags flags)
    {
        var former = _flags;
        _flags = flags | Least;
        return _isKitty && _flags != former ? ScreenModes.ChangeKittyKeys(_flags) : [];
    }

    /// <summary>Undoes what is on.</summary>
    /// <param name="formerModifyOtherKeys">Its level before; null where the terminal did not say.</param>
    public string Undo(int? formerModifyOtherKeys) => _isKitty ? "\e[<u"
        : _isModified ? formerModifyOtherKeys is { } level ? $"\e[>4;{level}m" : "\e[>4m"
        : "";

    /// <summary>Nothing is on any more.</summary>
    public void Forget() => (_isKitty, _isModified) = (false, false);

    private static byte[] ModifyOtherKeys() => Encoding.ASCII.GetBytes("\e[>4;2m");
}
