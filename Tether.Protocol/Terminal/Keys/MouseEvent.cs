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
/// <param name="Button">1 left, 2 middle, 3 right, 4–7 wheel up, down, left, right; for a move the one held down, or 0.</param>
/// <param name="Row">From 0.</param>
/// <param name="Column">From 0.</param>
/// <param name="Modifiers">Shift, Alt and Control count.</param>
public readonly record struct MouseEvent(MouseAction Action, int Button, int Row, int Column, KeyModifiers Modifiers);
