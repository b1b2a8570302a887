using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>One prompt for several sessions, with a receipt of each.</summary>
internal sealed class BroadcastAction(DashboardContext context) : IActionGroup
{
    private const int MostRows = 10;

    public bool TryDo(DashboardCommand command)
    {
        if (command != DashboardCommand.Broadcast)
        {
            return false;
        }

        var running = context.Fleet.Sessions.Where(item => item.Record.State == SessionState.Running && !context.Replicas.IsOwn(item.Id)).ToList();
        if (running.Count == 0)
        {
            context.Say("no session runs that could be told something");
            return true;
        }

        Open(running);
        return true;
    }

    private void Open(List<SessionItem> running)
    {
        var prompt = new TextArea { Placeholder = "what all of them are told" };
        var chosen = new CheckList<SessionItem>([.. running.Select(item => new Choice<SessionItem>(item, PlainText.Of(item.Record.Title), $"{AgentLabel.Of(item.Record)} · {item.Word}"))]);
        if (running.Find(item => item.Id == context.State.Focused) is { } focused)
        {
            chosen.Check(focused);
        }

        context.State.Popup = new Dialog("Broadcast", [new("Prompt", prompt, Rows: 3), new("To: Space chooses, a all", chosen, Rows: Math.Min(MostRows, running.Count))])
        {
            Hint = "Tab goes on · Enter sends · Esc cancels",
            Check = () => prompt.Text.Trim().Length == 0 ? "the prompt is empty" : chosen.Checked.Count == 0 ? "no session is chosen" : null,
        };
        context.State.Confirmed = () => Send(prompt.Text.Trim(), chosen.Checked);
    }

    private void Send(string prompt, IReadOnlyList<SessionItem> sessions)
    {
        var receipts = new ReceiptsView($"Sent to {sessions.Count} {(sessions.Count == 1 ? "session" : "sessions")}", [.. sessions.Select(item => item.Record.Title)]);
        context.State.Popup = receipts;
        for (var i = 0; i < sessions.Count; i++)
        {
            var index = i;
            context.Link.Ask<InputReply>(
                new InputRequest { Session = sessions[i].Id, Text = prompt, Enter = true },
                reply => Note(receipts, index, Words(reply.Receipt), isGood: reply.Receipt == "submitted"),
                refusal => Note(receipts, index, refusal, isGood: false));
        }
    }

    private void Note(ReceiptsView receipts, int index, string text, bool isGood)
    {
        receipts.Set(index, text, isGood);
        context.State.IsDirty = true;
    }

    private static string Words(string receipt) => receipt switch
    {
        "submitted" => "submitted: its screen changed after Enter",
        "unconfirmed" => "typed, but nothing changed on its screen",
        _ => receipt,
    };
}
