namespace Tether.Daemon.Approvals.Shell;

/// <summary>`[[ … ]]` compares numbers by working both sides out as arithmetic, and `-v` works a subscript out: more than numbers is a doubt.</summary>
internal static class TestWords
{
    private static readonly HashSet<string> Numeric = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

    public static void Judge(IReadOnlyList<ShellWord> words, CommandParser commands)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Literal is not { } text)
            {
                continue;
            }

            var compares = Numeric.Contains(text) && !(IsNumber(At(i - 1)) && IsNumber(At(i + 1)));
            if (compares || text is "-v" or "-R")
            {
                commands.Doubt($"`{text}` in `[[ ]]` may run what a variable holds");
            }
        }

        ShellWord? At(int index) => index >= 0 && index < words.Count ? words[index] : null;
    }

    private static bool IsNumber(ShellWord? word) => word?.Literal is { Length: > 0 } text && text.All(char.IsAsciiDigit);
}
