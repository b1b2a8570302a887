using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>The colours of a person's terminal as a client tells them: foreground, background, cursor.</summary>
internal static class OuterColors
{
    /// <summary>What an emulator answers from now on; unchanged where the client told nothing that can be used.</summary>
    public static TerminalColors Over(TerminalColors known, int[]? told) => told is [var foreground, var background, var cursor]
        ? known with { Foreground = foreground & 0xffffff, Background = background & 0xffffff, Cursor = cursor & 0xffffff }
        : known;
}
