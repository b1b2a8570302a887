using System.Collections.Concurrent;
using System.Reflection;

namespace Tether.Daemon.Agents.Screens;

/// <summary>
/// The rules for each agent's screen: the built-in files, and over them the person's `agents/AGENT.json`, whose rules replace those of the same id and add
/// others. The person's file is looked at again whenever rules are asked for; a broken one is reported, and what it does not replace stays in force.
/// Any thread may ask.
/// </summary>
/// <param name="folder">Of the person's files; null for none.</param>
internal sealed class RuleBook(string? folder)
{
    /// <summary>Where the built-in files stand among the resources.</summary>
    public const string Resources = "Tether.Daemon.Agents.Screens.Rules.";

    private static readonly ConcurrentDictionary<string, RuleFile> BuiltIn = [];

    private readonly ConcurrentDictionary<string, Entry> _entries = [];

    /// <summary>The built-in rules alone.</summary>
    public static RuleBook WithoutFiles { get; } = new(null);

    /// <summary>What is wrong in the files, each with file and line.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            foreach (var kind in AgentKinds.All)
            {
                For(kind.Name);
            }

            return [.. _entries.Values.SelectMany(entry => entry.Problems)];
        }
    }

    /// <summary>The rules for an agent; without any when nothing is known of its screen.</summary>
    public ScreenRules For(string agent)
    {
        var file = folder is null ? null : new FileInfo(Path.Combine(folder, agent + ".json"));
        var version = file is { Exists: true } ? (file.LastWriteTimeUtc, file.Length) : default;
        if (_entries.TryGetValue(agent, out var entry) && entry.Version == version)
        {
            return entry.Rules;
        }

        entry = Load(agent, file, version);
        _entries[agent] = entry;
        return entry.Rules;
    }

    private static Entry Load(string agent, FileInfo? file, (DateTime, long) version)
    {
        var own = BuiltIn.GetOrAdd(agent, ReadBuiltIn);
        if (file is not { Exists: true })
        {
            return new Entry(version, new ScreenRules(agent, own.Versions, own.Turn, own.Rules), own.Problems);
        }

        try
        {
            var over = RuleFile.Read(file.FullName, File.ReadAllBytes(file.FullName));
            var kept = own.Rules.Where(rule => !over.Off.Contains(rule.Id) && !over.Rules.Any(other => other.Id == rule.Id));
            return new Entry(version, new ScreenRules(agent, own.Versions, over.Turn ?? own.Turn, [.. over.Rules, .. kept]), [.. own.Problems, .. over.Problems]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Entry(version, new ScreenRules(agent, own.Versions, own.Turn, own.Rules), [$"{file.FullName}:1: cannot be read: {e.Message}"]);
        }
    }

    private static RuleFile ReadBuiltIn(string agent)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Resources}{agent}.json");
        if (stream is null)
        {
            return RuleFile.Read(agent, "{}"u8.ToArray());
        }

        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return RuleFile.Read($"{agent}.json", json, isChecked: true);
    }

    private sealed record Entry((DateTime, long) Version, ScreenRules Rules, IReadOnlyList<string> Problems);
}
