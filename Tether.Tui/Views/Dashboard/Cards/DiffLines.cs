using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard.Cards;

/// <summary>An edit of a file as a coloured diff: the sign in front is what tells, the colour repeats it.</summary>
internal static class DiffLines
{
    private const int SignColumns = 2;

    public static void Write(CardWriter writer, Scheme scheme, FileEdit edit)
    {
        var lines = edit.Diff.Split('\n');
        var (added, removed) = (lines.Count(line => line.StartsWith('+')), lines.Count(line => line.StartsWith('-')));
        var what = edit.IsNew ? "new file  " : edit.IsDeletion ? "deletes  " : "";
        writer.Add(
        [
            new CardPiece(what, edit.IsDeletion ? scheme.Failed : scheme.Muted), new CardPiece(VisibleText.Line(edit.Path), scheme.Strong),
            new CardPiece($"  +{added} -{removed}", scheme.Muted),
        ]);
        foreach (var line in lines.Length > 0 && lines[^1].Length == 0 ? lines[..^1] : lines)
        {
            WriteLine(writer, scheme, line);
        }
    }

    private static void WriteLine(CardWriter writer, Scheme scheme, string line)
    {
        var (sign, text, style) = line switch
        {
            ['+', .. var rest] => ("+ ", rest, scheme.Added),
            ['-', .. var rest] => ("- ", rest, scheme.Removed),
            ['@', '@', ..] => ("", line, scheme.Focus),
            [' ', .. var rest] => ("  ", rest, scheme.Text),
            _ => ("", line, scheme.Muted),
        };
        Style? ground = sign is "+ " or "- " ? style : null;
        writer.Add([new CardPiece(sign, style), new CardPiece(VisibleText.Line(text), style)], SignColumns, ground);
    }
}
