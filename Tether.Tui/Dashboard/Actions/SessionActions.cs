using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Link;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>What is done to one session as a whole.</summary>
internal sealed class SessionActions(DashboardContext context, DaemonFeed feed) : IActionGroup
{
    /// <summary>Called before a session gets the whole terminal.</summary>
    public Action Leaving { get; init; } = static () => { };

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.Rename when context.Focused is { } item: Rename(item); break;
            case DashboardCommand.Tag when context.Focused is { } item: Tag(item); break;
            case DashboardCommand.Stop when context.Focused is { } item: Stop(item); break;
            case DashboardCommand.Delete when context.Focused is { } item: Delete(item); break;
            case DashboardCommand.Zoom when context.Focused is { } item: Zoom(item); break;
            default: return false;
        }

        return true;
    }

    private void Zoom(SessionItem item)
    {
        if (item.Record.State != SessionState.Running || context.Replicas.IsOwn(item.Id))
        {
            context.Say(context.Replicas.IsOwn(item.Id) ? "this is the session that the dashboard runs in" : $"{item.Record.Title} has ended; PgUp shows what it printed");
            return;
        }

        Leaving();
        context.Looked(item.Id);
        context.Host.Zoom(item);
        context.Looked(item.Id);
        feed.AskListSoon();
    }

    private void Rename(SessionItem item)
    {
        var title = new TextField { Text = item.Record.Title };
        Open(
            new Dialog("Rename", [new("Title", title)]),
            () => context.Link.Ask<SessionReply>(new RenameRequest { Session = item.Id, Title = title.Text }, Changed, context.Say));
    }

    private void Tag(SessionItem item)
    {
        var tags = new TextField { Text = string.Join(' ', item.Tags), Placeholder = "words, separated by blanks" };
        Open(new Dialog($"Tags of {PlainText.Of(item.Record.Title)}", [new("Tags", tags)]), () =>
        {
            string[] words = tags.Text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            context.Link.Ask<SessionReply>(new TagRequest { Session = item.Id, Tags = words }, Changed, context.Say);
        });
    }

    private void Stop(SessionItem item)
    {
        if (item.Record.State != SessionState.Running)
        {
            context.Say($"{item.Record.Title} has ended; {context.Bindings.LabelOf(DashboardMode.Navigate, DashboardCommand.Delete)} forgets it");
            return;
        }

        Open(
            new Dialog($"Stop {PlainText.Of(item.Record.Title)}?", []) { Text = ["Its program is told to end; what it printed is kept."], Hint = "Enter stops it · Esc leaves it" },
            () => context.Link.Ask<SessionReply>(new StopRequest { Session = item.Id }, Changed, context.Say));
    }

    private void Delete(SessionItem item)
    {
        if (item.Record.State == SessionState.Running)
        {
            context.Say($"{item.Record.Title} runs; {context.Bindings.LabelOf(DashboardMode.Navigate, DashboardCommand.Stop)} stops it");
            return;
        }

        Open(
            new Dialog($"Forget {PlainText.Of(item.Record.Title)}?", []) { Text = ["What it printed is deleted for good."], Hint = "Enter deletes it · Esc keeps it" },
            () => context.Link.Ask<OkReply>(new DeleteRequest { Session = item.Id }, _ => feed.AskListSoon(), context.Say));
    }

    private void Open(Dialog dialog, Action confirmed) => (context.State.Popup, context.State.Confirmed) = (dialog, confirmed);

    private void Changed(SessionReply reply)
    {
        context.Fleet.Update(reply.Session, context.Now);
        context.State.IsDirty = true;
        feed.AskListSoon();
    }
}
