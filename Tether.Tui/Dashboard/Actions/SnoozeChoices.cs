using Tether.Tui.Views.Controls;

namespace Tether.Tui.Dashboard.Actions;

/// <summary>For how long an item can be put off.</summary>
internal static class SnoozeChoices
{
    private const int MorningHour = 8;

    /// <param name="now">The person's time.</param>
    /// <param name="isSnoozed">It is put off already.</param>
    public static IReadOnlyList<Choice<TimeSpan>> At(DateTimeOffset now, bool isSnoozed)
    {
        var morning = new DateTimeOffset(now.Date.AddDays(1).AddHours(MorningHour), now.Offset);
        List<Choice<TimeSpan>> choices =
        [
            new(TimeSpan.FromMinutes(5), "5 minutes"),
            new(TimeSpan.FromMinutes(30), "30 minutes"),
            new(TimeSpan.FromHours(2), "2 hours"),
            new(morning - now, "until tomorrow", $"{morning:HH:mm}"),
        ];
        if (isSnoozed)
        {
            choices.Insert(0, new(TimeSpan.Zero, "not at all: bring it back"));
        }

        return choices;
    }
}
