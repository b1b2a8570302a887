namespace Tether.Protocol.Terminal;

/// <summary>
/// Something a program told its terminal that is not on the screen. Texts come from the program: they are untrusted, already
/// freed of control characters and cut to a length that the emulator limits.
/// </summary>
public abstract record TerminalEvent
{
    /// <summary>BEL (07).</summary>
    public sealed record Bell : TerminalEvent;

    /// <summary>OSC 0/2: the window title. Empty when the program cleared it.</summary>
    public sealed record Title(string Text) : TerminalEvent;

    /// <summary>OSC 7: the working directory, as the path of the file URI.</summary>
    public sealed record WorkingDirectory(string Path) : TerminalEvent;

    /// <summary>OSC 9, 777 and 99: a notification for the person.</summary>
    public sealed record Notification(string Caption, string Body) : TerminalEvent;

    /// <summary>OSC 9;4: state 0 none, 1 normal, 2 error, 3 indeterminate, 4 paused; percent 0–100.</summary>
    public sealed record Progress(int State, int Percent) : TerminalEvent;

    /// <summary>OSC 7501: the state record of a program, `state=…:app=…:kind=…:msg=base64`, as sent.</summary>
    public sealed record ProgramStatus(string Record) : TerminalEvent;

    /// <summary>OSC 133 / 633: A prompt, B command line, C output, D finished (with exit code where given).</summary>
    public sealed record PromptMark(char Kind, int? ExitCode) : TerminalEvent;

    /// <summary>OSC 52 write: which selections (`c`, `p` …) and the decoded text's base64 form.</summary>
    public sealed record Clipboard(string Selections, string Base64) : TerminalEvent;

    /// <summary>
    /// An image: its size in pixels (0 where it is not told), the cells that show it, and the number of the first row, as in
    /// <see cref="TerminalEmulator.RowAt"/>. Numbers: 0–10,000 pixels.
    /// </summary>
    public sealed record ImageShown(ImageKind Kind, int PixelWidth, int PixelHeight, int Columns, int Rows, long Row) : TerminalEvent;

    /// <summary>Primary to alternate screen or back (modes 47, 1047, 1049).</summary>
    public sealed record ScreenSwitched(bool IsAlternate) : TerminalEvent;
}
