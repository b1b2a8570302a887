using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Dashboard.Model;

namespace Tether.Tui.Tests.Dashboard.Model;

/// <summary>A fleet on a clock of its own, told as a story: what happens, and how much time passes.</summary>
internal sealed class Story : ISessionTraits
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string[]> _tags = [];

    public Story(LookedBook? book = null)
    {
        Book = book ?? new LookedBook();
        Fleet = new Fleet(Book, this);
    }

    public LookedBook Book { get; }

    public Fleet Fleet { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    public IEnumerable<string> Ids => Fleet.Sessions.Select(item => item.Id);

    public IEnumerable<AttentionKind> Kinds => Fleet.Queue.Items.Select(item => item.Kind);

    public static SessionRecord Record(string id, double createdSeconds = -3600, string directory = "/home/me") => new()
    {
        Id = id,
        Title = id,
        Provider = "shell",
        Directory = directory,
        CreatedAt = Start.AddSeconds(createdSeconds),
        LastOutputAt = Start.AddSeconds(createdSeconds),
    };

    /// <summary>How often a session was looked at.</summary>
    public int TraitsAsked { get; private set; }

    public IReadOnlyList<string> TagsOf(SessionRecord session)
    {
        TraitsAsked++;
        return _tags.GetValueOrDefault(session.Id, []);
    }

    public string HostOf(SessionRecord session) => "here";

    public Story Tagged(string id, params string[] tags)
    {
        _tags[id] = tags;
        return this;
    }

    public Story Sessions(params SessionRecord[] records)
    {
        Fleet.Update(records, Now);
        return this;
    }

    public Story Sessions(params string[] ids) => Sessions([.. ids.Select((id, i) => Record(id, -3600 + i))]);

    public Story Passes(double seconds)
    {
        Now = Now.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        Fleet.Advance(Now);
        return this;
    }

    public Story Prints(string id)
    {
        Fleet.Printed(id, Now);
        return this;
    }

    /// <summary>It prints every second for so long, and last at the end.</summary>
    public Story Works(string id, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Prints(id).Passes(1);
        }

        return Prints(id);
    }

    public Story Happens(string id, string kind, string text = "")
    {
        Fleet.Take(new SessionEventNotice { Session = id, Kind = kind, At = Now, Text = text }, Now);
        return this;
    }

    public Story Looks(string id)
    {
        Fleet.Looked(id, new Look(Now, 0));
        return this;
    }

    public Story Ends(string id, int? code = 0, int? signal = null, string? reason = null, SessionState state = SessionState.Exited)
    {
        Fleet.Update(Fleet.Find(id)!.Record with { State = state, ExitCode = code, Signal = signal, EndReason = reason, EndedAt = Now }, Now);
        return this;
    }

    public SessionStatus Status(string id) => Fleet.Find(id)!.Status;
}
