using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard.Cards;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>
/// Answers to the daemon's queue. Keys count for the chosen item alone, and only when its card has been seen for a moment; what could do little harm
/// waits before it is sent; what became of an answer is said.
/// </summary>
internal sealed class AnswerActions(DashboardContext context, AttentionActions attention) : IActionGroup
{
    private const string Surface = "dashboard";

    // Sent, and the daemon has not said yet what became of it.
    private readonly Dictionary<string, QueueItem> _sent = [];
    private readonly Dictionary<string, QueueItem> _doubtful = [];

    // The person was told that these cannot be sent, and leaves all the same.
    private bool _hasWarned;
    private long _nextSecond;

    private DashboardState State => context.State;

    private QueueItem? Chosen => attention.Chosen?.Asked;

    /// <summary>When <see cref="Advance"/> has something to do; 0 for never.</summary>
    public long NextChangeAt => context.Link.IsLost ? 0 : State.Answers.NextChangeAt(context.Host.Milliseconds);

    public bool TryDo(DashboardCommand command)
    {
        switch (command)
        {
            case DashboardCommand.Allow: Allow(); break;
            case DashboardCommand.Deny: Do(item => Answer(item, new() { Item = item.Id, Decision = QueueDecision.Deny })); break;
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
            Send(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Dismiss });
        }
    }

    /// <summary>Sends what has waited long enough.</summary>
    public void Advance()
    {
        if (!context.Link.IsLost)
        {
            foreach (var (item, request, _) in State.Answers.Take(context.Host.Milliseconds))
            {
                Send(item, request);
            }
        }

        // The seconds that are left have changed.
        var next = State.Answers.NextChangeAt(context.Host.Milliseconds);
        State.IsDirty |= next != _nextSecond;
        _nextSecond = next;
    }

    /// <summary>All that waits is sent now: the person leaves, or cannot see it count down.</summary>
    /// <returns>False when it cannot be, and the person was not told so before.</returns>
    public bool SendAll()
    {
        if (context.Link.IsLost && State.Answers.Count > 0)
        {
            if (!_hasWarned)
            {
                context.Say($"the daemon is gone: {Count(State.Answers.Count)} cannot be sent; once more leaves without");
            }

            (var isTold, _hasWarned) = (_hasWarned, true);
            return isTold;
        }

        foreach (var (item, request, _) in State.Answers.Take(context.Host.Milliseconds, isAll: true))
        {
            Send(item, request);
        }

        return true;
    }

    /// <summary>The connection is gone: nobody will say what became of what was sent.</summary>
    public void Lost()
    {
        foreach (var (id, item) in _sent)
        {
            _doubtful[id] = item;
        }

        _sent.Clear();
    }

    /// <summary>The whole queue has come over a new connection.</summary>
    public void Listed()
    {
        var open = _doubtful.Keys.Where(id => context.Fleet.Queue.Find(id) is { State: QueueState.Open }).ToList();
        if (open.Count > 0)
        {
            context.Say($"{Count(open.Count)} did not reach the daemon before it went: {_doubtful[open[0]].Title} is still open");
        }

        _hasWarned = false;
        _doubtful.Clear();
    }

    /// <summary>An item has changed. Somebody else's answer to what the person is busy with is told him.</summary>
    public void Changed(QueueItem? before, QueueItem item)
    {
        if (item.State == QueueState.Open || _sent.ContainsKey(item.Id))
        {
            return;
        }

        var wasPending = State.Answers.Drop(item.Id);
        var wasInDialog = State.PopupItem == item.Id;
        if (wasInDialog)
        {
            (State.Popup, State.PopupItem, State.Confirmed) = (null, null, null);
        }

        if (before is not null && (wasPending || wasInDialog || attention.ChosenKey == item.Id))
        {
            context.Say(Ending(item));
        }
    }

    private string Ending(QueueItem item) => item.Answer is { By: "agent", Reason: { Length: > 0 } reason } ? $"{item.Title}: {reason}"
        : item.Answer is { } answer ? $"{item.Title}: {AskedText.Decided(answer.Decision)} by {answer.By} ({answer.Surface}) at {TimeZoneInfo.ConvertTime(answer.At, context.Fleet.Zone):HH:mm}{Tail(answer)}"
        : $"{item.Title}: it is over";

    private static string Tail(QueueAnswer answer) => answer.Reason.Length > 0 ? $": {answer.Reason}" : "";

    private static string Count(int answers) => answers == 1 ? "1 answer" : $"{answers} answers";

    private void Allow() => Do(item =>
    {
        if (CardCommands.IsForm(item))
        {
            OpenForm(item, null);
        }
        else
        {
            Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Allow });
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
                Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Answer, Answers = AnswerForm.Only(item, option) });
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
            () => Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Answer, Answers = form.Answers }));
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
            () => Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Deny, Reason = reason.Text.Trim() }));
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
            () => Answer(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Allow, Always = offers.Current?.Value.Id }));
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
            () => Send(item, new AnswerRequest { Item = item.Id, Decision = QueueDecision.Allow, Input = text.Text == edit.Text ? null : edit.With(text.Text) }));
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
            context.Link.Ask<ItemReply>(request, Take, context.Say);
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

    private void Answer(QueueItem item, AnswerRequest request)
    {
        if (item.Facts is { Risk: RiskLevel.Low })
        {
            State.Answers.Add(item, request, context.Host.Milliseconds);
            attention.GoOn();
        }
        else
        {
            Send(item, request);
        }
    }

    private void Send(QueueItem item, AnswerRequest request)
    {
        _sent[item.Id] = item;
        context.Link.Ask<ItemReply>(
            request with { Surface = Surface },
            reply =>
            {
                _sent.Remove(item.Id);
                Take(reply);
                context.Say(Receipt(reply.Item));
            },
            refusal =>
            {
                _sent.Remove(item.Id);
                context.Say(refusal);
            });
        if (attention.Chosen?.Key == item.Id)
        {
            attention.GoOn();
        }
    }

    private void Take(ItemReply reply)
    {
        context.Fleet.Take(reply.Item, context.Now);
        State.IsDirty = true;
    }

    private static string Receipt(QueueItem item) => item switch
    {
        { Answer: null } => item.Title,
        { State: QueueState.Answering } => $"{item.Title}: the answer is on its way; the agent has not taken it yet",
        { Answer.Receipt: "" } => $"{item.Title}: {AskedText.Decided(item.Answer.Decision)}",
        _ => $"{item.Title}: {AskedText.Decided(item.Answer.Decision)}, {item.Answer.Receipt}",
    };

    private string KeyOf(DashboardCommand command) => context.Bindings.LabelOf(DashboardMode.Queue, command) ?? CommandTable.Of(command).Name;
}
