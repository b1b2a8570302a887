using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Status;

/// <summary>How long signals count, how long a change must last before it is told, and when a lesser source overrules a greater one.</summary>
internal static class StatusWindows
{
    /// <summary>Between two changes that are told: a program that changes its mind a million times costs ten events a second.</summary>
    public static readonly TimeSpan Dwell = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the last state is kept when no source says anything any more.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Within it before a turn's end, keys of the controller mean that he is looking.</summary>
    public static readonly TimeSpan Presence = TimeSpan.FromSeconds(2);

    /// <summary>A state that is gone for less than this has not been gone: programs repaint in pieces.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    /// <summary>After a failure a screen that is not yet repainted may show the work that failed.</summary>
    private static readonly TimeSpan StillAtWork = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan Never = TimeSpan.MaxValue;

    /// <summary>It stands still until a person does something.</summary>
    public static bool IsNeed(AgentState state) => state is AgentState.NeedsApproval or AgentState.NeedsAnswer or AgentState.LoginNeeded;

    /// <summary>It has nothing to do.</summary>
    public static bool IsIdle(AgentState state) => state is AgentState.Waiting or AgentState.Done;

    /// <summary>How long a signal counts unless others confirm it. Hooks are not told of Esc and of a denied permission, so their `working` ages.</summary>
    public static TimeSpan Freshness(SignalSource source, AgentState state) => (source, state) switch
    {
        (SignalSource.Hook, AgentState.Working or AgentState.Starting) => TimeSpan.FromSeconds(20),
        (SignalSource.Progress, _) => TimeSpan.FromSeconds(30),
        (SignalSource.Notification, _) => TimeSpan.FromSeconds(10),
        _ => Never,
    };

    /// <summary>How long a state must have been said before it is told.</summary>
    public static TimeSpan Debounce(SignalSource source, AgentState target) => target switch
    {
        AgentState.Waiting or AgentState.Done => TimeSpan.FromMilliseconds(source switch
        {
            // These tell the end of a turn; the others are inferred from, and agents pause.
            SignalSource.Protocol or SignalSource.Hook or SignalSource.ProgramStatus => 400,
            SignalSource.Prompt or SignalSource.Process => 300,
            SignalSource.Title => 700,
            _ => 1500,
        }),
        // Some agents try again, and say so on the screen only after their hook.
        AgentState.Failed or AgentState.LimitReached when source == SignalSource.Hook => TimeSpan.FromMilliseconds(500),
        AgentState.Failed => TimeSpan.FromMilliseconds(300),
        AgentState.Working when source is SignalSource.Prompt or SignalSource.Process => TimeSpan.FromMilliseconds(500),
        // Codex works for a moment when its prompt is closed with Esc.
        AgentState.Working when source >= SignalSource.ProgramStatus => TimeSpan.FromMilliseconds(150),
        _ => TimeSpan.Zero,
    };

    /// <summary>How long <paramref name="low"/> must have said the opposite before it overrules <paramref name="high"/>; null: never.</summary>
    /// <param name="high">What the source of more authority says.</param>
    /// <param name="low">What the other one says.</param>
    /// <param name="isNewer"><paramref name="low"/> came to its state after <paramref name="high"/> last spoke.</param>
    /// <param name="isPromptGone">A prompt stood on the screen since <paramref name="high"/> asked, and is gone.</param>
    public static TimeSpan? Grace(AgentSignal high, AgentSignal low, bool isNewer, bool isPromptGone)
    {
        if (low.Source > SignalSource.Screen || Agrees(high.State, low.State))
        {
            return null;
        }

        var patience = high.Source == SignalSource.Protocol ? 3 : 1;
        int? milliseconds = low.State switch
        {
            // What asks is there for everybody to see.
            var need when IsNeed(need) => IsNeed(high.State) || (low.Source == SignalSource.Notification && !isNewer) ? null : 0,
            // A program that tells its errors has none now: the one on the screen is of a turn before one that was taken back.
            AgentState.Failed when high.State == AgentState.LimitReached || (high.Source == SignalSource.ProgramStatus && IsIdle(high.State)) => null,
            AgentState.LimitReached or AgentState.Failed => IsNeed(high.State) || low.Source is not (SignalSource.Screen or SignalSource.ProgramStatus) ? null
                : high.State == AgentState.Working ? isNewer ? 500 : null
                : 0,
            // The screen that was read after a failure still tells of work: the agent tries again.
            AgentState.Working when low.Source == SignalSource.Screen && high.State is AgentState.Failed or AgentState.LimitReached && low.At - high.At >= StillAtWork => 0,
            _ when !isNewer => null,
            AgentState.Working when IsNeed(high.State) => low.Source == SignalSource.ProgramStatus ? 500 : isPromptGone ? 700 : null,
            AgentState.Working => low.Source == SignalSource.ProgramStatus ? 200 : 500,
            AgentState.Waiting or AgentState.Done when high.State is AgentState.Failed or AgentState.LimitReached => null,
            AgentState.Waiting or AgentState.Done => low.Source switch
            {
                SignalSource.ProgramStatus => 1000,
                SignalSource.Prompt => 300,
                SignalSource.Title or SignalSource.Screen => 1500,
                _ => null,
            },
            _ => null,
        };
        return milliseconds is { } grace ? TimeSpan.FromMilliseconds(grace * patience) : null;
    }

    /// <summary>Two states that do not exclude one another.</summary>
    public static bool Agrees(AgentState one, AgentState other) => one == other || (IsIdle(one) && IsIdle(other));
}
