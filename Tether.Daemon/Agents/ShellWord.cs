namespace Tether.Daemon.Agents;

/// <summary>Words for a line that any shell reads.</summary>
internal static class ShellWord
{
    /// <summary>Bare where every shell takes it as it is, else in single quotes.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '=' or '+' or ':')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
