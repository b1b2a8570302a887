using System.CommandLine;

namespace Tether.Tui.Commands;

/// <summary>Arguments and options that many commands share.</summary>
internal static class CommandParts
{
    private const string SessionText = "A session's id, a unique beginning of it, or its title";

    public static Argument<string> Session() => new("session") { Description = SessionText };

    public static Argument<string?> OptionalSession() => new("session") { Description = SessionText, Arity = ArgumentArity.ZeroOrOne };

    public static Option<bool> Take() => new("--take") { Description = "Even though another client is in control; it is told" };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for programs" };
}
