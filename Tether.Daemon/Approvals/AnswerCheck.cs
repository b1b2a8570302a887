using System.Globalization;
using System.Text.Json;
using Tether.Daemon.Server;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals;

/// <summary>Makes of a client's request the answer that an item takes, or says what is wrong with it.</summary>
internal static class AnswerCheck
{
    private const int MaxReason = 4096;
    private const int MaxInput = 1 << 20;

    /// <exception cref="RequestError">The item does not take such an answer.</exception>
    public static QueueAnswer Of(AnswerRequest request, QueueItem item, string by, DateTimeOffset now)
    {
        CheckDecision(request, item);
        if (request.Reason.Length > MaxReason)
        {
            throw Bad($"a reason of {request.Reason.Length} characters: at most {MaxReason}");
        }

        if (request.Always is { } always && (request.Decision != QueueDecision.Allow || !Array.Exists(item.Always, offer => offer.Id == always)))
        {
            throw Bad(request.Decision != QueueDecision.Allow ? "`always` goes with an allow only"
                : item.Always.Length == 0 ? "there is nothing that could be allowed for always here"
                : $"“{always}” is none of what always can mean here: {string.Join(", ", item.Always.Select(offer => $"{offer.Id} ({offer.Text})"))}");
        }

        return new QueueAnswer
        {
            Decision = request.Decision,
            By = by,
            Surface = IsSurface(request.Surface) ? request.Surface : "api",
            At = now,
            Reason = request.Reason,
            Always = request.Always,
            Input = Input(request, item),
            Answers = request.Decision == QueueDecision.Answer ? Answers(request.Answers, item.Questions) : [],
        };
    }

    // Some surfaces are no client's.
    private static bool IsSurface(string surface) =>
        surface.Length is > 0 and <= 20 && surface.All(char.IsAsciiLetter) && surface is not (DecisionText.RuleSurface or DecisionText.TerminalSurface or DecisionText.AuditSurface);

    private static void CheckDecision(AnswerRequest request, QueueItem item)
    {
        var isQuestion = item.Questions.Length > 0;
        switch (request.Decision)
        {
            case QueueDecision.Answer when !isQuestion:
                throw Bad($"this is no question: {(item.Way == AnswerWay.None ? "it can only be dismissed" : "allow or deny it")}");
            case QueueDecision.Allow when isQuestion && item.Kind == QueueKind.Question:
                throw Bad($"this is a question: answer it with one of {Options(item.Questions[0])}");
            case QueueDecision.Allow or QueueDecision.Deny when item.Way == AnswerWay.None:
                throw Bad("there is nothing to allow or deny; it can be dismissed");
            case QueueDecision.Dismiss when item.Way != AnswerWay.None:
                throw Bad("an agent stands still for this: allow, deny or answer it, or put it off (snooze)");
        }
    }

    private static string? Input(AnswerRequest request, QueueItem item)
    {
        if (request.Input is not { } input)
        {
            return null;
        }

        if (!item.TakesInput || request.Decision != QueueDecision.Allow)
        {
            throw Bad(item.TakesInput ? "a changed input goes with an allow only" : $"{item.Agent} takes no changed input for this");
        }

        if (input.Length > MaxInput)
        {
            throw Bad($"an input of {input.Length} characters: at most {MaxInput}");
        }

        try
        {
            using var json = JsonDocument.Parse(input);
            return json.RootElement.ValueKind == JsonValueKind.Object ? input : throw Bad("the input must be a JSON object, as the one that was shown");
        }
        catch (JsonException e)
        {
            throw Bad($"the input is no JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}); a JSON object is allowed, as the one that was shown");
        }
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string[][] Answers(string[][] given, QueueQuestion[] questions)
    {
        if (given.Length != questions.Length)
        {
            throw Bad($"{Counted(given.Length, "answer")} for {Counted(questions.Length, "question")}; they are answered all at once");
        }

        return [.. given.Zip(questions, Answer)];
    }

    private static string[] Answer(string[] given, QueueQuestion question)
    {
        if (given.Length == 0 || given.Any(string.IsNullOrWhiteSpace) || (given.Length > 1 && !question.Multiple))
        {
            throw Bad($"“{question.Text}” takes {(question.Multiple ? "one or more" : "exactly one")} of {Options(question)}{(question.FreeText ? ", or a text" : "")}");
        }

        return [.. given.Select(one => Option(one, question)).Distinct()];
    }

    // A label is taken before a number, for labels may be numbers.
    private static string Option(string given, QueueQuestion question) =>
        question.Options.FirstOrDefault(option => string.Equals(option.Label, given, StringComparison.OrdinalIgnoreCase))?.Label
        ?? (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= question.Options.Length
            ? question.Options[number - 1].Label
            : null)
        ?? (question.FreeText && !IsNumbers(given, question) ? given : throw Bad($"“{given}” is no answer to “{question.Text}”: {Options(question)}{(question.FreeText ? ", or a text" : "")}"));

    // Whoever gives one or more single digits means options by their numbers.
    private static bool IsNumbers(string given, QueueQuestion question) =>
        question.Options.Length > 0 && given.Split(',').All(part => part.Trim() is [>= '0' and <= '9']);

    private static string Options(QueueQuestion question) =>
        string.Join(", ", question.Options.Select((option, index) => $"{index + 1} {option.Label}"));

    private static RequestError Bad(string message) => new(ErrorCode.BadRequest, message);
}
