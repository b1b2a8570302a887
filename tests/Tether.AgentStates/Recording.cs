using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tether.AgentStates;

/// <summary>What a program printed and when, with its sizes: from an asciicast (`tether export`), or from a pair NAME.raw and NAME.timing.</summary>
internal sealed class Recording
{
    private Recording(string name, int columns, int rows)
    {
        Name = name;
        Columns = columns;
        Rows = rows;
    }

    public string Name { get; }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>In order; times from the start. A part without output is a new size.</summary>
    public List<Part> Parts { get; } = [];

    /// <summary>Labels: from then on the agent was really in this state, a name as on the wire, or `?` where nobody can say. From NAME.labels.</summary>
    public List<(TimeSpan At, string State)> Labels { get; } = [];

    public TimeSpan Length => Parts.Count == 0 ? TimeSpan.Zero : Parts[^1].At;

    public static Recording Read(string path)
    {
        var recording = path.EndsWith(".cast", StringComparison.Ordinal) ? ReadCast(path) : ReadRaw(path);
        var labels = Path.ChangeExtension(path, ".labels");
        if (File.Exists(labels))
        {
            foreach (var line in File.ReadLines(labels).Where(line => line.Length > 0 && line[0] != '#'))
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                recording.Labels.Add((TimeSpan.FromSeconds(double.Parse(words[0], CultureInfo.InvariantCulture)), words[1]));
            }
        }

        return recording;
    }

    private static Recording ReadCast(string path)
    {
        var lines = File.ReadLines(path).GetEnumerator();
        lines.MoveNext();
        using var head = JsonDocument.Parse(lines.Current);
        var recording = new Recording(Path.GetFileNameWithoutExtension(path), head.RootElement.GetProperty("width").GetInt32(), head.RootElement.GetProperty("height").GetInt32());
        while (lines.MoveNext())
        {
            using var line = JsonDocument.Parse(lines.Current);
            var at = TimeSpan.FromSeconds(line.RootElement[0].GetDouble());
            var text = line.RootElement[2].GetString()!;
            if (line.RootElement[1].GetString() == "o")
            {
                recording.Parts.Add(new Part(at, Encoding.UTF8.GetBytes(text), 0, 0));
            }
            else if (line.RootElement[1].GetString() == "r")
            {
                var size = text.Split('x');
                recording.Parts.Add(new Part(at, null, int.Parse(size[0], CultureInfo.InvariantCulture), int.Parse(size[1], CultureInfo.InvariantCulture)));
            }
        }

        return recording;
    }

    private static Recording ReadRaw(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var about = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(path, ".json")));
        var recording = new Recording(Path.GetFileNameWithoutExtension(path), about.RootElement.GetProperty("cols").GetInt32(), about.RootElement.GetProperty("rows").GetInt32());
        var offset = 0;
        foreach (var line in File.ReadLines(Path.ChangeExtension(path, ".timing")))
        {
            var words = line.Split(' ');
            var at = TimeSpan.FromMilliseconds(double.Parse(words[0], CultureInfo.InvariantCulture));
            if (words[1] == "o")
            {
                var count = int.Parse(words[2], CultureInfo.InvariantCulture);
                recording.Parts.Add(new Part(at, bytes[offset..(offset + count)], 0, 0));
                offset += count;
            }
            else if (words[1] == "r")
            {
                recording.Parts.Add(new Part(at, null, int.Parse(words[2], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture)));
            }
        }

        return recording;
    }

    /// <summary>Output, or a new size.</summary>
    internal sealed record Part(TimeSpan At, byte[]? Output, int Columns, int Rows);
}
