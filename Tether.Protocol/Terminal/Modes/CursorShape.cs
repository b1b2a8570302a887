namespace Tether.Protocol.Terminal;

/// <summary>DECSCUSR (CSI n SP q): the numbers of the sequence. Default leaves it to the terminal.</summary>
public enum CursorShape : byte
{
    Default,
    BlinkingBlock,
    SteadyBlock,
    BlinkingUnderline,
    SteadyUnderline,
    BlinkingBar,
    SteadyBar,
}
