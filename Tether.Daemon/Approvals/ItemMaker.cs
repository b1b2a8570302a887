using System.Security.Cryptography;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>Makes of a question what people see of it: with a random id, and with nothing in its texts that could harm a terminal.</summary>
internal static class ItemMaker
{
    private const string IdAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int IdLength = 16;

    /// <param name="ask">As the agent's adapter brought it.</param>
    /// <param name="session">Whose; null when it is not known any more.</param>
    /// <param name="judgement">What the policy says; null when it was not asked.</param>
    /// <param name="now">When it was asked.</param>
    public static QueueItem Make(Ask ask, SessionRecord? session, Judgement? judgement, DateTimeOffset now)
    {
        var directory = ask.Directory ?? session?.WorkingDirectory ?? session?.Directory ?? "";
        return new QueueItem
        {
            Id = RandomNumberGenerator.GetString(IdAlphabet, IdLength),
            Kind = ask.Kind,
            Session = ask.Session,
            Agent = session?.Provider ?? "",
            Title = CleanText.Line(ask.Title),
            AskedAt = StoredTime.Grain(now),
            SubAgent = ask.SubAgent is { } agent ? CleanText.Line(agent) : null,
            Tool = ask.Tool is { } tool ? CleanText.Line(tool) : null,
            ToolClass = ask.ToolClass,
            Command = ask.Command is { } command ? CleanText.Lines(command) : null,
            Directory = directory,
            Branch = GitBranch.Of(directory),
            Detail = CleanText.Lines(ask.Detail),
            Edits = [.. ask.Edits.Select(edit => edit with { Path = CleanText.Line(edit.Path), Diff = CleanText.Lines(edit.Diff) })],
            Questions = [.. ask.Questions.Select(Clean)],
            Input = ask.Input,
            Facts = judgement?.Facts,
            Policy = judgement?.Note,
            Always = ask.Kind == QueueKind.Approval ? [.. judgement?.Offers ?? [], .. ask.AgentAlways] : ask.AgentAlways,
            Way = ask.Way,
            TakesReason = ask.TakesReason,
            TakesInput = ask.TakesInput,
            ExpiresAt = ask.ExpiresAt is { } end ? StoredTime.Grain(end) : null,
        };
    }

    private static QueueQuestion Clean(QueueQuestion question) => question with
    {
        Text = CleanText.Lines(question.Text),
        Header = CleanText.Line(question.Header),
        Options = [.. question.Options.Select(option => option with { Label = CleanText.Line(option.Label), Description = CleanText.Lines(option.Description) })],
    };
}
