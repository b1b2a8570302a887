namespace Tether.Protocol.Terminal;

/// <summary>How mouse events are written: modes 1005, 1006, 1015 and 1016; one at a time.</summary>
public enum MouseEncoding
{
    Default = 0,
    Utf8 = 1005,
    Sgr = 1006,
    Urxvt = 1015,
    SgrPixels = 1016,
}
