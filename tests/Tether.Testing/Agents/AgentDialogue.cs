using System.Text.Json.Nodes;
using Tether.Testing.Models;
using Tether.Testing.Outer;

namespace Tether.Testing.Agents;

/// <summary>One real agent in a session of a sandbox, with a person in front of it and the model server behind it.</summary>
public sealed class AgentDialogue : IAsyncDisposable
{
    private AgentDialogue(Sandbox sandbox, ModelServer model, OuterTerminal terminal)
    {
        Sandbox = sandbox;
        Model = model;
        Terminal = terminal;
    }

    public Sandbox Sandbox { get; }

    public ModelServer Model { get; }

    public OuterTerminal Terminal { get; private set; }

    /// <summary>Starts `tether run AGENT …` and waits until it can be typed to.</summary>
    /// <param name="ready">What then stands on the screen.</param>
    /// <param name="settle">Called when the home is ready, before the start.</param>
    /// <param name="command">The agent and its arguments.</param>
    public static Task<AgentDialogue> Start(string ready, Action<Sandbox>? settle, params string[] command) =>
        Start(ready, settle, sandbox => [sandbox.Tether, "run", .. command]);

    /// <summary>The same without Tether.</summary>
    public static Task<AgentDialogue> StartAlone(string ready, string agent) => Start(ready, null, _ => [RealAgents.Find(agent)!]);

    /// <summary>Types a prompt and sends it, and returns when the model has it. The directives in it must fit into one line of the screen.</summary>
    public async Task Say(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var head = prompt[..Math.Min(prompt.Length, 16)];
        var before = Model.Requests.Count;
        await Write(prompt, head);

        // An Enter that the agent takes for a part of a paste leaves the prompt where it is.
        await Again(() => Terminal.Type("\r"), () => Patience.Until(() => Model.Requests.Skip(before).Any(request => request.Says(head)), $"the model heard {head}", Patience.Moment));
    }

    /// <summary>Types one of the agent's own commands, as `/quit`, and sends it.</summary>
    public async Task Command(string command)
    {
        await Write(command, command);
        Terminal.Type("\r");
    }

    /// <summary>Presses a key of the agent's own dialog, and again while the dialog stands: in its first 0.15 s Claude takes no key, lest it was meant for something else.</summary>
    public async Task Press(string key, string dialog)
    {
        await Terminal.UntilShows(dialog);
        await Again(() => Terminal.Type(key), () => Terminal.Until(screen => !screen.Shows(dialog), $"the end of \"{dialog}\"", Patience.Moment));
    }

    /// <summary>Waits for the one open item of a kind.</summary>
    public async Task<JsonObject> UntilItem(string kind = "approval")
    {
        JsonObject? item = null;
        await Patience.Until(async () => (item = (await Items()).FirstOrDefault(one => IsOpen(one) && one["kind"]!.GetValue<string>() == kind)) is not null, $"an open item of kind {kind}");
        return item!;
    }

    /// <summary>Waits until an item is over and returns it.</summary>
    public async Task<JsonObject> UntilOver(JsonObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var id = item["id"]!.GetValue<string>();
        JsonObject? over = null;
        await Patience.Until(async () => (over = (await Items()).FirstOrDefault(one => one["id"]!.GetValue<string>() == id)) is null || !IsOpen(over), $"the end of item {id}");
        return over ?? throw new InvalidOperationException($"item {id} is gone");
    }

    /// <summary>Answers an item with the command line.</summary>
    public Task<string> Answer(string verb, JsonObject item, params string[] rest)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Sandbox.Do([verb, item["id"]!.GetValue<string>(), .. rest]);
    }

    /// <summary>Starts `tether run AGENT` in another window, which is the person's from then on.</summary>
    public async Task GoOnInTether(string ready, string agent)
    {
        Terminal = Window(Sandbox, [Sandbox.Tether, "run", agent]);
        await Terminal.UntilShows(ready, Patience.Ample);
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Model.DisposeAsync();
    }

    private static bool IsOpen(JsonObject item) => (item["state"]?.GetValue<string>() ?? "open") is "open" or "answering";

    private static async Task<AgentDialogue> Start(string ready, Action<Sandbox>? settle, Func<Sandbox, string[]> command)
    {
        var sandbox = new Sandbox();
        var model = await ModelServer.Start();
        await RealAgents.Settle(sandbox, model);
        settle?.Invoke(sandbox);
        var dialogue = new AgentDialogue(sandbox, model, Window(sandbox, command(sandbox)));
        await dialogue.Terminal.UntilShows(ready, Patience.Ample);
        return dialogue;
    }

    private static OuterTerminal Window(Sandbox sandbox, string[] command) => sandbox.OpenProgram(110, 45, command);

    // What comes into an agent's first frame may be lost. Keys that come in one burst would be taken for a paste, and an Enter right behind them for a part of it.
    private Task Write(string text, string head) => Again(() => Terminal.Paste(text), () => Terminal.UntilShows(head, Patience.Moment));

    private static async Task Again(Action press, Func<Task> until)
    {
        for (var attempt = 1; ; attempt++)
        {
            press();
            try
            {
                await until();
                return;
            }
            catch (TimeoutException) when (attempt < 4)
            {
                // The keys were not taken.
            }
        }
    }

    private async Task<IEnumerable<JsonObject>> Items() =>
        (await Sandbox.Ask("queue", new JsonObject { ["all"] = true }, "queue-list"))["items"]!.AsArray().Select(item => item!.AsObject());
}
