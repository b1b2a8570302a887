using Tether.Protocol.Model;

namespace Tether.Tui.Dashboard.Model;

/// <summary>Whether two versions of an item of the daemon's queue say the same: their arrays are compared by what is in them.</summary>
internal static class SameItem
{
    public static bool Is(QueueItem one, QueueItem other) =>
        ReferenceEquals(one, other) || (Plain(one) == Plain(other) && one.Edits.AsSpan().SequenceEqual(other.Edits)
            && one.Always.AsSpan().SequenceEqual(other.Always) && AreSame(one.Questions, other.Questions)
            && AreSame(one.Facts, other.Facts) && AreSame(one.Answer, other.Answer));

    private static QueueItem Plain(QueueItem item) => item with { Edits = [], Always = [], Questions = [], Facts = null, Answer = null };

    private static bool AreSame(QueueQuestion[] one, QueueQuestion[] other) =>
        one.Length == other.Length && one.Zip(other).All(pair =>
            pair.First with { Options = [] } == pair.Second with { Options = [] } && pair.First.Options.AsSpan().SequenceEqual(pair.Second.Options));

    private static bool AreSame(CommandFacts? one, CommandFacts? other) => one is null || other is null
        ? one == other
        : one.Risk == other.Risk && one.Unreadable == other.Unreadable && one.Commands.AsSpan().SequenceEqual(other.Commands)
            && one.Programs.AsSpan().SequenceEqual(other.Programs) && one.Paths.AsSpan().SequenceEqual(other.Paths)
            && one.Hosts.AsSpan().SequenceEqual(other.Hosts) && one.Marks.AsSpan().SequenceEqual(other.Marks);

    private static bool AreSame(QueueAnswer? one, QueueAnswer? other) => one is null || other is null
        ? one == other
        : one with { Answers = [] } == other with { Answers = [] } && one.Answers.Length == other.Answers.Length
            && one.Answers.Zip(other.Answers).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
