using System.Text;

namespace Tether.Daemon.Approvals.Shell;

/// <summary>Here-documents of one line whose bodies begin after its end.</summary>
internal sealed class DocumentQueue(ShellInput input, CommandParser commands)
{
    private readonly List<HereDocument> _waiting = [];

    /// <summary>From behind `&lt;&lt;` or `&lt;&lt;-`.</summary>
    public ShellRedirection Begin(bool stripsTabs)
    {
        input.SkipBlanks();
        var word = commands.Words.Read();
        var delimiter = word.Source.Contains('$', StringComparison.Ordinal) || word.Source.Contains('`', StringComparison.Ordinal) ? null : word.Literal;
        if (delimiter is null or "" || delimiter.Contains('\n', StringComparison.Ordinal) || word.Source.Contains('\n', StringComparison.Ordinal))
        {
            throw new UnreadableException("a here-document's end is not known");
        }

        var document = new HereDocument(delimiter, word.IsQuoted, stripsTabs);
        _waiting.Add(document);

        return new ShellRedirection { Kind = RedirectionKind.Text, Word = word, Document = document };
    }

    /// <summary>At the beginning of a line: reads the bodies that wait.</summary>
    public void ReadBodies()
    {
        foreach (var document in _waiting)
        {
            var text = ReadText(document);
            document.Body = document.IsQuoted ? ShellWord.Of(text) : commands.ParseDocument(text);
        }

        _waiting.Clear();
    }

    public void ExpectNone()
    {
        if (_waiting.Count > 0)
        {
            throw new UnreadableException($"the here-document up to `{_waiting[0].Delimiter}` is missing");
        }
    }

    /// <summary>A word of many lines behind a here-document's beginning: shells disagree on where the document is.</summary>
    public void RefuseLines(ShellWord word)
    {
        if (_waiting.Count > 0 && word.Source.Contains('\n', StringComparison.Ordinal))
        {
            throw new UnreadableException("a line feed stands between a here-document's beginning and its line's end");
        }
    }

    private string ReadText(HereDocument document)
    {
        var text = new StringBuilder();
        while (true)
        {
            if (input.Position >= input.Text.Length)
            {
                throw new UnreadableException($"the here-document up to `{document.Delimiter}` is not closed");
            }

            var end = input.Text.IndexOf('\n', input.Position);
            var line = end < 0 ? input.Text[input.Position..] : input.Text[input.Position..end];
            input.Position = end < 0 ? input.Text.Length : end + 1;
            if (document.StripsTabs)
            {
                line = line.TrimStart('\t');
            }

            if (line == document.Delimiter)
            {
                return text.ToString();
            }

            if (!document.IsQuoted && HasOpenBackslash(line))
            {
                throw new UnreadableException("a line of a here-document is joined with the next");
            }

            text.Append(line).Append('\n');
        }
    }

    private static bool HasOpenBackslash(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;
}
