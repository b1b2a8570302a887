using System.Text.Json;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Server.Api.Outside;

/// <summary>
/// Brings what was said in a session, as its agent keeps it, into the session's events: `user_input` and `output` with `is_history`. What is logged already is not
/// logged again; each such event has the entry's number, so that the events themselves are the memory.
/// </summary>
internal sealed class HistorySync(ApiRequests requests, IEventLog events)
{
    private const int PageEntries = 500, PageEvents = 1000;

    private static readonly HashSet<string> Types = [EventTypes.UserInput, EventTypes.Output];

    // Two at once would log everything twice.
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="caller">Who asks.</param>
    /// <param name="record">The session as it is now.</param>
    /// <param name="isForced">From the beginning, what is logged already too.</param>
    /// <param name="stop">Ends it between two pages; the next one goes on there.</param>
    public async Task<SyncAnswer> SyncAsync(ApiCaller caller, SessionRecord record, bool isForced, CancellationToken stop)
    {
        await _one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await LogAsync(caller, record, isForced ? Known.Nothing : KnownOf(record.Id), stop).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<SyncAnswer> LogAsync(ApiCaller caller, SessionRecord record, Known known, CancellationToken stop)
    {
        var (synced, from, page) = (0, known.Entry + 1, await ReadAsync(known.Entry + 1).ConfigureAwait(false));
        if (page.Count <= known.Entry)
        {
            // The agent went back to an earlier point: what it said since then has a number that is known, and a later time.
            (from, page) = (0, await ReadAsync(0).ConfigureAwait(false));
        }

        TranscriptEntry? held = null;
        while (page.Entries.Length > 0)
        {
            foreach (var entry in page.Entries.Where(entry => entry is { Role: TranscriptRole.User or TranscriptRole.Assistant, SubAgent: null } && known.IsNew(entry)))
            {
                // Whether an answer was the last one is known by what follows it.
                synced += await WriteAsync(record.Id, held, entry.Role == TranscriptRole.User).ConfigureAwait(false);
                held = entry;
            }

            from = page.Entries[^1].Number + 1;
            page = await ReadAsync(from).ConfigureAwait(false);
        }

        synced += await WriteAsync(record.Id, held, SessionStates.Of(record) != SessionStates.Running).ConfigureAwait(false);
        return new SyncAnswer { Synced = synced, Total = page.Count };

        Task<TranscriptReply> ReadAsync(int first) => requests.AskAsync<TranscriptReply>(caller, new TranscriptRequest { Session = record.Id, From = first, Limit = PageEntries }, stop);
    }

    private async Task<int> WriteAsync(string session, TranscriptEntry? entry, bool isFinal)
    {
        if (entry is null)
        {
            return 0;
        }

        var isPrompt = entry.Role == TranscriptRole.User;
        await events.AppendAsync(session, isPrompt ? EventTypes.UserInput : EventTypes.Output, EventJson.Write(json =>
        {
            json.WriteString("text", entry.Text);
            if (!isPrompt)
            {
                json.WriteString("kind", isFinal ? "final" : "step");
                json.WriteBoolean("final", isFinal);
                json.WriteString("stream", "combined");
            }

            json.WriteBoolean("is_history", true);
            json.WriteNumber("entry", entry.Number);
            if (entry.At is { } at)
            {
                json.WriteString("timestamp", EventJson.TimeText(at));
            }
        })).ConfigureAwait(false);
        return 1;
    }

    private Known KnownOf(string session)
    {
        var known = Known.Nothing;
        for (long after = 0; ;)
        {
            var page = events.Read(session, after, Types, PageEvents);
            foreach (var happened in page.Events)
            {
                using var data = JsonDocument.Parse(happened.Data);
                known = known.With(data.RootElement);
            }

            if (page.Next == after)
            {
                return known;
            }

            after = page.Next;
        }
    }

    /// <param name="Entry">The greatest number that is logged; -1 for none.</param>
    /// <param name="At">The latest time that is.</param>
    private readonly record struct Known(int Entry, DateTimeOffset At)
    {
        public static Known Nothing { get; } = new(-1, DateTimeOffset.MaxValue);

        public bool IsNew(TranscriptEntry entry) => entry.Number > Entry || entry.At > At;

        public Known With(JsonElement data)
        {
            if (!data.TryGetProperty("entry", out var number) || !number.TryGetInt32(out var entry) || !data.TryGetProperty("is_history", out _))
            {
                return this;
            }

            var at = data.TryGetProperty("timestamp", out var time) && time.TryGetDateTimeOffset(out var given) ? given : DateTimeOffset.MinValue;
            return new Known(Math.Max(Entry, entry), this == Nothing || at > At ? at : At);
        }
    }
}
