using Tether.Protocol.Model;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard.Cards;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>All questions of an item in one dialog; they are answered together.</summary>
internal sealed class AnswerForm
{
    private const int MostRows = 9;

    private readonly List<Part> _parts = [];
    private readonly List<DialogField> _fields = [];

    public AnswerForm(QueueItem item)
    {
        var isOne = item.Questions.Length == 1;
        for (var i = 0; i < item.Questions.Length; i++)
        {
            Add(item.Questions[i], isOne ? "" : $"{i + 1}. ");
        }
    }

    /// <summary>The answer that is one option of the only question.</summary>
    public static string[][] Only(QueueItem item, int option)
    {
        var form = new AnswerForm(item);
        form.Choose(option);
        return form.Answers;
    }

    public IReadOnlyList<DialogField> Fields => _fields;

    /// <summary>For each question the labels that were chosen, or the text; as the daemon takes them.</summary>
    public string[][] Answers => [.. _parts.Select(part => part.Answer)];

    /// <summary>The option of the first question that was meant already.</summary>
    public void Choose(int option) => _parts[0].Options?.Toggle(option);

    /// <summary>What is missing; null when nothing is.</summary>
    public string? Missing()
    {
        var open = _parts.FindIndex(part => part.Answer.Length == 0);
        return open < 0 ? null : _parts.Count == 1 ? "nothing is chosen" : $"question {open + 1} has no answer";
    }

    private void Add(QueueQuestion question, string number)
    {
        OptionList? options = null;
        TextField? text = null;
        var asked = VisibleText.Line(question.Text.ReplaceLineEndings(" "));
        var label = $"{number}{asked}";
        if (question.Options.Length > 0)
        {
            options = new OptionList(
                [.. question.Options.Select((option, i) => new Choice<int>(i, VisibleText.Line(option.Label), VisibleText.Line(option.Description.ReplaceLineEndings(" "))))],
                question.Multiple);
            _fields.Add(new DialogField(label, options, Math.Min(MostRows, question.Options.Length)));
        }

        if (question.FreeText || options is null)
        {
            text = new TextField { Placeholder = options is null ? "" : "or in your own words" };
            _fields.Add(new DialogField(options is null ? label : "", text));
        }

        _parts.Add(new Part(question, options, text));
    }

    private sealed record Part(QueueQuestion Question, OptionList? Options, TextField? Text)
    {
        public string[] Answer => Text is { Text: var words } && words.Trim().Length > 0 ? [words.Trim()] : [.. Options?.Taken.Select(option => Question.Options[option].Label) ?? []];
    }
}
