using System.Text.Json;
using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents;

/// <summary>
/// `tetherd agents`: which agents are known and installed, and whether the rules for their screens are right about the fixtures. `tether agents` runs it.
/// </summary>
internal static class AgentsReport
{
    /// <param name="arguments">Nothing or `--json` for a list; `test [DIR…]` for the fixtures.</param>
    /// <param name="paths">Where the person's rules and fixtures are.</param>
    /// <param name="output">For what was found.</param>
    /// <param name="clock">For times that screens name.</param>
    /// <returns>The exit code: 0; 1 when a fixture fails, a named folder has none or a file of rules is broken; 2 for arguments that are not understood.</returns>
    public static int Run(string[] arguments, TetherPaths paths, TextWriter output, TimeProvider clock)
    {
        var rules = new RuleBook(paths.AgentRules);
        switch (arguments)
        {
            case []: return List(rules, output);
            case ["--json"]: return ListJson(rules, output);
            case ["test", .. var folders]: return Test(rules, paths.Fixtures, folders, output, clock);
            default:
                output.WriteLine("usage: agents [--json] | agents test [DIR…]");
                return 2;
        }
    }

    private static int List(RuleBook rules, TextWriter output)
    {
        output.WriteLine($"{"AGENT",-10} {"VERSION",-14} {"KNOWN",-40} {"SCREEN RULES",-12}  PROGRAM");
        foreach (var agent in Look(rules))
        {
            var known = agent.Known.Length == 0 ? "" : agent.IsKnown ? $"in the known range {agent.Known}" : $"known: {agent.Known}";
            output.WriteLine($"{agent.Name,-10} {(agent.Path is null ? "not installed" : agent.Version),-14} {known,-40} {agent.Rules,-12}  {agent.Path}".TrimEnd());
        }

        return Warn(rules, output);
    }

    private static int ListJson(RuleBook rules, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var agent in Look(rules))
            {
                json.WriteStartObject();
                json.WriteString("name", agent.Name);
                json.WriteString("path", agent.Path);
                json.WriteString("version", agent.Version);
                json.WriteString("known", agent.Known);
                json.WriteBoolean("isKnown", agent.IsKnown);
                json.WriteNumber("screenRules", agent.Rules);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        return 0;
    }

    private static IEnumerable<Sight> Look(RuleBook rules)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (var kind in AgentKinds.All.Where(kind => !kind.Provider.IsLoginShell))
        {
            var own = rules.For(kind.Name);
            var program = path.Split(':').Select(folder => Path.Combine(folder, kind.Provider.Program)).FirstOrDefault(ProgramFinder.IsExecutable);
            var version = program is null ? "" : AgentVersions.AskAsync(program, null, TimeProvider.System).GetAwaiter().GetResult() ?? "";
            var known = kind.KnownVersions.Length > 0 ? kind.KnownVersions : own.Versions;
            yield return new Sight(kind.Name, program, version, known, VersionRange.Contains(known, version), own.Rules.Count());
        }
    }

    private static int Test(RuleBook rules, string kept, string[] named, TextWriter output, TimeProvider clock)
    {
        // Nothing to test would look like a success.
        if (Array.Find(named, folder => !ScreenFixtures.In([folder]).Any()) is { } without)
        {
            output.WriteLine($"{without}: {(Directory.Exists(without) ? "no *.screen is in it" : File.Exists(without) ? "it is a file; name the folder that has it" : "there is no such folder")}");
            return 1;
        }

        var count = 0;
        var failures = 0;
        foreach (var (name, read) in ScreenFixtures.BuiltIn().Concat(ScreenFixtures.In([kept, .. named])))
        {
            count++;
            if (ProblemOf(read, rules, clock) is { } problem)
            {
                failures++;
                output.WriteLine($"{name}: {problem}");
            }
        }

        output.WriteLine($"{count - failures} of {count} screens are read right");
        return Math.Max(Warn(rules, output), failures > 0 ? 1 : 0);
    }

    private static string? ProblemOf(Func<string> read, RuleBook rules, TimeProvider clock)
    {
        try
        {
            var fixture = ScreenFixture.Parse(read());
            return fixture.Check(rules.For(fixture.Agent), clock.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return e.Message;
        }
    }

    private static int Warn(RuleBook rules, TextWriter output)
    {
        foreach (var warning in rules.Warnings)
        {
            output.WriteLine(warning);
        }

        return rules.Warnings.Count > 0 ? 1 : 0;
    }

    private sealed record Sight(string Name, string? Path, string Version, string Known, bool IsKnown, int Rules);
}
