using System.Globalization;
using System.Text;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Screens;

/// <summary>
/// A screen of an agent and the state that it shows, as a text file: members as `name: value`, a line `---`, then the screen's rows. `should` and `agent`
/// are needed; `rule` names the rule that must find it, as `claude.screen.approval`.
/// </summary>
internal sealed record ScreenFixture
{
    public const string Extension = ".screen";

    public required string Agent { get; init; }

    public string Version { get; init; } = "";

    /// <summary>What the agent was really up to.</summary>
    public required AgentState Should { get; init; }

    /// <summary>What the daemon said.</summary>
    public AgentState Said { get; init; }

    public string Rule { get; init; } = "";

    /// <summary>What was weighed, for people.</summary>
    public string[] Signals { get; init; } = [];

    public required ScreenText Screen { get; init; }

    /// <exception cref="FormatException">It is no such file; the message says why.</exception>
    public static ScreenFixture Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = Array.IndexOf(lines, "---");
        if (end < 0)
        {
            throw new FormatException("there is no line `---` before the screen");
        }

        var members = new Dictionary<string, string>();
        foreach (var line in lines[..end])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
            {
                members[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        if (!members.TryGetValue("agent", out var agent) || !RuleEntry.TryParseState(members.GetValueOrDefault("should", ""), out var should))
        {
            throw new FormatException("`agent` and `should`, a state, are needed");
        }

        var rows = lines[(end + 1)..];
        rows = rows.Length > 1 && rows[^1].Length == 0 ? rows[..^1] : rows;
        return new ScreenFixture
        {
            Agent = agent,
            Version = members.GetValueOrDefault("version", ""),
            Should = should,
            Rule = members.GetValueOrDefault("rule", ""),
            Screen = new ScreenText(
                rows, members.GetValueOrDefault("title", ""), Number("columns", 80), Number("cursor", 0), members.GetValueOrDefault("alternate") == "true"),
        };

        int Number(string name, int otherwise) =>
            int.TryParse(members.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }

    /// <summary>What the rules make of it: what the screen says, else what the title says.</summary>
    public AgentSignal? Read(ScreenRules rules, DateTimeOffset now)
    {
        var image = new ScreenImage();
        image.Take(Screen);
        return rules.OfScreen(image, now) ?? rules.OfTitle(Screen.Title, now);
    }

    /// <summary>Null when the rules are right about it, else what they say.</summary>
    public string? Check(ScreenRules rules, DateTimeOffset now)
    {
        var found = Read(rules, now);
        var state = found?.State ?? AgentState.Unknown;
        var isIdle = Should is AgentState.Waiting or AgentState.Done && state is AgentState.Waiting or AgentState.Done;
        return state != Should && !isIdle ? $"{RuleEntry.NameOf(state)} ({found?.Rule ?? "no rule fits"}), not {RuleEntry.NameOf(Should)}"
            : Rule.Length > 0 && found?.Rule != Rule ? $"found by {found?.Rule ?? "no rule"}, not by {Rule}"
            : null;
    }

    /// <summary>Writes it (0600) and gives its path.</summary>
    public string Save(string folder, string name)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(folder, name + Extension);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(ToText()));
        return path;
    }

    // The rule that was wrong is no rule that must find it.
    private string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"agent: {Agent}\nversion: {Version}\nshould: {RuleEntry.NameOf(Should)}\n");
        text.Append(Said == Should ? $"rule: {Rule}\n" : $"said: {RuleEntry.NameOf(Said)} by {Rule}\n");
        text.Append(CultureInfo.InvariantCulture, $"columns: {Screen.Columns}\ncursor: {Screen.CursorRow}\nalternate: {(Screen.IsAlternate ? "true" : "false")}\ntitle: {Screen.Title}\n");
        foreach (var signal in Signals)
        {
            text.Append(CultureInfo.InvariantCulture, $"signal: {signal}\n");
        }

        return text.Append("---\n").AppendJoin('\n', Screen.Rows).Append('\n').ToString();
    }
}
