using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>What stands where tiles would be while there is no session: how to start one.</summary>
internal static class EmptyView
{
    /// <param name="canvas">The area of the tiles.</param>
    /// <param name="scheme">Its styles.</param>
    /// <param name="create">The key that starts a session.</param>
    /// <param name="help">The key that shows all keys.</param>
    /// <param name="folded">Sessions that are there but out of sight, and the key that shows them; null for none.</param>
    public static void Draw(Canvas canvas, Scheme scheme, string create, string help, (int Count, string Key)? folded)
    {
        var lines = new List<(string Text, bool IsStrong)> { (folded is null ? "No sessions yet." : "No session runs.", true), ("", false) };
        lines.AddRange(Wrap($"{create}  starts one here: codex, claude, opencode, pi or a shell", canvas.Columns - 2));
        lines.AddRange(Wrap("or type `tether run codex` in any terminal, and it appears here", canvas.Columns - 2));
        lines.Add(("", false));
        if (folded is { } hidden)
        {
            lines.AddRange(Wrap($"{hidden.Key}  shows {(hidden.Count == 1 ? "the one" : $"the {hidden.Count}")} that ended before", canvas.Columns - 2));
        }

        lines.AddRange(Wrap($"{help}  shows all keys", canvas.Columns - 2));
        var top = Math.Max(0, (canvas.Rows - lines.Count) / 2);
        var left = Math.Max(1, (canvas.Columns - lines.Max(line => TextWidth.Of(line.Text))) / 2);
        for (var i = 0; i < lines.Count; i++)
        {
            canvas.Write(top + i, left, lines[i].Text, lines[i].IsStrong ? scheme.Strong : scheme.Text);
        }
    }

    private static IEnumerable<(string Text, bool IsStrong)> Wrap(string text, int columns) =>
        TextWidth.Wrap(text, columns, "   ").Select(line => (line, false));
}
