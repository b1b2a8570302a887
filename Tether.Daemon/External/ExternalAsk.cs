using System.Text.Json;
using Tether.Daemon.Agents;
using Tether.Daemon.Approvals;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <summary>Makes of what an agent asks over the API what the queue takes.</summary>
internal static class ExternalAsk
{
    private const int MostQuestions = 8, MostOptions = 32, LongestKey = 128;
    private const int LongestInput = 1 << 20;

    // A day: who waits longer asks again.
    private const double LongestTimeout = 86400;

    // By which the earlier product's agents asked with a choice.
    private const string QuestionTool = "AskUserQuestion";

    /// <param name="data">As <see cref="IExternalAgents.AskAsync"/> takes it.</param>
    /// <param name="session">Whose agent asks.</param>
    /// <param name="freshKey">For a request that names none.</param>
    /// <param name="now">When it came.</param>
    /// <exception cref="ApiError">It is of another shape.</exception>
    public static Ask Read(JsonElement data, SessionRecord session, string freshKey, DateTimeOffset now)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            throw ApiError.Invalid("data: a JSON object");
        }

        var key = data.Text("request_id") ?? freshKey;
        if (key.Length is 0 or > LongestKey)
        {
            throw ApiError.Invalid($"request_id: 1–{LongestKey} characters");
        }

        var ask = new Ask
        {
            Session = session.Id,
            Key = key,
            Kind = QueueKind.Approval,
            Title = data.Text("title") ?? "",
            Detail = data.Text("description") ?? "",
            Way = AnswerWay.Protocol,
            TakesReason = true,
            ExpiresAt = Timeout(data) is { } seconds ? now + TimeSpan.FromSeconds(seconds) : null,
        };
        return Questions(data, ask) is { Length: > 0 } questions
            ? ask with { Kind = QueueKind.Question, ToolClass = ToolClass.Question, Questions = questions, Title = ask.Title.Length > 0 ? ask.Title : questions[0].Text }
            : Approval(data, ask, session);
    }

    private static Ask Approval(JsonElement data, Ask ask, SessionRecord session)
    {
        var input = data.Member("tool_input");
        if (input.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object) || EventJson.IsTooDeep(input))
        {
            throw ApiError.Invalid("tool_input: a JSON object, not nested deeper than 32 levels");
        }

        if (data.Text("tool_name") is not { Length: > 0 } tool)
        {
            return ask with { Title = ask.Title.Length > 0 ? ask.Title : "asks for approval" };
        }

        var raw = input.ValueKind == JsonValueKind.Object ? input.GetRawText() : null;
        if (raw is { Length: > LongestInput })
        {
            throw new ApiError(413, ApiError.TooLarge, $"tool_input: {raw.Length} characters; at most {LongestInput}");
        }

        var described = ExternalTools.Describe(ask with { Tool = tool, Input = raw, TakesInput = raw is not null }, tool, input, session.Directory);
        string[] details = [described.Title == ask.Title ? "" : ask.Title, ask.Detail, described.ToolClass == ToolClass.Other ? raw ?? "" : ""];
        return described with { Detail = string.Join('\n', details.Where(detail => detail.Length > 0)) };
    }

    private static QueueQuestion[] Questions(JsonElement data, Ask ask)
    {
        var source = data.Member("questions").ValueKind == JsonValueKind.Array ? data
            : data.Text("tool_name") == QuestionTool ? data.Member("tool_input")
            : default;
        var questions = source.Items("questions").Select(Question).ToArray();
        if (questions.Length > MostQuestions)
        {
            throw ApiError.Invalid($"{questions.Length} questions: at most {MostQuestions}");
        }

        var isOne = data.Member("options").ValueKind != JsonValueKind.Undefined || data.Flag("free_text");
        return questions.Length > 0 || !isOne ? questions : [Question(data) with { Text = ask.Title.Length > 0 ? ask.Title : ask.Detail }];
    }

    private static QueueQuestion Question(JsonElement question)
    {
        if (question.ValueKind != JsonValueKind.Object)
        {
            throw ApiError.Invalid("questions: each an object {question, options?, multiple?, free_text?}");
        }

        var options = question.Items("options").Select(Option).ToArray();
        if (options.Length > MostOptions || options.DistinctBy(option => option.Label, StringComparer.OrdinalIgnoreCase).Count() != options.Length)
        {
            throw ApiError.Invalid($"options: at most {MostOptions}, each once");
        }

        return new QueueQuestion
        {
            Text = question.Text("question") ?? question.Text("text") ?? question.Text("title") ?? "",
            Header = question.Text("header") ?? "",
            Options = options,
            Multiple = question.Flag("multiple") || question.Flag("multiSelect"),
            FreeText = options.Length == 0 || question.Flag("free_text"),
        };
    }

    private static QueueOption Option(JsonElement option)
    {
        var label = option.ValueKind == JsonValueKind.String ? option.GetString() : option.Text("label");
        return string.IsNullOrWhiteSpace(label)
            ? throw ApiError.Invalid("options: each a text, or {label, description}")
            : new QueueOption { Label = CleanText.Line(label), Description = option.Text("description") ?? "" };
    }

    private static double? Timeout(JsonElement data) => data.Member("timeout_s") switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var seconds) && seconds is >= 1 and <= LongestTimeout => seconds,
        _ => throw ApiError.Invalid($"timeout_s: a number from 1 to {LongestTimeout}"),
    };
}
