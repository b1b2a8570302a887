using Tether.Protocol.Model;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Debug;

/// <summary>The terminal this was typed in, and its language.</summary>
internal static class TerminalChecks
{
    public static IEnumerable<Finding> Run()
    {
        yield return Term();
        yield return Locale();
        yield return Chord();
        if (!StandardStreams.IsInputTerminal)
        {
            yield return Finding.Notice("terminal", "standard input is no terminal", "`run` without -d and `attach` need one");
        }

        if (ClientEnvironment.CurrentSession is { } session)
        {
            yield return Finding.Notice("session", $"this shell runs inside session {session}");
        }

        if (Environment.GetEnvironmentVariable("TMUX") is { Length: > 0 })
        {
            yield return Finding.Notice("tmux", "this terminal is inside tmux, which limits keys, images and notifications to what it knows");
        }
    }

    private static Finding Term() => Environment.GetEnvironmentVariable("TERM") switch
    {
        null or "" => Finding.Bad("TERM", "is not set", "export TERM=xterm-256color"),
        "dumb" => Finding.Bad("TERM", "is dumb: this terminal draws nothing", "use a terminal emulator, or export TERM=xterm-256color if it is one"),
        var term => Finding.Good("TERM", term),
    };

    private static Finding Locale()
    {
        var name = (string[])["LC_ALL", "LC_CTYPE", "LANG"];
        var locale = name.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "C";
        var isUtf8 = locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase);
        return isUtf8 ? Finding.Good("locale", locale) : Finding.Bad("locale", $"{locale} is not UTF-8", "export LANG=C.UTF-8");
    }

    private static Finding Chord()
    {
        var chord = EscapeChord.Read().Name;
        var wrong = ClientConfig.All(EscapeChord.Variable).Where(setting => EscapeKey.Parse(setting.Value) is null).ToArray();
        return wrong is [var first, ..]
            ? Finding.Bad("chord", $"{first.Place}: {EscapeChord.Variable}={first.Value} is not allowed; it takes {EscapeKey.Allowed}. Until then it is {chord}", "mend that")
            : Finding.Good("chord", chord);
    }
}
