namespace Tether.Protocol.Terminal.Keys;

/// <summary>What the mouse did.</summary>
public enum MouseAction : byte
{
    Press,
    Release,
    Move,
}

/// <summary>One mouse event.</summary>
/// <param name="Action">Press, release, or a move to another cell.</param>
/// <param name="Button">
/// 1 left, 2 middle, 3 right, 4–7 wheel up, down, left, right, 8–11 further buttons; for a move the one held down, or 0. Also 0 for a release read in
/// an encoding that does not tell which button went up.
/// </param>
/// <param name="Row">From 0, in cells; in pixels with <see cref="MouseEncoding.SgrPixels"/>.</param>
/// <param name="Column">From 0, likewise.</param>
/// <param name="Modifiers">Shift, Alt and Control count.</param>
public readonly record struct MouseEvent(MouseAction Action, int Button, int Row, int Column, KeyModifiers Modifiers);
