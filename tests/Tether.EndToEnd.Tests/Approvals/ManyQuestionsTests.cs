using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Tether.Testing.Wire;

namespace Tether.EndToEnd.Tests.Approvals;

/// <summary>Three agents with five open questions each, answered in random order by two clients: each answer reaches its own question, once. TETHER_SOAK: so many rounds.</summary>
public sealed class ManyQuestionsTests
{
    [EndToEndFact]
    public async Task The_same_asked_twice_at_once_is_two_questions_and_each_is_settled_alone()
    {
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        string[] files = [.. Enumerable.Range(1, 2).Select(number => Path.Combine(sandbox.WorkingDirectory, $"go{number}"))];
        var session = await ScriptedAgent.Ask(sandbox, "asks", "touch one", "again", $"once {files[0]}", "ran touch one", $"once {files[1]}", "ran touch one");
        string[] ids = [.. (await ScriptedAgent.UntilOpen(sandbox, 2)).Select(item => (string)item!["id"]!)];
        Assert.Equal(2, ids.Distinct().Count());

        await sandbox.Do("approve", ids[0]);
        await Patience.Until(() => Answers() == 1, "one answer");
        await File.WriteAllTextAsync(files[0], "");
        await sandbox.UntilShows(session, "told 1");
        Assert.Equal(ids[1], (string?)Assert.Single(await ScriptedAgent.UntilAsks(sandbox, "touch one"))["id"]);
        Assert.Equal(1, Answers());

        await File.WriteAllTextAsync(files[1], "");
        await sandbox.UntilShows(session, "all answered");
        var over = (await sandbox.Json("queue", "--all", "--json")).AsArray().Single(item => (string?)item!["id"] == ids[1])!;
        Assert.Equal(("closed", "terminal"), ((string?)over["state"], (string?)over["answer"]!["surface"]));
        Assert.Equal(1, Answers());

        int Answers() => ((string[])["touch one", "again"]).Count(command => ScriptedAgent.Answer(sandbox, command) is not null);
    }

    [EndToEndFact]
    public async Task No_answer_reaches_a_wrong_question_and_none_is_lost_or_doubled()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("TETHER_SOAK"), NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : 2;
        var random = new Random(20260521);
        await using var sandbox = new Sandbox();
        ScriptedAgent.Install(sandbox);
        await sandbox.Do("start");
        await using var first = await Peer.Local(sandbox);
        await using var second = await Peer.WebSocket(sandbox);
        for (var round = 0; round < rounds; round++)
        {
            var commands = Enumerable.Range(0, 15).Select(number => $"touch {round} {number}").ToArray();
            var sessions = await Task.WhenAll(commands.Chunk(5).Select((part, agent) => ScriptedAgent.Ask(sandbox, $"agent {agent}", part)));
            var items = (await ScriptedAgent.UntilOpen(sandbox, 15)).Select(item => (Id: (string)item!["id"]!, Command: (string)item["command"]!)).ToArray();
            Assert.Equal(commands.Order(StringComparer.Ordinal), items.Select(item => item.Command).Order(StringComparer.Ordinal));

            var won = new ConcurrentBag<string>();
            await Task.WhenAll(((Peer[])[first, second]).Select(client => AnswerAll(client, [.. items.OrderBy(_ => random.Next())], won)));

            Assert.Equal(items.Select(item => item.Id).Order(StringComparer.Ordinal), won.Order(StringComparer.Ordinal));
            foreach (var session in sessions)
            {
                await sandbox.UntilShows(session, "all answered");
                await sandbox.Do("stop", session, "--force");
            }

            Assert.All(commands, command =>
            {
                var decision = ScriptedAgent.Answer(sandbox, command)!;
                Assert.Equal(("deny", $"for {command}"), ((string?)decision["behavior"], (string?)decision["message"]));
            });
        }

        var audit = await sandbox.Do("audit", "--verify");
        Assert.Contains($"{15 * rounds} entries, all as they were written", audit, StringComparison.Ordinal);

        async Task AnswerAll(Peer client, (string Id, string Command)[] items, ConcurrentBag<string> won)
        {
            foreach (var (id, command) in items)
            {
                var reply = await client.Ask("answer", new JsonObject { ["item"] = id, ["decision"] = "deny", ["reason"] = $"for {command}", ["surface"] = "test" });
                if (reply["type"]!.GetValue<string>() == "item")
                {
                    won.Add(id);
                }
                else
                {
                    Assert.Contains("was settled: denied by", reply.ToJsonString(), StringComparison.Ordinal);
                }
            }
        }
    }
}
