using System.Text.Json.Nodes;
using Tether.Testing.Agents;
using Tether.Testing.Models;

namespace Tether.EndToEnd.Tests.Agents;

/// <summary>A real agent with a scripted model, in a session of a sandbox, and its questions as the queue shows them.</summary>
internal sealed class AskingAgent : IAsyncDisposable
{
    private readonly string _ready;

    private AskingAgent(Sandbox sandbox, ModelServer model, string ready)
    {
        Sandbox = sandbox;
        Model = model;
        _ready = ready;
    }

    public Sandbox Sandbox { get; }

    public ModelServer Model { get; }

    public string Session { get; private set; } = "";

    public static Task<AskingAgent> Claude() => Start("for shortcuts", "claude", "--", "--permission-mode", "default");

    public static Task<AskingAgent> Codex() => Start("Ask Codex to do anything", "codex");

    public static Task<AskingAgent> OpenCode() => Start("Ask anything", "opencode");

    public static Task<AskingAgent> Pi() => Start("scripted", "pi");

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Model.DisposeAsync();
    }

    /// <summary>Another session of the same provider, once it can be written to.</summary>
    public async Task<string> Run(params string[] command)
    {
        var started = await Sandbox.Do(["run", "-d", "--cols", "110", "--rows", "40", .. command]);
        var session = started.Split(' ', '\n')[0];
        await Sandbox.UntilShows(session, _ready, Patience.Ample);
        return session;
    }

    /// <summary>Sends a prompt, and returns when the model has it.</summary>
    public async Task Prompt(string text)
    {
        var (before, head) = (Model.Requests.Count, text[..Math.Min(text.Length, 16)]);
        var sent = await Sandbox.Run("input", Session, text, "--take");
        Assert.True(sent.ExitCode == 0 || sent.Output.Contains("unconfirmed", StringComparison.Ordinal), sent.ToString());
        var isHeard = () => Patience.Until(() => Model.Requests.Skip(before).Any(request => request.Says(head)), $"the model heard {head}", Patience.Moment);
        try
        {
            await isHeard();
        }
        catch (TimeoutException)
        {
            // On a loaded machine an agent may take the Enter for a part of the paste before it.
            await Press(isHeard, "Enter");
        }
    }

    /// <summary>Presses keys, and again while nothing shows that they were taken: an agent may take none in the first moment of its dialog.</summary>
    public async Task Press(Func<Task> taken, params string[] keys)
    {
        for (var attempt = 1; ; attempt++)
        {
            await Sandbox.Do(["keys", Session, "--take", .. keys]);
            try
            {
                await taken();
                return;
            }
            catch (TimeoutException) when (attempt < 4)
            {
                // The keys were not taken.
            }
        }
    }

    /// <summary>The open questions.</summary>
    public async Task<JsonNode[]> Items() =>
        [.. (await Sandbox.Ask("queue", null, "queue-list"))["items"]!.AsArray().Where(item => item!["kind"]!.GetValue<string>() is "approval" or "question").Select(item => item!)];

    /// <summary>Waits until as many questions are open, and gives them.</summary>
    public async Task<JsonNode[]> Asked(int count = 1)
    {
        JsonNode[] items = [];
        await Patience.Until(async () => (items = await Items()).Length == count, $"{count} open questions", Patience.Ample);
        return items;
    }

    public async Task<JsonNode> Over(string id)
    {
        JsonNode? item = null;
        await Patience.Until(
            async () => (item = (await Sandbox.Json("queue", "--all", "--json")).AsArray().Single(one => one!["id"]!.GetValue<string>() == id))!["state"]!.GetValue<string>() is "answered" or "closed",
            $"{id} over");
        return item!;
    }

    public Task UntilFile(string name) => Patience.Until(() => Has(name), name, Patience.Ample);

    /// <summary>A file of the working directory is there.</summary>
    public bool Has(string name) => Path.Exists(Path.Combine(Sandbox.WorkingDirectory, name));

    public Task UntilModelHears(string text) => Patience.Until(() => Model.Requests.Any(request => request.Says(text)), text, Patience.Ample);

    private static async Task<AskingAgent> Start(string ready, params string[] command)
    {
        var asking = new AskingAgent(new Sandbox(), await ModelServer.Start(), ready);
        await RealAgents.Settle(asking.Sandbox, asking.Model);
        asking.Sandbox.Set("PI_OFFLINE", "1");
        asking.Session = await asking.Run(command);
        return asking;
    }
}
