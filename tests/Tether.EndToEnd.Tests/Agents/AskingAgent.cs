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

    public static Task<AskingAgent> OpenCode() => Start("opencode", "Ask anything");

    public static Task<AskingAgent> Pi() => Start("pi", "scripted");

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Model.DisposeAsync();
    }

    /// <summary>Another session of the same provider, once it can be written to.</summary>
    public async Task<string> Run(params string[] command)
    {
        var started = await Sandbox.Do(["run", "-d", "--cols", "100", "--rows", "30", .. command]);
        var session = started.Split(' ', '\n')[0];
        await Sandbox.UntilShows(session, _ready, Patience.Ample);
        return session;
    }

    public Task Prompt(string text) => Sandbox.Do("input", Session, text);

    public async Task<JsonNode[]> Items() =>
        [.. (await Sandbox.Json("queue", "--json")).AsArray().Where(item => item!["kind"]!.GetValue<string>() is "approval" or "question").Select(item => item!)];

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

    public Task UntilFile(string name) => Patience.Until(() => File.Exists(Path.Combine(Sandbox.WorkingDirectory, name)), name, Patience.Ample);

    public Task UntilModelHears(string text) => Patience.Until(() => Model.Requests.Any(request => request.Says(text)), text, Patience.Ample);

    private static async Task<AskingAgent> Start(string agent, string ready)
    {
        var asking = new AskingAgent(new Sandbox(), await ModelServer.Start(), ready);
        await RealAgents.Settle(asking.Sandbox, asking.Model);
        asking.Sandbox.Set("PI_OFFLINE", "1");
        asking.Session = await asking.Run(agent);
        return asking;
    }
}
