using System.Runtime.CompilerServices;
using System.Text;
using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Settings;

/// <summary>The README's tables of keys are those of <see cref="CommandTable"/>. `TETHER_WRITE_SNAPSHOTS=1` writes them there, and fails.</summary>
public sealed class ReadmeKeysTests
{
    private const string Begin = "<!-- keys of the dashboard, from Tether.Tui/Dashboard/Settings/CommandTable.cs -->\n";
    private const string End = "<!-- end of the keys -->\n";

    [Fact]
    public void The_readme_has_each_command_with_the_keys_that_it_has()
    {
        var path = Readme();
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, $"{path} has no place for the keys");
        var (found, expected) = (text[(begin + Begin.Length)..end], Tables());
        if (found != expected && Environment.GetEnvironmentVariable("TETHER_WRITE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, text[..(begin + Begin.Length)] + expected + text[end..]);
        }

        Assert.Equal(expected, found);
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (var topic in CommandTable.All.GroupBy(entry => entry.Topic))
        {
            text.Append('\n').Append($"| {Heading(topic.Key)} | navigate | queue | history | command |\n|---|---|---|---|---|\n");
            foreach (var entry in topic.Where(entry => entry.Command is not ((> DashboardCommand.Focus1 and <= DashboardCommand.Focus9) or (> DashboardCommand.Option1 and <= DashboardCommand.Option9))))
            {
                text.Append(Row(entry));
            }
        }

        return text.Append('\n').ToString();
    }

    // The nine that go to a session by its number are one row.
    private static string Row(CommandEntry entry)
    {
        if (entry.Command == DashboardCommand.Option1)
        {
            var options = Enumerable.Range(0, 9).Select(index => CommandTable.Of(DashboardCommand.Option1 + index)).ToList();
            Assert.Equal(Enumerable.Range(1, 9).Select(number => $"{number} option-{number}"), options.Select(option => $"{Assert.Single(option.Queue)} {option.Name}"));
            return "| Answer the question with this option |  | `1` … `9` |  | `option-1` … `option-9` |\n";
        }

        if (entry.Command != DashboardCommand.Focus1)
        {
            return $"| {entry.Description} | {Keys(entry.Navigate)} | {Keys(entry.Queue)} | {Keys(entry.Scroll)} | `{entry.Name}` |\n";
        }

        var nine = Enumerable.Range(0, 9).Select(index => CommandTable.Of(DashboardCommand.Focus1 + index)).ToList();
        Assert.Equal(Enumerable.Range(1, 9).Select(number => $"{number} focus-{number}"), nine.Select(number => $"{Assert.Single(number.Navigate)} {number.Name}"));
        return "| Go to this session of the list | `1` … `9` |  |  | `focus-1` … `focus-9` |\n";
    }

    private static string Keys(IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => KeySequence.TryParse(name, out var keys) ? $"`{keys.Label}`" : throw new FormatException(name)));

    private static string Heading(CommandTopic topic) => topic switch
    {
        CommandTopic.Attention => "What needs you",
        CommandTopic.Sessions => "Sessions",
        CommandTopic.Moving => "Getting around",
        CommandTopic.History => "A session's history",
        CommandTopic.Layout => "Layout",
        _ => "The dashboard",
    };

    private static string Readme([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "Tether.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("no Tether.sln above the tests");
        }

        return Path.Combine(folder, "README.md");
    }
}
