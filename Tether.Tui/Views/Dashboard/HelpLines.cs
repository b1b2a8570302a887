using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Rendering;

namespace Tether.Tui.Views.Dashboard;

/// <summary>One line of the help: keys and what they do, a heading, or nothing between two sections.</summary>
internal readonly record struct HelpLine(string Keys, string Text)
{
    public bool IsBreak => Keys.Length == 0 && Text.Length == 0;

    public bool IsHeading { get; init; }
}

/// <summary>The help as lines, read from the table of commands and the bindings, so that it never says anything else than what keys do.</summary>
internal static class HelpLines
{
    /// <summary>Columns between keys and text, and in front of what goes on.</summary>
    public const int Indent = 2;

    private const int Digits = 9;

    public static List<HelpLine> Of(KeyBindings bindings)
    {
        var lines = new List<HelpLine>();
        foreach (var topic in Enum.GetValues<CommandTopic>())
        {
            Add(lines, Heading(topic), CommandTable.All.Where(entry => entry.Topic == topic), DashboardMode.Navigate, bindings);
        }

        Add(lines, "Typing into a session: every key is the session's, but", CommandTable.All, DashboardMode.Type, bindings);
        Add(lines, "In the queue of what needs you", CommandTable.All, DashboardMode.Queue, bindings);
        Add(lines, "In a session's history", CommandTable.All, DashboardMode.Scroll, bindings);
        var unbound = CommandTable.All.Where(entry => Enum.GetValues<DashboardMode>().All(mode => bindings.LabelOf(mode, entry.Command) is null)).ToList();
        if (unbound.Count > 0)
        {
            Begin(lines, $"Without a key, by name ({bindings.LabelOf(DashboardMode.Navigate, DashboardCommand.Palette) ?? "palette"})");
            lines.AddRange(unbound.Select(entry => new HelpLine(entry.Name, entry.Description)));
        }

        return lines;
    }

    /// <summary>The same for few columns: each text behind its keys, and what does not fit below it.</summary>
    public static List<HelpLine> Narrow(List<HelpLine> lines, int columns)
    {
        var narrow = new List<HelpLine>();
        foreach (var line in lines)
        {
            var next = line with { Text = "" };
            var room = columns - (line.Keys.Length > 0 ? TextWidth.Of(line.Keys) + Indent : 0);
            foreach (var word in line.Text.Split(' '))
            {
                if (next.Text.Length > 0 && TextWidth.Of(next.Text) + 1 + TextWidth.Of(word) > room)
                {
                    narrow.Add(next);
                    (next, room) = (new HelpLine("", "") { IsHeading = line.IsHeading }, columns - Indent);
                }

                next = next with { Text = next.Text.Length > 0 ? $"{next.Text} {word}" : word };
            }

            narrow.Add(next);
        }

        return narrow;
    }

    private static void Add(List<HelpLine> lines, string heading, IEnumerable<CommandEntry> entries, DashboardMode mode, KeyBindings bindings)
    {
        var bound = entries.Where(entry => bindings.LabelOf(mode, entry.Command) is not null).ToList();
        if (bound.Count == 0)
        {
            return;
        }

        Begin(lines, heading);
        foreach (var entry in bound)
        {
            if (FirstOfNine(entry.Command) is not { } first || !HasAllDigits(first, mode, bindings))
            {
                lines.Add(new HelpLine(Keys(mode, entry.Command, bindings), entry.Description));
            }
            else if (entry.Command == first)
            {
                lines.Add(new HelpLine("1 … 9", entry.Description.Replace("1", "1 … 9", StringComparison.Ordinal)));
            }
        }
    }

    private static void Begin(List<HelpLine> lines, string heading)
    {
        if (lines.Count > 0)
        {
            lines.Add(new HelpLine("", ""));
        }

        lines.Add(new HelpLine("", heading) { IsHeading = true });
    }

    private static DashboardCommand? FirstOfNine(DashboardCommand command) => command switch
    {
        >= DashboardCommand.Focus1 and <= DashboardCommand.Focus9 => DashboardCommand.Focus1,
        >= DashboardCommand.Option1 and <= DashboardCommand.Option9 => DashboardCommand.Option1,
        _ => null,
    };

    // Nine lines that say the same are one where nobody has bound them otherwise.
    private static bool HasAllDigits(DashboardCommand first, DashboardMode mode, KeyBindings bindings) => Enumerable.Range(0, Digits)
        .All(i => bindings.KeysOf(mode, first + i) is [var only] && only.Label == $"{i + 1}");

    private static string Keys(DashboardMode mode, DashboardCommand command, KeyBindings bindings) =>
        string.Join("  ", bindings.KeysOf(mode, command).Select(keys => keys.Label));

    private static string Heading(CommandTopic topic) => topic switch
    {
        CommandTopic.Attention => "What needs you",
        CommandTopic.Sessions => "The session in focus",
        CommandTopic.Moving => "Going from session to session",
        CommandTopic.History => "What it has printed",
        CommandTopic.Layout => "Layout",
        _ => "The dashboard",
    };
}
