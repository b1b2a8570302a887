using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Tui.Connection;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Init;

/// <summary>`tether init`: a few questions, each with an answer already, and then everything is ready. Agents' own settings are never touched.</summary>
internal static class InitCommand
{
    public const string Name = "init";

    public const string Examples = """
        tether init                   asks, then writes config.env, starts the daemon and shows the token's file
        tether init --yes             asks nothing: everything stays as it is, or as it is by default
        tether init --yes --json | jq -r '.agents[] | select(.path) | .name'

        It can be run again at any time: what is there is offered as the answer, and the token is kept.
        Nothing is changed before the last question is answered.
        """;

    public static Command Build()
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Ask nothing, take every default" };
        var json = CommandParts.Json();
        var command = new Command(Name, "Set Tether up: the API and its token, how agents report, what they may do unasked") { yes, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && !result.GetValue(yes))
            {
                result.AddError("--json wants --yes: questions are no JSON");
            }
        });
        command.SetAction(result => Run(result.GetValue(yes), result.GetValue(json)));
        return command;
    }

    private static int Run(bool yes, bool json)
    {
        if (!yes && !(StandardStreams.IsInputTerminal && StandardStreams.IsOutputTerminal))
        {
            throw new TetherException(ExitCodes.Usage, "there is no terminal to ask on: `tether init --yes` takes every default");
        }

        var agents = FoundAgent.All();
        var questions = InitQuestion.For(agents);
        var (answers, hasService) = (new Dictionary<string, string>(), false);
        if (!yes)
        {
            StandardStreams.Print($"{AgentsText(agents)}\nEnter takes the answer in great letters. Nothing is changed before the last one.\n\n");
            var dialogue = new Dialogue(Console.In.ReadLine, StandardStreams.Print);
            foreach (var question in questions)
            {
                answers[question.Key] = dialogue.Ask(question);
            }

            hasService = !File.Exists(ServiceFile.Location()) && dialogue.Ask(InitQuestion.Service) == "yes";
            StandardStreams.PrintLine();
        }

        var changed = Apply(questions, answers);
        var (hasToken, warnings) = (File.Exists(TokenFile), Ready(changed.Length > 0));
        if (json)
        {
            Print(Report(agents, questions, changed, isNewToken: !hasToken, warnings));
            return ExitCodes.Done;
        }

        StandardStreams.Print((yes ? AgentsText(agents) + "\n" : "") + Summary(changed, isNewToken: !hasToken, warnings));
        return hasService ? ServiceFile.Install(null, null) : ExitCodes.Done;
    }

    private static string TokenFile => Path.Combine(ClientEnvironment.Paths.DataDirectory, "token");

    private static string[] Apply(IReadOnlyList<InitQuestion> questions, Dictionary<string, string> answers)
    {
        var changes = questions.Where(question => answers.TryGetValue(question.Key, out var answer) && answer != question.Current).ToDictionary(question => question.Key, question => answers[question.Key]);
        if (changes.Count > 0)
        {
            ConfigLines.Write(ClientEnvironment.Paths.ConfigFile, changes);
        }

        return [.. changes.Select(change => $"{change.Key}={change.Value}")];
    }

    // The daemon makes the token when it opens its port.
    private static string[] Ready(bool hasChanges)
    {
        using (var running = Connector.TryOpen())
        {
            if (running is null)
            {
                DaemonLauncher.Start();
            }
        }

        if (hasChanges)
        {
            DaemonControl.Stop(staysDown: false);
            DaemonLauncher.Start();
        }

        if (File.Exists(TokenFile))
        {
            File.SetUnixFileMode(TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var daemon = Connector.OpenClient();
        return daemon.Ask<Protocol.Wire.StatusReply>(new Protocol.Wire.StatusRequest()).Warnings;
    }

    private static string? Address()
    {
        if (ClientConfig.Find("TETHER_HTTP") is "0" or "off")
        {
            return null;
        }

        var port = ClientConfig.Find("TETHER_AGENT_PORT") ?? ClientConfig.Find("TETHER_PORT") ?? "8787";
        var host = ClientConfig.Find("TETHER_AGENT_HOST") ?? "127.0.0.1";
        return port == "0" ? null : $"http://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}";
    }

    private static string AgentsText(IReadOnlyList<FoundAgent> agents)
    {
        var text = new StringBuilder("Agents:\n");
        foreach (var agent in agents)
        {
            text.Append(agent.Path is null ? $"  {agent.Name,-10} not installed\n" : $"  {agent.Name,-10} {agent.Version,-12} {agent.Path}{(agent.IsKnown ? "" : "  (a version that is not known yet)")}\n");
        }

        return text.ToString();
    }

    private static string Summary(string[] changed, bool isNewToken, string[] warnings)
    {
        var text = new StringBuilder();
        text.Append(changed.Length == 0 ? "settings   as they were\n" : $"settings   {string.Join(", ", changed)}, in {ClientEnvironment.Paths.ConfigFile}\n");
        text.Append(Address() is { } address ? $"API        {address}\n" : "API        no port (TETHER_HTTP=0); programs of yours reach the daemon by its sockets\n");
        if (File.Exists(TokenFile))
        {
            text.Append($"token      {TokenFile}, {(isNewToken ? "made now" : "kept")}; only you can read it\n");
        }

        text.Append("""
            MCP        claude mcp add tether -- tether mcp      (codex alike; it changes their settings: yours to run)
            bridges    Telegram, Slack and Discord are not there yet: nothing to set up

            """);
        foreach (var warning in warnings)
        {
            text.Append($"warning    {warning}\n");
        }

        return text.Append("\n`tether run codex` starts an agent, `tether` shows them all.\n").ToString();
    }

    private static JsonObject Report(IReadOnlyList<FoundAgent> agents, IReadOnlyList<InitQuestion> questions, string[] changed, bool isNewToken, string[] warnings) => new()
    {
        ["api"] = Address(),
        ["token"] = File.Exists(TokenFile) ? new JsonObject { ["file"] = TokenFile, ["isNew"] = isNewToken } : null,
        ["agents"] = new JsonArray([.. agents.Select(agent => (JsonNode)new JsonObject { ["name"] = agent.Name, ["version"] = agent.Version, ["path"] = agent.Path, ["isKnown"] = agent.IsKnown })]),
        ["config"] = ClientEnvironment.Paths.ConfigFile,
        ["settings"] = new JsonObject(questions.Select(question => KeyValuePair.Create(question.Key, (JsonNode?)question.Current))),
        ["changed"] = new JsonArray([.. changed.Select(change => (JsonNode)change)]),
        ["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]),
    };

    private static void Print(JsonObject report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            report.WriteTo(writer);
        }

        StandardStreams.PrintLine(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
