using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>The colours of a person's terminal as a client tells them: foreground, background, cursor; then the 16 named ones, or nothing.</summary>
internal static class OuterColors
{
    private const int NamedCount = 16;

    /// <summary>What an emulator answers from now on; unchanged where the client told nothing that can be used.</summary>
    public static TerminalColors Over(TerminalColors known, int[]? told) => told is [var foreground, var background, var cursor, .. var named]
        ? known with { Foreground = Rgb(foreground), Background = Rgb(background), Cursor = Rgb(cursor), Palette = named.Length == NamedCount ? [.. named.Select(Rgb)] : [] }
        : known;

    private static int Rgb(int color) => color & 0xffffff;
}
