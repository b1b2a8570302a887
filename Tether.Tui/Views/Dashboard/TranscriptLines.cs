using System.Text;
using Tether.Protocol.Model;
using Tether.Tui.Output;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Dashboard;

/// <summary>The lines of a transcript at a width. What is longer is broken at a blank where there is one.</summary>
internal sealed class TranscriptLines
{
    private static readonly TranscriptText Form = new(HasColors: false);

    private readonly List<(string Text, TranscriptRole Role, bool IsError)> _lines = [];
    private int _entries = -1;

    public int Count => _lines.Count;

    /// <summary>The width of now; 0 before the first <see cref="Fit"/>.</summary>
    public int Columns { get; private set; }

    public (string Text, TranscriptRole Role, bool IsError) this[int line] => _lines[line];

    /// <summary>The next <see cref="Fit"/> makes them anew.</summary>
    public void Forget() => _entries = -1;

    public void Fit(IReadOnlyList<TranscriptEntry> entries, int columns)
    {
        if ((_entries, Columns) == (entries.Count, columns))
        {
            return;
        }

        (_entries, Columns) = (entries.Count, columns);
        _lines.Clear();
        foreach (var entry in entries)
        {
            foreach (var line in Form.Lines(entry))
            {
                foreach (var part in Broken(Shown(line), columns))
                {
                    _lines.Add((part, entry.Role, entry.IsError));
                }
            }
        }
    }

    /// <summary>So many lines as one text.</summary>
    public string Text(int first, int count)
    {
        var text = new StringBuilder();
        for (var line = first; line < Math.Min(_lines.Count, first + count); line++)
        {
            text.Append(_lines[line].Text.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    // The indentation says something here.
    private static string Shown(string line)
    {
        line = line.Replace("\t", "    ", StringComparison.Ordinal);
        var text = line.TrimStart(' ');
        return line[..^text.Length] + PlainText.Of(text);
    }

    private static IEnumerable<string> Broken(string line, int columns)
    {
        while (TextWidth.Of(line) > columns)
        {
            var length = Math.Max(1, TextWidth.LengthWithin(line, columns));
            var blank = line.LastIndexOf(' ', length - 1, length);
            length = blank > length / 2 ? blank + 1 : length;
            yield return line[..length];
            line = line[length..];
        }

        yield return line;
    }
}
