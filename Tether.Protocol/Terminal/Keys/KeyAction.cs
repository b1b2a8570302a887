namespace Tether.Protocol.Terminal.Keys;

/// <summary>What happened to a key; kitty's event type is this plus one. Without that protocol every event is a press.</summary>
public enum KeyAction : byte
{
    Press,
    Repeat,
    Release,
}
