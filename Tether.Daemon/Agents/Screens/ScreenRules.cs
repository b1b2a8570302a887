using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Screens;

/// <summary>The rules for one agent's screen: the built-in ones with the person's over them. Immutable; sessions share it.</summary>
internal sealed class ScreenRules
{
    private readonly ScreenRule[] _screen;
    private readonly ScreenRule[] _title;
    private readonly ScreenRule[] _notification;

    public ScreenRules(string agent, string versions, ScreenPattern? turn, IReadOnlyList<ScreenRule> rules)
    {
        Agent = agent;
        Versions = versions;
        Turn = turn;
        var ranked = rules.OrderByDescending(rule => rule.Priority).ToArray();
        _screen = [.. ranked.Where(rule => rule.Region.IsOfScreen)];
        _title = [.. ranked.Where(rule => rule.Region.Kind == RegionKind.Title)];
        _notification = [.. ranked.Where(rule => rule.Region.Kind == RegionKind.Notification)];
    }

    public string Agent { get; }

    /// <summary>The versions of the agent that the rules were made for.</summary>
    public string Versions { get; }

    /// <summary>What a line that begins a turn looks like.</summary>
    public ScreenPattern? Turn { get; }

    public IEnumerable<ScreenRule> Rules => _screen.Concat(_title).Concat(_notification);

    /// <summary>What the screen says; null when no rule fits.</summary>
    public AgentSignal? OfScreen(ScreenImage image, DateTimeOffset now)
    {
        foreach (var rule in _screen)
        {
            var text = image.Region(rule.Region, Turn);
            if (rule.Matches(text))
            {
                return Signal(rule, SignalSource.Screen, text, now);
            }
        }

        return null;
    }

    /// <summary>What the title says; null when no rule fits.</summary>
    public AgentSignal? OfTitle(string title, DateTimeOffset now) => Of(_title, SignalSource.Title, title, now);

    /// <summary>What a notification says; null when no rule fits.</summary>
    public AgentSignal? OfNotification(string text, DateTimeOffset now) => Of(_notification, SignalSource.Notification, text, now);

    private AgentSignal? Of(ScreenRule[] rules, SignalSource source, string text, DateTimeOffset now) =>
        Array.Find(rules, rule => rule.Matches(text)) is { } found ? Signal(found, source, text, now) : null;

    private AgentSignal Signal(ScreenRule rule, SignalSource source, ReadOnlySpan<char> text, DateTimeOffset now) => new()
    {
        Source = source,
        State = rule.State,
        Rule = $"{Agent}.{(source == SignalSource.Screen ? "screen" : source == SignalSource.Title ? "title" : "notification")}.{rule.Id}",
        At = now,
        Detail = ScreenRule.Capture(rule.Detail, text),
        Until = rule.Until is null ? null : UntilText.Parse(ScreenRule.Capture(rule.Until, text), now, TimeZoneInfo.Local),
    };
}
