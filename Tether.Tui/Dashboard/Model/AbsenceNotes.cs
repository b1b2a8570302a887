using Tether.Tui.Dashboard.Link;

namespace Tether.Tui.Dashboard.Model;

/// <summary>What each tile says of the time since the person looked: at the focused one, since before he came to it.</summary>
internal sealed class AbsenceNotes(DashboardContext context)
{
    private const int AgainMilliseconds = 15_000;
    private static readonly TimeSpan LeastAbsence = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Files> _files = [];

    /// <summary>Empty where there is nothing to say.</summary>
    public string Of(SessionItem item)
    {
        var isHere = item.Id == context.State.Focused;
        var absence = isHere ? context.State.Arrival : context.Fleet.AbsenceFrom(item.Id, item.Record.OutputRow);
        if (absence is null || absence.BytesPrinted == 0 || (!isHere && context.Now - absence.Look.At < LeastAbsence))
        {
            return "";
        }

        return SinceYouLeft.Text(absence with { FilesChanged = FilesOf(item, absence) }, context.Now) ?? "";
    }

    private int? FilesOf(SessionItem item, Absence absence)
    {
        var known = _files.GetValueOrDefault(item.Id);
        var (now, since) = (context.Host.Milliseconds, absence.Look.At);
        if (known is null || known.Since != since || (known.Offset != absence.Offset && now - known.At > AgainMilliseconds))
        {
            _files[item.Id] = known = new Files(since, absence.Offset, now, known?.Since == since ? known.Count : null);
            var directory = item.Record.WorkingDirectory ?? item.Record.Directory;
            context.Host.InBackground(() => GitChanges.Count(directory, since), count =>
            {
                if (_files.GetValueOrDefault(item.Id) is { } asked && asked.Since == since)
                {
                    (_files[item.Id], context.State.IsDirty) = (asked with { Count = count }, true);
                }
            });
        }

        return known.Count;
    }

    private sealed record Files(DateTimeOffset Since, long Offset, long At, int? Count);
}
