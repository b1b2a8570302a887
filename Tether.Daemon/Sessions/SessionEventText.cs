using Tether.Protocol.Terminal;

namespace Tether.Daemon.Sessions;

/// <summary>What a program told its terminal, as kind and text of an event.</summary>
internal static class SessionEventText
{
    /// <summary>A mark of a shell's dialogue; its text begins with OSC 133's letter.</summary>
    public const string Prompt = "prompt";

    /// <summary>Null for what is no event to anybody but the screen.</summary>
    public static (string Kind, string Text)? Of(TerminalEvent raised) => raised switch
    {
        TerminalEvent.Bell => ("bell", ""),
        TerminalEvent.Title title => ("title", title.Text),
        TerminalEvent.WorkingDirectory directory => ("directory", directory.Path),
        TerminalEvent.Notification { Caption.Length: 0 } notification => ("notification", notification.Body),
        TerminalEvent.Notification notification => ("notification", $"{notification.Caption}: {notification.Body}"),
        TerminalEvent.Progress progress => ("progress", $"{progress.State} {progress.Percent}"),
        TerminalEvent.ProgramStatus status => ("status", status.Record),
        TerminalEvent.PromptMark { ExitCode: { } code } mark => (Prompt, $"{mark.Kind} {code}"),
        TerminalEvent.PromptMark mark => (Prompt, $"{mark.Kind}"),
        TerminalEvent.ImageShown image => ("image", $"{image.Kind.ToString().ToLowerInvariant()} {image.PixelWidth}×{image.PixelHeight} in {image.Columns}×{image.Rows}"),
        TerminalEvent.Clipboard clipboard => ("clipboard", $"{clipboard.Selections} {clipboard.Base64.Length * 3 / 4} bytes"),
        _ => null,
    };
}
