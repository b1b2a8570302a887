using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard.Cards;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>
/// Answers to the daemon's queue, by keys and dialogs. Keys count for the chosen item alone, and only when its card has been seen for a moment.
/// </summary>
internal sealed class AnswerActions(DashboardContext context, AttentionActions attention, AnswerSending sending) : IActionGroup
{
    private DashboardState State => context.State;

    private QueueItem? Chosen => attention.Chosen?.Asked;

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.Allow: Allow(); break;
            case DashboardCommand.Deny: Do(item => sending.Answer(item, new() { Item = item.Id, Decision = QueueDecision.Deny })); break;
            case DashboardCommand.DenyWithReason: Do(DenyWithReason); break;
            case DashboardCommand.Always: Do(Always); break;
            case DashboardCommand.EditInput: Do(Edit); break;
            case DashboardCommand.Snooze: PutOff(); break;
            case DashboardCommand.Undo: Undo(); break;
            case DashboardCommand.CardUp: State.Card.Page(-1); break;
            case DashboardCommand.CardDown: State.Card.Page(1); break;
            case >= DashboardCommand.Option1 and <= DashboardCommand.Option9: Choose(command - DashboardCommand.Option1); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Takes an item out that needs no answer.</summary>
    public void Dismiss(QueueItem item)
    {
        if (AskedText.IsQuestion(item))
        {
            context.Say($"its agent waits: answer it, or {KeyOf(DashboardCommand.Snooze)} puts it off");
        }
        else if (State.Mode != DashboardMode.Queue || IsSettled(item))
        {
            sending.Send(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Dismiss });
        }
    }

    private void Allow() => Do(item =>
    {
        if (CardCommands.IsForm(item))
        {
            OpenForm(item, null);
        }
        else
        {
            sending.Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Allow });
        }
    });

    private void Choose(int option)
    {
        if (Chosen is { Questions.Length: 0 })
        {
            context.Say("it asks nothing that has options");
            return;
        }

        Do(item =>
        {
            if (option >= item.Questions[0].Options.Length)
            {
                context.Say($"there is no option {option + 1}");
            }
            else if (item.Questions is [{ Multiple: false }])
            {
                sending.Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Answer, Answers = AnswerForm.Only(item, option) });
            }
            else
            {
                OpenForm(item, option);
            }
        });
    }

    private void OpenForm(QueueItem item, int? option)
    {
        var form = new AnswerForm(item);
        if (option is { } meant)
        {
            form.Choose(meant);
        }

        Open(
            item, "Answer", form.Fields, "Space or a digit chooses · Tab goes on · Enter answers", form.Missing,
            () => sending.Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Answer, Answers = form.Answers }));
    }

    private void DenyWithReason(QueueItem item)
    {
        const int MostCharacters = 4096;
        if (!item.TakesReason)
        {
            context.Say($"{item.Agent} takes no reason here; {KeyOf(DashboardCommand.Deny)} denies without one");
            return;
        }

        var reason = new TextArea { Placeholder = $"what {VisibleText.Line(item.Agent)} is told" };
        Open(
            item, "Deny", [new("Reason", reason, Rows: 3)], "Enter denies · Esc goes back",
            () => reason.Text.Trim().Length == 0 ? "there is no reason" : reason.Text.Length > MostCharacters ? $"at most {MostCharacters} characters" : null,
            () => sending.Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Deny, Reason = reason.Text.Trim() }));
    }

    private void Always(QueueItem item)
    {
        if (item.Always.Length == 0)
        {
            context.Say("no rule can be made of this");
            return;
        }

        var offers = new ChoiceList<AlwaysOffer> { Items = [.. item.Always.Select(offer => new Choice<AlwaysOffer>(offer, VisibleText.Line(offer.Text), VisibleText.Line(offer.Id)))] };
        Open(
            item, "Allow, and from now on …", [new("", offers, Rows: item.Always.Length)], "↑ ↓ choose · Enter allows · Esc goes back", static () => null,
            () => sending.Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Allow, Always = offers.Current?.Value.Id }));
    }

    private void Edit(QueueItem item)
    {
        const int Rows = 8;
        if (CardCommands.IsForm(item))
        {
            OpenForm(item, null);
            return;
        }

        if (!item.TakesInput || InputEdit.Of(item) is not { } edit)
        {
            context.Say($"{item.Agent} takes no changed input here");
            return;
        }

        var text = new TextArea { Text = edit.Text };
        Open(
            item, "Change, then allow", [new(edit.IsCommand ? "Command" : "Input, as JSON", text, Rows)], "Alt-Enter new line · Enter allows · Esc goes back",
            () => text.Text.Trim().Length == 0 ? "there is nothing left" : edit.With(text.Text) is null ? "this is no JSON" : null,
            () => sending.Send(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Allow, Input = text.Text == edit.Text ? null : edit.With(text.Text) }));
    }

    private void PutOff()
    {
        if (Chosen is not { } item)
        {
            context.Say("only what the daemon's queue has can be put off");
            return;
        }

        if (!IsSettled(item))
        {
            return;
        }

        var now = TimeZoneInfo.ConvertTime(context.Now, context.Fleet.Zone);
        var times = new ChoiceList<TimeSpan> { Items = SnoozeChoices.At(now, item.SnoozedUntil > now) };
        Open(item, "Put it off", [new("", times, Rows: times.Items.Count)], "↑ ↓ choose · Enter puts it off · Esc goes back", static () => null, () =>
        {
            var request = new SnoozeRequest { Item = item.Id, Seconds = times.Current?.Value.TotalSeconds ?? 0 };
            context.Link.Ask<ItemReply>(request, sending.Take, context.Say);
            attention.GoOn();
        });
    }

    private void Undo()
    {
        if (State.Answers.TakeBack() is not { } answer)
        {
            context.Say("no answer waits: what was sent cannot be taken back");
            return;
        }

        context.Say($"{answer.Item.Title}: taken back");
        attention.Choose(answer.Item.Id);
    }

    // The chosen item, if it can be answered and the person can have read it.
    private void Do(Action<QueueItem> answer)
    {
        if (Chosen is not { } item)
        {
            context.Say($"nothing is asked here; {KeyOf(DashboardCommand.Dismiss)} takes it out, {KeyOf(DashboardCommand.QueueOpen)} goes there");
        }
        else if (IsSettled(item) && Obstacle(item) is var obstacle)
        {
            if (obstacle is null)
            {
                answer(item);
            }
            else
            {
                context.Say(obstacle);
            }
        }
    }

    private bool IsSettled(QueueItem item)
    {
        var isSettled = State.Sight.IsSettled(item, context.Host.TypedSince);
        if (!isSettled)
        {
            context.Say("that key came too soon: look at the card first");
        }

        return isSettled;
    }

    private string? Obstacle(QueueItem item) =>
        State.Answers.Find(item.Id) is not null ? $"it has its answer; {KeyOf(DashboardCommand.Undo)} takes it back"
        : item.State == QueueState.Answering ? "an answer is on its way"
        : item.Way == AnswerWay.Terminal ? $"it can only be answered in its terminal; {KeyOf(DashboardCommand.QueueOpen)} goes there"
        : item.Way == AnswerWay.None ? $"there is nothing to answer; {KeyOf(DashboardCommand.Dismiss)} takes it out"
        : null;

    // A key that was on its way when the dialog came must not confirm it either.
    private void Open(QueueItem item, string title, IReadOnlyList<DialogField> fields, string hint, Func<string?> check, Action confirmed)
    {
        var openedAt = context.Host.Milliseconds;
        State.Popup = new Dialog(title, fields)
        {
            Text = [VisibleText.Line(item.Title)],
            Hint = hint,
            Check = () => context.Host.Milliseconds - openedAt < CardSight.SettleMilliseconds ? "that key came too soon" : check(),
        };
        (State.PopupItem, State.Confirmed) = (item.Id, confirmed);
    }

    private string KeyOf(DashboardCommand command) => context.Bindings.LabelOf(DashboardMode.Queue, command) ?? CommandTable.Of(command).Name;
}
