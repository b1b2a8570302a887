using System.CommandLine;
using System.Text.Json.Nodes;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Outside;

/// <summary>`tether sync`: what was said in sessions, as their agents keep it, becomes part of their events.</summary>
internal static class SyncCommand
{
    public const string Name = "sync";

    public const string Examples = """
        tether sync api               what is not among its events yet, as said before Tether or outside it
        tether sync api --force       everything from the beginning, once more
        tether sync api --json | jq .[].synced

        Clients of the API then read it from the session's events (`user_input` and `output` with `is_history`).
        To read it yourself: `tether transcript`.
        """;

    public static Command Build()
    {
        var sessions = new Argument<string[]>("sessions") { Description = "Ids, unique beginnings of them, or titles", Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force") { Description = "From the beginning, also what is among its events already" };
        var json = CommandParts.Json();
        var command = new Command(Name, "Log what was said in agents' sessions among their events") { sessions, force, json };
        command.SetAction(result => Run(result.GetRequiredValue(sessions), result.GetValue(force), result.GetValue(json)));
        return command;
    }

    private static int Run(string[] names, bool force, bool isJson)
    {
        using var daemon = Connector.OpenClient();
        var found = Array.ConvertAll(names, name => SessionLookup.Require(daemon, name));
        using var api = new Api();
        var answers = new JsonArray();
        foreach (var session in found)
        {
            var answer = api.Ask("POST", $"/api/sessions/{session.Id}/sync{(force ? "?force=1" : "")}");
            var (synced, total) = (answer["synced"]!.GetValue<int>(), answer["total"]!.GetValue<int>());
            if (isJson)
            {
                answers.Add((JsonNode)new JsonObject { ["session"] = session.Id, ["synced"] = synced, ["total"] = total });
            }
            else
            {
                StandardStreams.PrintLine($"{session.Id} {session.Title}: {(synced == 0 ? "nothing new" : synced == 1 ? "1 message" : $"{synced} messages")}, {total} entries in the transcript");
            }
        }

        if (isJson)
        {
            StandardStreams.PrintLine(answers.ToJsonString());
        }

        return ExitCodes.Done;
    }
}
