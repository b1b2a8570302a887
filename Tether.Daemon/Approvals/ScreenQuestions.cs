using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals;

/// <summary>
/// Questions that can be answered only in the agent's own prompt: those that nothing but its screen shows, and those that a hook has handed back. The
/// answer is one key, typed after the same prompt was found on the screen again. Calls come one after another.
/// </summary>
/// <param name="queue">Where they stand.</param>
/// <param name="type">Types the option that the function chooses into the prompt of this fingerprint in a session, and gives the receipt.</param>
/// <param name="clock">How long ago a question was handed back.</param>
internal sealed class ScreenQuestions(IApprovals queue, Func<string, string, Func<ScreenPrompt, PromptOption?>, Task<string>> type, TimeProvider clock)
{
    private const string KeyPrefix = "screen ";

    // Between a hook's end and its agent's prompt the agent seems to be at work.
    private static readonly TimeSpan PromptLimit = TimeSpan.FromSeconds(5);

    // Of each session: questions that were handed back and whose prompt has not been seen yet, oldest first.
    private readonly Dictionary<string, List<(Ask Ask, DateTimeOffset At)>> _handedBack = [];

    // Of each session: the question whose prompt is on the screen.
    private readonly Dictionary<string, (string Key, string Fingerprint)> _shown = [];

    /// <summary>A hook let go of its question: the agent's prompt will come.</summary>
    public void HandedBack(Ask ask)
    {
        if (!_handedBack.TryGetValue(ask.Session, out var asks))
        {
            _handedBack[ask.Session] = asks = [];
        }

        asks.Add((ask, clock.GetUtcNow()));
        queue.Redirect(ask.Session, ask.Key, AnswerWay.Terminal, null);
    }

    /// <summary>A prompt stands on a session's screen, and nothing else asks the same.</summary>
    public void Seen(string session, ScreenPrompt prompt)
    {
        if (Claim(session, prompt) is { } ask)
        {
            _shown[session] = (ask.Key, prompt.Fingerprint);
            queue.Redirect(session, ask.Key, WayOf(prompt), DeliverTo(session, prompt.Fingerprint));
        }
        else
        {
            var key = KeyPrefix + prompt.Fingerprint;
            _shown[session] = (key, prompt.Fingerprint);
            queue.Open(MakeAsk(session, key, prompt), DeliverTo(session, prompt.Fingerprint));
        }
    }

    /// <summary>A prompt that was seen is gone.</summary>
    public void Gone(string session, ScreenPrompt prompt)
    {
        if (_shown.TryGetValue(session, out var shown) && shown.Fingerprint == prompt.Fingerprint)
        {
            _shown.Remove(session);
            queue.Close(session, ask => ask.Key == shown.Key, "answered in the terminal");
        }
    }

    /// <summary>The session's agent works again or waits for a prompt: what it asked on its screen is over.</summary>
    public void NotAsking(string session)
    {
        var coming = _handedBack.GetValueOrDefault(session, []);
        coming.RemoveAll(one => clock.GetUtcNow() - one.At > PromptLimit);
        _shown.Remove(session);
        queue.Close(
            session, ask => ask.Way is AnswerWay.Keys or AnswerWay.Terminal && !coming.Exists(one => one.Ask.Key == ask.Key), "answered in the terminal");
    }

    public void Ended(string session)
    {
        _handedBack.Remove(session);
        _shown.Remove(session);
    }

    private Ask? Claim(string session, ScreenPrompt prompt)
    {
        if (!_handedBack.TryGetValue(session, out var asks))
        {
            return null;
        }

        var index = asks.FindIndex(one => prompt.Command is not null && one.Ask.Command is not null && Squeeze(one.Ask.Command) == Squeeze(prompt.Command));
        index = index < 0 ? asks.FindIndex(one => one.Ask.Kind == prompt.Kind) : index;
        if (index < 0)
        {
            return null;
        }

        var ask = asks[index].Ask;
        asks.RemoveAt(index);
        return ask;
    }

    // A terminal wraps and cuts what it shows.
    private static string Squeeze(string command) => string.Concat(command.Where(character => !char.IsWhiteSpace(character)).Take(60));

    private Func<QueueAnswer, Task<string>> DeliverTo(string session, string fingerprint) => async answer =>
    {
        var receipt = await type(session, fingerprint, prompt => Choose(prompt, answer)).ConfigureAwait(false);
        return receipt == "confirmed" ? receipt : throw new DeliveryException(WhyNot(receipt), mayComeBack: false);
    };

    private static PromptOption? Choose(ScreenPrompt prompt, QueueAnswer answer) => answer.Decision switch
    {
        QueueDecision.Answer => Array.Find(prompt.Options, option => option.Label == answer.Answers.FirstOrDefault()?.FirstOrDefault()),
        QueueDecision.Allow when AgentOption(prompt, answer.Always) is { } always => always,
        var decision => prompt.Find(decision),
    };

    private static PromptOption? AgentOption(ScreenPrompt prompt, string? always) =>
        always is null ? null : prompt.Options.Where(option => option.IsAlways).Select((option, index) => (option, Id: OfferId(index))).FirstOrDefault(pair => pair.Id == always).option;

    private static string OfferId(int index) => $"agent-{index + 1}";

    private static string WhyNot(string receipt) => receipt switch
    {
        "prompt-gone" => "its prompt is not on the screen any more",
        "changed" => "another prompt is on the screen now",
        "no-key" => "no single key of its prompt means that; answer in the terminal",
        "unconfirmed" => "the key was typed, but the prompt is still there",
        _ => receipt,
    };

    private static AnswerWay WayOf(ScreenPrompt prompt) =>
        Array.Exists(prompt.Options, option => option.Keys.Length > 0) ? AnswerWay.Keys : AnswerWay.Terminal;

    private static Ask MakeAsk(string session, string key, ScreenPrompt prompt) => new()
    {
        Session = session,
        Key = key,
        Kind = prompt.Kind,
        Title = prompt.Title,
        ToolClass = prompt.ToolClass,
        Command = prompt.Command,
        Detail = prompt.Detail,
        Way = WayOf(prompt),
        Questions = prompt.Kind is QueueKind.Approval
            ? []
            : [new QueueQuestion { Text = prompt.Title, Options = [.. prompt.Options.Where(option => option.Keys.Length > 0).Select(option => new QueueOption { Label = option.Label })] }],
        AgentAlways = [.. prompt.Options.Where(option => option.IsAlways).Select((option, index) => new AlwaysOffer { Id = OfferId(index), Text = option.Label })],
    };
}
