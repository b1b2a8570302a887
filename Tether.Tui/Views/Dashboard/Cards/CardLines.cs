using System.Globalization;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard.Cards;

/// <summary>
/// What a card says, in rows: first what is asked and what to beware of, then the rest; all of it, however long it is. Nothing here depends on the time
/// but for how long ago the last answer was, so that rows can be kept.
/// </summary>
internal sealed class CardLines
{
    private const int MostOptions = 9;

    private readonly QueueItem _item;
    private readonly Scheme _scheme;
    private readonly CardInk _ink;
    private readonly CardWriter _writer;

    private CardLines(QueueItem item, Scheme scheme, int columns)
    {
        (_item, _scheme) = (item, scheme);
        _ink = new CardInk(scheme, item.Facts, item.Directory);
        _writer = new CardWriter(columns);
    }

    public static IReadOnlyList<CardLine> Of(QueueItem item, Scheme scheme, int columns, DateTimeOffset now)
    {
        var card = new CardLines(item, scheme, columns);
        card.WriteHead();
        card.WriteMarks();
        card.WriteCommand();
        card.WriteQuestions();
        if (card.IsText)
        {
            card.WriteText();
            card.WriteNotes(now);
        }
        else
        {
            card.WriteNotes(now);
            card.WriteEdits();
            card.WriteText();
        }

        return card._writer.Lines;
    }

    private void WriteHead()
    {
        _writer.Add(Wish() is { } wish && _item.Tool is { } tool
            ? [new CardPiece(VisibleText.Line(tool), _scheme.Strong), new CardPiece($" {wish}", _scheme.Text)]
            : [new CardPiece(VisibleText.Line(_item.Title), _scheme.Strong)]);
        if (_item.Command is null && _item.Edits.Length == 0 && _item.Tool is not null && Wish() is not null)
        {
            _writer.Add(VisibleText.Line(_item.Title), _scheme.Text);
        }

        var place = new List<CardPiece> { new("in ", _scheme.Muted), new(VisibleText.Line(_item.Directory), _scheme.Text) };
        if (_item.Branch is { } branch)
        {
            place.AddRange([new("  on ", _scheme.Muted), new(VisibleText.Line(branch), _scheme.Text)]);
        }

        if (_item.SubAgent is { } agent)
        {
            place.AddRange([new("  by its agent ", _scheme.Muted), new(VisibleText.Line(agent), _scheme.Text)]);
        }

        if (_item.Directory.Length > 0)
        {
            _writer.Add(place, 3);
        }
    }

    private string? Wish() => (_item.Kind, _item.ToolClass) switch
    {
        (not QueueKind.Approval, _) => null,
        (_, ToolClass.Command) => "wants to run",
        (_, ToolClass.Edit) => _item.Edits.Length == 1 ? "wants to change a file" : "wants to change files",
        (_, ToolClass.Read) => "wants to read",
        (_, ToolClass.Network) => "wants to go to the network",
        (_, ToolClass.SubAgent) => "wants to start another agent",
        _ => "wants to be used",
    };

    private void WriteMarks()
    {
        var pieces = new List<CardPiece>();
        foreach (var mark in _item.Facts?.Marks ?? [])
        {
            var style = _ink.StyleOf(mark.Kind);
            pieces.Add(new CardPiece($"{(pieces.Count > 0 ? "  " : "")}! {CardInk.Word(mark.Kind)}: {VisibleText.Line(mark.Text)}", style));
        }

        if (_item.Facts?.Unreadable is { } why)
        {
            pieces.Add(new CardPiece($"{(pieces.Count > 0 ? "  " : "")}! cannot be read as commands: {VisibleText.Line(why)}", _scheme.NeedsYou));
        }

        if (pieces.Count > 0)
        {
            _writer.Add(pieces, 2);
        }
    }

    private void WriteCommand()
    {
        if (_item.Command is not { } command)
        {
            return;
        }

        _writer.Break();
        var isFirst = true;
        foreach (var line in command.Split('\n'))
        {
            _writer.Add([new CardPiece(isFirst ? "$ " : "  ", _scheme.Muted), .. _ink.Pieces(line.TrimEnd('\r'))], 4);
            isFirst = false;
        }

        if (_item.Facts is { Commands.Length: > 1 } facts)
        {
            _writer.Add($"{facts.Commands.Length} commands:", _scheme.Muted);
            for (var i = 0; i < facts.Commands.Length; i++)
            {
                _writer.Add([new CardPiece($"{i + 1,2}. ", _scheme.Muted), .. _ink.Pieces(facts.Commands[i])], 4);
            }
        }
    }

    private void WriteQuestions()
    {
        for (var i = 0; i < _item.Questions.Length; i++)
        {
            WriteQuestion(_item.Questions[i], i);
        }
    }

    private void WriteQuestion(QueueQuestion question, int index)
    {
        _writer.Break();
        var number = _item.Questions.Length > 1 ? $"{index + 1}/{_item.Questions.Length} " : "";
        var header = question.Header.Length > 0 ? $"{VisibleText.Line(question.Header)}: " : "";
        var lines = VisibleText.Lines(question.Text).ToList();
        _writer.Add([new CardPiece(number, _scheme.Muted), new CardPiece(header, _scheme.Focus), new CardPiece(lines.FirstOrDefault() ?? "", _scheme.Strong)], number.Length);
        foreach (var line in lines.Skip(1))
        {
            _writer.Add(line, _scheme.Strong, number.Length);
        }

        var isOnly = _item.Questions.Length == 1;
        for (var option = 0; option < question.Options.Length; option++)
        {
            var choice = question.Options[option];
            var lead = question.Multiple ? $"{option + 1,2}. [ ] " : $"{option + 1,2}. ";
            DashboardCommand? command = isOnly && option < MostOptions ? DashboardCommand.Option1 + option : null;
            var description = choice.Description.Length > 0 ? $"  {string.Join(' ', VisibleText.Lines(choice.Description))}" : "";
            _writer.Add(
                [new CardPiece(lead, _scheme.Strong), new CardPiece(VisibleText.Line(choice.Label), _scheme.Text), new CardPiece(description, _scheme.Muted)],
                lead.Length, command: command);
        }

        if (question.Multiple || question.FreeText)
        {
            _writer.Add(
                question switch { { Multiple: true, FreeText: true } => "choose any, or say it in your own words", { Multiple: true } => "choose any", _ => "or say it in your own words" },
                _scheme.Muted);
        }
    }

    private void WriteNotes(DateTimeOffset now)
    {
        _writer.Break();
        if (_item.Policy is { } policy)
        {
            var verdict = policy.Verdict switch { PolicyVerdict.Allow => "allows it", PolicyVerdict.Deny => "denies it", _ => "asks" };
            var rule = policy.Rule is { } id ? $" (rule {VisibleText.Line(id)})" : "";
            Note("policy", $"{verdict}: {VisibleText.Line(policy.Why)}{rule}");
        }

        if (_item.Before is { } before)
        {
            var counts = before.Allowed + before.Denied > 1 ? $"; {Times(before.Allowed)} allowed, {Times(before.Denied)} denied in all" : "";
            var reason = before.Reason.Length > 0 ? $": {VisibleText.Line(before.Reason)}" : "";
            Note("before", $"you {AskedText.Decided(before.Decision)} the like {AgeText.Of(before.At, now)} ago{reason}{counts}");
        }

        Note("answer", Way());
    }

    private string Way() => (_item.Way, _item.State) switch
    {
        (_, QueueState.Answering) => "one is on its way to the agent",
        (AnswerWay.Protocol, _) => "goes to the agent by its own protocol",
        (AnswerWay.Keys, _) => "is typed into its prompt as a key, if the same prompt is still there",
        (AnswerWay.Terminal, _) => "can only be given in its terminal",
        _ => "none is needed",
    };

    private void Note(string name, string text) => _writer.Add([new CardPiece($"{name,-7}", _scheme.Muted), new CardPiece(text, _scheme.Text)], 7);

    private bool IsText => _item.Command is null && _item.Edits.Length == 0 && _item.Questions.Length == 0;

    private void WriteEdits()
    {
        foreach (var edit in _item.Edits)
        {
            _writer.Break();
            DiffLines.Write(_writer, _scheme, edit);
        }
    }

    private void WriteText()
    {
        var rest = _item.Detail.Length > 0 ? _item.Detail : IsText ? _item.Input ?? "" : "";
        if (rest.Length > 0)
        {
            _writer.Break();
            foreach (var line in VisibleText.Lines(rest))
            {
                _writer.Add(line, _scheme.Text);
            }
        }
    }

    private static string Times(int count) => count.ToString(CultureInfo.InvariantCulture);
}
