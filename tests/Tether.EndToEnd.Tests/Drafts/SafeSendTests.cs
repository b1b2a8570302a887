using System.Text;
using System.Text.Json.Nodes;
using Tether.Testing.Outer;
using Tether.Testing.Programs;
using Tether.Testing.Wire;
using Xunit.Abstractions;

namespace Tether.EndToEnd.Tests.Drafts;

/// <summary>Texts that are sent into a session while somebody types in it: none is mixed with a draft, and no draft is sent by anybody else.</summary>
public sealed class SafeSendTests(ITestOutputHelper output)
{
    private const int Senders = 3;
    private const int Open = 4;

    [EndToEndTheory("python3")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Texts_and_drafts_are_never_mixed(bool isBracketed)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using var sandbox = new Sandbox();
        var log = Path.Combine(sandbox.Directory, "sent");
        var id = await sandbox.Detached("composer", ComposerProgram.Command(log, isBracketed));
        await sandbox.UntilShows(id, "composer");
        var terminal = sandbox.Open("attach", id, "--control");
        await terminal.UntilShows("composer");

        using var end = new CancellationTokenSource();
        var typist = new Typist(new Random(seed), terminal.Type);
        var typing = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await typist.Write();
            }
        });
        var texts = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAll(sandbox, id, sender, Soak.Size(12, 334))));
        await end.CancelAsync();
        await typing;
        terminal.Type("q\r");
        typist.Sent.Add("q");

        await Patience.Until(() => Read(log) is [.., "q"], "the last draft");
        var lines = Read(log);
        var isText = (string line) => line.Contains("TEXT", StringComparison.Ordinal);
        output.WriteLine($"{texts.Sum(sent => sent.Count)} texts, {typist.Written} drafts, {typist.Sent.Count} of them sent");
        Assert.Equal(typist.Sent, lines.Where(line => !isText(line)));
        for (var sender = 0; sender < Senders; sender++)
        {
            Assert.Equal(texts[sender], lines.Where(line => line.StartsWith($"TEXT {sender} ", StringComparison.Ordinal)));
        }

        Assert.Equal(texts.Sum(sent => sent.Count), lines.Count(isText));
    }

    [EndToEndFact("python3")]
    public async Task A_text_that_may_not_wait_is_refused_with_a_status_of_its_own()
    {
        await using var sandbox = new Sandbox();
        var log = Path.Combine(sandbox.Directory, "sent");
        var id = await sandbox.Detached("composer", ComposerProgram.Command(log, isBracketed: true));
        await sandbox.UntilShows(id, "composer");
        await sandbox.Do("keys", id, "d", "r");
        await Patience.Until(async () => (await sandbox.Session(id))["hasDraft"]?.GetValue<bool>() is true, "the draft");

        var refused = await sandbox.Run("input", id, "TEXT", "--now");
        Assert.True(refused.ExitCode == 7, refused.ToString());
        var late = await sandbox.Run("input", id, "TEXT", "--wait", "0.5");
        Assert.True(late.ExitCode == 7, late.ToString());

        var waiting = sandbox.Run("input", id, "TEXT", "-v");
        await Patience.Until(async () => (await sandbox.Session(id))["waitingSends"]?.GetValue<int>() is 1, "the text that waits");
        await sandbox.Do("keys", id, "enter");
        Assert.Equal(["queued", "typed", "submitted"], (await waiting).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]));
        Assert.Equal(["dr", "TEXT"], Read(log));
    }

    [EndToEndFact("python3")]
    public async Task The_one_in_control_is_told_that_a_text_waits()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("composer", ComposerProgram.Command(Path.Combine(sandbox.Directory, "sent"), isBracketed: true));
        await sandbox.UntilShows(id, "composer");
        await using var person = await Peer.Local(sandbox);
        var channel = (await person.Attach(id, "control"))["channel"]!.GetValue<int>();
        await person.Type(channel, "draft");
        await Patience.Until(async () => (await sandbox.Session(id))["hasDraft"]?.GetValue<bool>() is true, "the draft");
        await using var sender = await Peer.Local(sandbox);
        var sent = sender.Ask("input", new JsonObject { ["session"] = id, ["text"] = "TEXT", ["enter"] = true, ["take"] = true });
        await person.NextMessage("notice", notice => notice["text"]!.GetValue<string>() == "1 message waits until you have sent or cleared what you typed");
        await person.Type(channel, "\x03");
        Check(await sent);
    }

    private static async Task<List<string>> SendAll(Sandbox sandbox, string id, int sender, int count)
    {
        await using var peer = await Peer.Local(sandbox);
        var (texts, open) = (new List<string>(), new Queue<Task<JsonObject>>());
        for (var i = 0; i < count; i++)
        {
            texts.Add($"TEXT {sender} {i} " + new string('X', i % 7 * 40));
            open.Enqueue(peer.Ask("input", new JsonObject { ["session"] = id, ["text"] = texts[^1], ["enter"] = true, ["take"] = true }));
            if (open.Count == Open)
            {
                Check(await open.Dequeue());
            }
        }

        foreach (var last in open)
        {
            Check(await last);
        }

        return texts;
    }

    private static void Check(JsonObject reply) => Assert.True(reply["receipt"]?.GetValue<string>() == "submitted", reply.ToJsonString());

    private static string[] Read(string log) => File.Exists(log)
        ? [.. File.ReadAllText(log).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Encoding.UTF8.GetString(Convert.FromHexString(line)))]
        : [];
}
