using System.Globalization;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Agents.Answers;

/// <summary>One question after another in one session: what is asked, how it is answered, and what has to come of it.</summary>
/// <param name="agent">In its session.</param>
/// <param name="way">Which agent it is.</param>
/// <param name="tell">Told how long each item took.</param>
internal sealed class AnswerRound(AskingAgent agent, Way way, Action<string> tell)
{
    private int _number;

    public async Task Allowed(string command, string surface, Func<string, Task> answer)
    {
        var item = await Ask(command, command);
        await answer(Id(item));
        await agent.UntilFile(command[^2..]);
        await End();
        await Over(item, surface, "allow");
    }

    /// <summary>The reason reaches the model with the denial, or as the next prompt where the denial ends the turn.</summary>
    public async Task Denied(string command, string surface, string reason, Func<string, Task> answer, bool isTurnOver = false)
    {
        var item = await Ask(command, command);
        await answer(Id(item));
        if (isTurnOver)
        {
            await agent.Prompt($"{reason} [[SAY {Mark}]]");
        }

        await agent.UntilModelHears(reason);
        await End();
        Assert.False(agent.Has(command[^2..]));
        await Over(item, surface, "deny");
    }

    /// <summary>The agent itself remembers, and asks nobody for the same again.</summary>
    public async Task RememberedByAgent(string command, string surface, Func<string, Task> answer)
    {
        var before = (await All()).Count;
        var item = await Ask(command, command, command);
        await answer(Id(item));
        await End();
        Assert.True(agent.Has(command[^2..]));
        var asked = (await All()).Skip(before).ToList();
        Assert.True(asked.Count == 1, $"{asked.Count} items: {string.Join(Environment.NewLine, asked.Select(one => one.ToJsonString()))}");
        await Over(item, surface, "allow");
    }

    /// <summary>Tether's rule answers what is asked next.</summary>
    public async Task RememberedByRule(string first, string second, string surface, Func<JsonNode, Task> answer)
    {
        var item = await Ask(first, first, second);
        await answer(item);
        await agent.UntilFile(second[^2..]);
        await End();
        var made = (string?)(await Over(item, surface, "allow"))["rule"];
        var next = (await All()).Last(one => (string?)one["command"] == second);
        Assert.Equal(made, (string?)(await Over(next, "rule", "allow"))["rule"]);
    }

    private string Mark => $"end{_number}";

    private static string Id(JsonNode item) => item["id"]!.GetValue<string>();

    private async Task<JsonNode> Ask(string command, params string[] calls)
    {
        _number++;
        await agent.Prompt($"go {string.Join(' ', calls.Select(way.Call))} [[SAY {Mark}]]");
        JsonNode? item = null;
        await Patience.Until(async () => (item = (await agent.Items()).SingleOrDefault(one => (string?)one["command"] == command)) is not null, $"{command} in the queue", Patience.Ample);
        var (seen, called) = (TimeProvider.System.GetUtcNow(), agent.Model.LastCallAt);
        var asked = item!["askedAt"]!.GetValue<DateTimeOffset>();
        tell(string.Create(CultureInfo.InvariantCulture, $"{command}: in the queue after {(asked - called).TotalMilliseconds:F0} ms, seen after {(seen - called).TotalMilliseconds:F0} ms"));
        Assert.Equal(agent.Sandbox.WorkingDirectory, (string?)item["directory"]);
        Assert.Equal(agent.Session, (string?)item["session"]);
        return item;
    }

    // The agent's last words; in the prompt they are followed by brackets.
    private Task End() => agent.Sandbox.UntilShows(agent.Session, $@"{Mark}\s*$", TimeSpan.FromSeconds(30));

    private async Task<List<JsonNode>> All() =>
        [.. (await agent.Sandbox.Ask("queue", new JsonObject { ["all"] = true }, "queue-list"))["items"]!.AsArray().Where(item => (string?)item!["kind"] == "approval").Select(item => item!).OrderBy(item => item["askedAt"]!.GetValue<DateTimeOffset>())];

    // Who denies in an agent's own dialog may be known only from what did not follow.
    private async Task<JsonNode> Over(JsonNode item, string surface, string decision)
    {
        var answer = (await agent.Over(Id(item)))["answer"]!;
        var entry = (await agent.Sandbox.Do("audit", "--json")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Last(line => (string?)line["item"] == Id(item));
        foreach (var told in (JsonNode[])[answer, entry])
        {
            Assert.Equal(surface, (string?)told["surface"]);
            Assert.True((string?)told["decision"] == decision || (surface == "terminal" && (string?)told["decision"] == "dismiss"), told.ToJsonString());
        }

        Assert.Equal((string?)item["command"], (string?)entry["command"]);
        return answer;
    }
}
