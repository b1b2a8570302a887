using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Tether.Tui.Connection;
using Tether.Tui.Output;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands;

/// <summary>`tether token`: who else may use the daemon's API, and for what.</summary>
internal static class TokenCommand
{
    public const string Name = "token";

    public const string Examples = """
        tether token create phone --scope observe,approve --expires 30d
        tether token create ci --scope input          may start agents and speak to them; may not answer for you
        tether token ls                               their ids, scopes, and when each was last used
        tether token revoke k7m2p9                    from now on it opens nothing, and what it holds open ends

        Scopes: observe (read), input (start, type, stop, push events), approve (answer what needs a human), admin (all of these, tokens, rules, webhooks, deleting).
        The token is printed once; it is kept only as a hash.
        """;

    private static readonly string[] Headings = ["ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "LAST USED"];

    public static Command Build() => new(Name, "Make, list and revoke tokens for the daemon's API") { BuildCreate(), BuildList(), BuildRevoke() };

    private static Command BuildCreate()
    {
        var name = new Argument<string>("name") { Description = "What it is for, in one line" };
        var scope = new Option<string>("--scope", "-s") { Description = "observe, input, approve or admin; several with commas between", Required = true };
        var expires = new Option<string?>("--expires") { Description = "How long it is good for, as 90m, 12h, 30d; for ever unless told" };
        var json = CommandParts.Json();
        var command = new Command("create", "Make a token and print it") { name, scope, expires, json };
        command.SetAction(result =>
        {
            var asked = new JsonObject
            {
                ["name"] = result.GetRequiredValue(name),
                ["scopes"] = new JsonArray([.. result.GetRequiredValue(scope).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => (JsonNode)one)]),
            };
            if (result.GetValue(expires) is { } lifetime)
            {
                asked["expires_in_s"] = DurationText.Seconds(lifetime) ?? throw new TetherException(ExitCodes.Usage, $"--expires {lifetime}: a time as 90m, 12h or 30d");
            }

            using var api = new Api();
            var made = api.Ask("POST", "/api/tokens", asked);
            StandardStreams.PrintLine(result.GetValue(json) ? made.ToJsonString() : made["token"]!.GetValue<string>());
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildList()
    {
        var json = CommandParts.Json();
        var command = new Command("ls", "List the tokens, never what they are") { json };
        command.SetAction(result =>
        {
            using var api = new Api();
            var tokens = api.Ask("GET", "/api/tokens")["tokens"]!.AsArray();
            if (result.GetValue(json))
            {
                StandardStreams.PrintLine(tokens.ToJsonString());
            }
            else if (tokens.Count == 0)
            {
                StandardStreams.PrintLine("no tokens; `tether token create NAME --scope …` makes one");
            }
            else
            {
                Table.Print(Headings, [.. tokens.Select(token => Row(token!))]);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command BuildRevoke()
    {
        var id = new Argument<string>("id") { Description = "As `tether token ls` shows it" };
        var command = new Command("revoke", "Make a token useless, at once") { id };
        command.SetAction(result =>
        {
            using var api = new Api();
            api.Ask("DELETE", $"/api/tokens/{Uri.EscapeDataString(result.GetRequiredValue(id))}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static string[] Row(JsonNode token) =>
    [
        token["id"]!.GetValue<string>(),
        token["name"]!.GetValue<string>(),
        string.Join(',', token["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>())),
        Time(token["created_at"]),
        token["expires_at"] is null ? "never" : Time(token["expires_at"]),
        token["last_used_at"] is null ? "never" : Time(token["last_used_at"]),
    ];

    private static string Time(JsonNode? time) =>
        DateTimeOffset.Parse(time!.GetValue<string>(), CultureInfo.InvariantCulture).ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
