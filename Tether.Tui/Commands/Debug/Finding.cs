namespace Tether.Tui.Commands.Debug;

/// <summary>How one thing stands.</summary>
internal enum Verdict
{
    Good,
    Notice,
    Bad,
}

/// <summary>One thing that was looked at, and what to do about it if it is not good.</summary>
internal sealed record Finding(Verdict Verdict, string Subject, string Text, string? Remedy = null)
{
    public static Finding Good(string subject, string text) => new(Verdict.Good, subject, text);

    public static Finding Notice(string subject, string text, string? remedy = null) => new(Verdict.Notice, subject, text, remedy);

    public static Finding Bad(string subject, string text, string remedy) => new(Verdict.Bad, subject, text, remedy);
}
