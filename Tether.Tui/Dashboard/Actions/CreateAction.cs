using System.Text.Json;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Commands;
using Tether.Tui.Connection;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>A new session: which agent, where, what it is called, and what it is to begin with.</summary>
internal sealed class CreateAction(DashboardContext context, DaemonFeed feed, MovingActions moving) : IActionGroup
{
    private const int LeastColumns = 80;
    private const int LeastRows = 24;
    private const double SettledSeconds = 1;
    private const double PatienceSeconds = 30;

    public bool TryDo(DashboardCommand command)
    {
        if (command != DashboardCommand.Create)
        {
            return false;
        }

        Open(context.Focused?.Record.Directory is { } beside && Directory.Exists(beside) ? beside : Environment.CurrentDirectory);
        return true;
    }

    private void Open(string where)
    {
        var providers = Providers();
        var agent = new TextField { Text = ProviderNames.Shell, Complete = typed => providers.FirstOrDefault(name => name.StartsWith(typed, StringComparison.Ordinal)) };
        var directory = new TextField { Text = where, Complete = DirectoryCompletion.Complete };
        var title = new TextField { Placeholder = "the agent's name" };
        var prompt = new TextArea { Placeholder = "what it is to do first; may be empty" };
        var dialog = new Dialog("New session", [new("Agent", agent), new("Directory", directory), new("Title", title), new("First prompt", prompt, Rows: 2)])
        {
            Text = [string.Join(", ", providers)],
            Hint = "Tab completes, goes on · Enter starts · Esc cancels",
            Check = () => Wrong(agent.Text.Trim(), DirectoryCompletion.Expand(directory.Text.Trim()), providers),
        };
        (context.State.Popup, context.State.Confirmed) = (dialog, () => Create(
            dialog, agent.Text.Trim(), DirectoryCompletion.Expand(directory.Text.Trim()), title.Text.Trim(), prompt.Text.Trim()));
    }

    private void Create(Dialog dialog, string provider, string directory, string title, string prompt)
    {
        var arguments = prompt.Length > 0 ? PromptArguments.Of(provider, prompt) : null;
        var (columns, rows) = context.State.Layout is { } layout ? (layout.Tiles.Columns - 2, layout.Tiles.Rows - 2) : (LeastColumns, LeastRows);
        var request = new CreateRequest
        {
            Provider = provider,
            Arguments = arguments ?? [],
            Directory = directory,
            Title = title.Length > 0 ? title : null,
            Environment = ClientEnvironment.All(without: ClientEnvironment.SessionVariable),
            FileLimit = ClientEnvironment.FileLimit(),
            Umask = ClientEnvironment.FileModeMask(),
            Columns = Math.Max(LeastColumns, columns),
            Rows = Math.Max(LeastRows, rows),
        };
        context.Link.Ask<SessionReply>(request, created =>
        {
            context.Fleet.Update(created.Session, context.Now);
            context.Replicas.Follow([.. context.Fleet.Sessions.Select(item => item.Record)]);
            moving.GoTo(created.Session.Id);
            feed.AskListSoon();
            if (prompt.Length > 0 && arguments is null)
            {
                TypePrompt(created.Session.Id, created.Session.Title, prompt);
            }
        }, refusal =>
        {
            // What was written stays, to be corrected.
            dialog.Refuse(refusal);
            (context.State.Popup, context.State.IsDirty) = (dialog, true);
        });
    }

    // A program that takes no prompt as an argument gets it as soon as it has drawn itself.
    private void TypePrompt(string session, string title, string prompt) => context.Link.Ask<WaitReply>(
        new WaitRequest { Session = session, For = "idle", IdleSeconds = SettledSeconds, TimeoutSeconds = PatienceSeconds },
        _ => context.Link.Ask<InputReply>(
            new InputRequest { Session = session, Text = prompt, Enter = true },
            typed => context.Say($"{title}: first prompt {typed.Receipt}"),
            refusal => context.Say($"{title}: first prompt not sent: {refusal}")),
        refusal => context.Say($"{title}: first prompt not sent: {refusal}"));

    private static string? Wrong(string provider, string directory, IReadOnlyCollection<string> providers) =>
        !providers.Contains(provider) ? $"there is no agent `{provider}`"
        : !Path.IsPathRooted(directory) ? "the directory must begin with / or ~"
        : !Directory.Exists(directory) ? "there is no such directory"
        : null;

    private static List<string> Providers()
    {
        var names = new List<string> { ProviderNames.Shell };
        names.AddRange(ProviderNames.Agents);
        try
        {
            names.AddRange(ProviderNames.OfFile(ClientEnvironment.Paths.ProvidersFile).Except(names));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // The daemon says what is wrong with the file when one of its names is used.
        }

        return names;
    }
}
