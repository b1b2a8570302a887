namespace Tether.Protocol.Terminal.Keys;

/// <summary>Mouse events from their numbers: <c>code</c> has button, motion and modifiers, positions count from 1.</summary>
internal static class MouseDecoder
{
    private const int Motion = 32;
    private const int NoButton = 3;

    /// <summary><c>CSI &lt; code ; column ; row M</c>, or m for a release: modes 1006 and 1016.</summary>
    public static MouseEvent OfSgr(in InputParameters parameters, byte final)
    {
        int code = parameters.Get(0);
        MouseAction action = (code & Motion) != 0 ? MouseAction.Move : final == 'm' ? MouseAction.Release : MouseAction.Press;
        return new MouseEvent(action, Button(code), Position(parameters.Get(2)), Position(parameters.Get(1)), Modifiers(code));
    }

    /// <summary>Modes 1015, 1005 and none: a release has no button.</summary>
    /// <param name="code">As sent, with 32 added.</param>
    public static MouseEvent Of(int code, int column, int row)
    {
        code = Math.Max(code - 32, 0);
        int button = Button(code);
        MouseAction action = (code & Motion) != 0 ? MouseAction.Move : button == 0 ? MouseAction.Release : MouseAction.Press;
        return new MouseEvent(action, button, Position(row), Position(column), Modifiers(code));
    }

    private static int Position(int number) => Math.Max(number - 1, 0);

    private static int Button(int code) => ((code >> 6) & 3) switch
    {
        0 => (code & 3) == NoButton ? 0 : (code & 3) + 1,
        int group => (4 * group) + (code & 3),
    };

    private static KeyModifiers Modifiers(int code) =>
        ((code & 4) != 0 ? KeyModifiers.Shift : 0) | ((code & 8) != 0 ? KeyModifiers.Alt : 0) | ((code & 16) != 0 ? KeyModifiers.Control : 0);
}
