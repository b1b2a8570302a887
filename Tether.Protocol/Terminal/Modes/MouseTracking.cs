namespace Tether.Protocol.Terminal;

/// <summary>Which mouse events the program asked for: modes 9, 1000, 1001, 1002 and 1003; one at a time.</summary>
public enum MouseTracking
{
    None = 0,
    X10 = 9,
    Normal = 1000,
    Highlight = 1001,
    ButtonMotion = 1002,
    AnyMotion = 1003,
}
