namespace Tether.Protocol.Model;

/// <summary>What a person calls a session: its id, its whole title, or a beginning of its id. Both ends find by it the same, and say the same when it fits none or several.</summary>
public static class SessionReference
{
    private const int MaxShown = 80, MaxListed = 8;

    /// <summary>
    /// Those that fit, oldest first: the one with the id; else those with the title; else those whose id begins so. Running sessions win over ended ones.
    /// </summary>
    public static SessionRecord[] Find(IEnumerable<SessionRecord> all, string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var records = all.OrderBy(record => record.CreatedAt).ToArray();
        if (Array.Find(records, record => record.Id == reference) is { } exact)
        {
            return [exact];
        }

        var titled = Preferred(Array.FindAll(records, record => record.Title == reference));
        return titled.Length > 0 || reference.Length == 0
            ? titled
            : Preferred(Array.FindAll(records, record => record.Id.StartsWith(reference, StringComparison.Ordinal)));
    }

    /// <summary>What to tell whoever meant one.</summary>
    /// <param name="reference">As it was written.</param>
    /// <param name="found">What fits it: none, or several.</param>
    public static string Problem(string reference, SessionRecord[] found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return found.Length == 0
            ? $"no session is called “{Shown(reference)}”; give an id, a unique prefix of one, or a title (`tether ls --all` lists them)"
            : $"“{Shown(reference)}” fits {found.Length} sessions: {string.Join(", ", found.Take(MaxListed).Select(one => $"{one.Id} ({one.Title})"))}";
    }

    /// <summary>A reference as messages repeat it.</summary>
    public static string Shown(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.Length <= MaxShown ? reference : reference[..MaxShown] + "…";
    }

    private static SessionRecord[] Preferred(SessionRecord[] fitting)
    {
        var running = Array.FindAll(fitting, record => record.State == SessionState.Running);
        return running.Length > 0 ? running : fitting;
    }
}
