using Tether.Tui.Connection;

namespace Tether.Tui.Commands.Init;

/// <summary>One question, and its setting.</summary>
/// <param name="Key">As in config.env.</param>
/// <param name="Text">For people.</param>
/// <param name="Choices">What may be answered; for yes and no these two words stand for the first and the second.</param>
/// <param name="IsYesNo">Whether it is answered with yes or no.</param>
/// <param name="Current">What counts now.</param>
internal sealed record InitQuestion(string Key, string Text, string[] Choices, bool IsYesNo, string Current)
{
    /// <summary>Asked last; it is no setting.</summary>
    public static InitQuestion Service { get; } = new("", "Start the daemon with your login?", ["yes", "no"], true, "no");

    /// <summary>The questions that make sense here: none about an agent that is not installed, and none about what the environment or ./.env says, which count before config.env.</summary>
    public static IReadOnlyList<InitQuestion> For(IReadOnlyList<FoundAgent> agents)
    {
        return
        [
            .. new[]
            {
                YesNo("TETHER_HTTP", "An API for scripts and other agents of this machine, with a token?", "1", "0"),
                YesNo("TETHER_HOOKS", "Agents report and ask by hooks that only their sessions here have; your own\nsettings of them stay untouched. Shall they?", "on", "off"),
                Has("codex") ? Choice("TETHER_CODEX", "codex asks first in the queue and then in its own prompt (hooks), or in both at\nonce, by a server of its own of 40 MiB (remote). Which?", "hooks", "remote", "off") : null,
                Has("pi") ? YesNo("TETHER_PI_APPROVALS", "pi itself never asks. Shall it ask here before it runs or changes something?", "on", "off") : null,
                Choice("TETHER_APPROVAL", "What agents want to do is asked, or changes of files in their directory are\nallowed (edits). Which?", "ask", "edits"),
                YesNo("TETHER_NOTIFY", "Shall your desktop tell you when something needs you and you look elsewhere?", "on", "off"),
            }.OfType<InitQuestion>(),
        ];

        bool Has(string name) => agents.Any(agent => agent.Name == name && agent.Path is not null);
    }

    private static InitQuestion? YesNo(string key, string text, string yes, string no) => Of(key, text, [yes, no], true);

    private static InitQuestion? Choice(string key, string text, params string[] choices) => Of(key, text, choices, false);

    private static InitQuestion? Of(string key, string text, string[] choices, bool isYesNo) => ClientConfig.IsSetBeforeFile(key) ? null
        : new InitQuestion(key, text, choices, isYesNo, ClientConfig.Find(key) is { } value && choices.Contains(value) ? value : choices[0]);
}
