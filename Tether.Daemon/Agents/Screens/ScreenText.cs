namespace Tether.Daemon.Agents.Screens;

/// <summary>An emulated screen as text, for rules and prompts. Immutable.</summary>
/// <param name="Rows">From the top; each without trailing blanks, a wide character as itself. Exactly as many as the screen has.</param>
/// <param name="Title">OSC 0/2; untrusted.</param>
/// <param name="Columns">Width in cells.</param>
/// <param name="CursorRow">From 0.</param>
/// <param name="IsAlternate">The alternate screen shows.</param>
internal sealed record ScreenText(string[] Rows, string Title, int Columns, int CursorRow, bool IsAlternate);
