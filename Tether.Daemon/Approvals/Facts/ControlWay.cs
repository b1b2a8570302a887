namespace Tether.Daemon.Approvals.Facts;

/// <summary>Something that an ask names by which an agent could answer its own questions.</summary>
/// <param name="Name">As a rule must name it to allow it.</param>
/// <param name="What">For people.</param>
internal sealed record ControlWay(string Name, string What);

/// <summary>
/// Finds the secrets and the place by which a session's agent is controlled: they are in its environment, and so in that of all that it runs. True to names
/// alone: a name that is put together while the command runs is not seen.
/// </summary>
internal static class ControlWays
{
    private static readonly string[] Variables = ["OPENCODE_SERVER_PASSWORD", "TETHER_HOOK_SECRET", "TETHER_SOCKET"];

    private static readonly HashSet<string> Printing = ["env", "printenv", "export", "declare", "typeset", "set", "compgen"];

    /// <param name="text">The whole of what is asked, with comments and all.</param>
    /// <param name="commands">The same taken apart; empty for what is no command.</param>
    /// <param name="endpoint">Where the session's agent serves its protocol, as `http://127.0.0.1:4096` or `unix:///path`; null when it serves none.</param>
    public static IReadOnlyList<ControlWay> Find(string text, IReadOnlyList<PlacedCommand> commands, string? endpoint)
    {
        string[] texts = [text, .. commands.SelectMany(command => command.Words).Select(word => word.Literal).OfType<string>()];
        var found = Variables.Where(name => texts.Any(one => one.Contains(name, StringComparison.Ordinal))).Select(name => new ControlWay(name, $"${name}")).ToList();
        if (endpoint is not null && Uri.TryCreate(endpoint, UriKind.Absolute, out var place))
        {
            var name = place.Scheme == "unix" ? place.LocalPath : $"{place.Port}";
            if (texts.Any(one => place.Scheme == "unix" ? one.Contains(name, StringComparison.Ordinal) : HasNumber(one, name)))
            {
                found.Add(new ControlWay(name, $"{endpoint}, where its agent takes answers"));
            }
        }

        found.AddRange(commands.Where(PrintsAll).Select(command => new ControlWay(command.Program!, $"the whole environment ({command.Program})")).Distinct());
        return found;
    }

    private static bool PrintsAll(PlacedCommand command) => command.Program is { } program && Printing.Contains(program) && !command.IsTest
        && command.Words.Skip(1).All(word => word.Literal is { } option && (option.StartsWith('-') || (program == "env" && option.Contains('=', StringComparison.Ordinal))))
        && (program is not "set" || command.Words.Count == 1);

    private static bool HasNumber(string text, string number)
    {
        for (var at = text.IndexOf(number, StringComparison.Ordinal); at >= 0; at = text.IndexOf(number, at + 1, StringComparison.Ordinal))
        {
            if (!IsDigit(text, at - 1) && !IsDigit(text, at + number.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDigit(string text, int index) => index >= 0 && index < text.Length && char.IsAsciiDigit(text[index]);
}
