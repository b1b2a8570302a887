using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands.Rules;

/// <summary>The options that make a rule, for `rules add` and `rules rehearse`.</summary>
internal sealed class RuleOptions
{
    private readonly Option<bool> _allow = new("--allow") { Description = "What fits is allowed unasked" };
    private readonly Option<bool> _ask = new("--ask") { Description = "What fits is asked, whatever allows it" };
    private readonly Option<bool> _deny = new("--deny") { Description = "What fits is denied" };
    private readonly Option<string[]> _commands = Many("--command", "-c", "The first words of a simple command, as 'git status'; what follows them is free");
    private readonly Option<string[]> _tools = Many("--tool", "-t", "A tool as the agent calls it; `*` at the end stands for any rest");
    private readonly Option<string[]> _classes = Many("--class", null, "command, edit, read, network or other");
    private readonly Option<string[]> _directories = Many("--dir", "-d", "A folder, with all below it, in which it is done");
    private readonly Option<string[]> _paths = Many("--path", "-p", "A glob for files: `**` any depth; a relative one counts from the session's directory");
    private readonly Option<string[]> _hosts = Many("--host", null, "A host, or *.example.com for all below");
    private readonly Option<string[]> _agents = Many("--agent", null, "A provider's name");
    private readonly Option<string[]> _sessions = Many("--session", "-s", "A session's id, a unique beginning of it, or its title");
    private readonly Option<string[]> _tags = Many("--tag", null, "A tag of the session");
    private readonly Option<string?> _for = new("--for") { Description = "It counts so long: 90s, 30m, 2h, 1d" };
    private readonly Option<int?> _uses = NumberOption.Whole("--uses", (1, 1_000_000), "It decides so often");
    private readonly Option<string?> _hours = new("--hours") { Description = "Times of day, local, as 09:00-18:30" };
    private readonly Option<string?> _note = new("--note") { Description = "Why it is there, for people" };

    public void AddTo(Command command)
    {
        Option[] all = [_allow, _ask, _deny, _commands, _tools, _classes, _directories, _paths, _hosts, _agents, _sessions, _tags, _for, _uses, _hours, _note];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>True when any verdict is given.</summary>
    public bool HasVerdict(ParseResult result) => Verdicts(result).Length > 0;

    /// <exception cref="TetherException">It is no rule; the daemon checks the rest.</exception>
    public PolicyRule Read(ParseResult result, DaemonClient daemon)
    {
        if (Verdicts(result) is not [var verdict])
        {
            throw new TetherException(ExitCodes.Usage, "give one of --allow, --ask and --deny");
        }

        return new PolicyRule
        {
            Verdict = verdict,
            Commands = Values(result, _commands),
            Tools = Values(result, _tools),
            Classes = [.. Values(result, _classes).Select(Class)],
            Directories = [.. Values(result, _directories).Select(folder => folder is "~" or ['~', '/', ..] ? folder : Path.GetFullPath(folder))],
            Paths = Values(result, _paths),
            Hosts = Values(result, _hosts),
            Agents = Values(result, _agents),
            Sessions = [.. Values(result, _sessions).Select(session => SessionLookup.Require(daemon, session).Id)],
            Tags = Values(result, _tags),
            Until = result.GetValue(_for) is { } time ? Until(time) : null,
            Uses = result.GetValue(_uses),
            Hours = result.GetValue(_hours),
            Note = result.GetValue(_note) ?? "",
        };
    }

    private PolicyVerdict[] Verdicts(ParseResult result) =>
    [
        .. result.GetValue(_allow) ? [PolicyVerdict.Allow] : Array.Empty<PolicyVerdict>(),
        .. result.GetValue(_ask) ? [PolicyVerdict.Ask] : Array.Empty<PolicyVerdict>(),
        .. result.GetValue(_deny) ? [PolicyVerdict.Deny] : Array.Empty<PolicyVerdict>(),
    ];

    private static DateTimeOffset Until(string time) => DurationText.Seconds(time) is { } seconds and > 0 and < 10 * 365 * 86_400.0
        ? TimeProvider.System.GetUtcNow().AddSeconds(seconds)
        : throw new TetherException(ExitCodes.Usage, $"--for {time}: allowed are times as 90s, 30m, 2h, 1d, up to ten years");

    private static ToolClass Class(string name) => name switch
    {
        "command" => ToolClass.Command,
        "edit" => ToolClass.Edit,
        "read" => ToolClass.Read,
        "network" => ToolClass.Network,
        "other" => ToolClass.Other,
        _ => throw new TetherException(ExitCodes.Usage, $"--class {name}: allowed are command, edit, read, network and other"),
    };

    private static string[] Values(ParseResult result, Option<string[]> option) => result.GetValue(option) ?? [];

    private static Option<string[]> Many(string name, string? alias, string description) => alias is null
        ? new Option<string[]>(name) { Description = description }
        : new Option<string[]>(name, alias) { Description = description };
}
