using System.Collections.Concurrent;
using Tether.Daemon.Approvals;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Approvals;

/// <summary>A queue with everything around it in the test's hands: sessions, policy, audit log, what is kept and told.</summary>
internal sealed class QueueRig : IQueueHost, IPolicyDesk, IAuditLog
{
    public QueueRig() => Queue = new ApprovalQueue(this, this, this, new PastAnswers(() => Kept));

    public ApprovalQueue Queue { get; }

    public HandClock Hand { get; } = new();

    public TimeProvider Clock => Hand;

    public List<QueueItem> Kept { get; } = [];

    public ConcurrentQueue<QueueItem> Told { get; } = [];

    public ConcurrentDictionary<string, StoredItem> Saved { get; } = [];

    public ConcurrentQueue<AuditEntry> Audit { get; } = [];

    public ConcurrentQueue<string> UsedRules { get; } = [];

    public ConcurrentDictionary<string, SessionRecord> Sessions { get; } = new()
    {
        ["one"] = Session("one"),
        ["two"] = Session("two"),
        ["three"] = Session("three"),
    };

    /// <summary>What the policy says; by default nothing but that a person is to be asked.</summary>
    public Func<Ask, Judgement> Verdict { get; set; } = _ => new Judgement(new PolicyNote { Verdict = PolicyVerdict.Ask, Why = "no rule fits" }, null, []);

    /// <summary>Whether a rule may decide.</summary>
    public Func<string, bool> OnUse { get; set; } = _ => true;

    /// <summary>What comes of writing an entry.</summary>
    public Func<AuditEntry, Task<bool>> OnAppend { get; set; } = _ => Task.FromResult(true);

    /// <summary>What <see cref="Flush"/> does.</summary>
    public Action OnFlush { get; set; } = () => { };

    public static Judgement Says(PolicyVerdict verdict, string rule) => new(new PolicyNote { Verdict = verdict, Rule = rule, Why = $"{rule} says so" }, null, []);

    public static Ask Command(string session, string key, string command) => new()
    {
        Session = session,
        Key = key,
        Kind = QueueKind.Approval,
        Title = $"Bash: {command}",
        Tool = "Bash",
        ToolClass = ToolClass.Command,
        Command = command,
        TakesReason = true,
        TakesInput = true,
        Correlation = command,
    };

    public QueueItem Item(string id) => Queue.Items(withOver: true).Single(item => item.Id == id);

    public QueueItem Ended(string id)
    {
        Assert.True(SpinWait.SpinUntil(() => Item(id).State is QueueState.Answered or QueueState.Closed, Soon.Limit), $"{Item(id)} is not over");
        return Item(id);
    }

    public Task<QueueItem> Allow(string item, string by = "ann") => Queue.Answer(new AnswerRequest { Item = item, Decision = QueueDecision.Allow, Surface = "cli" }, by);

    public SessionRecord? Find(string session) => Sessions.GetValueOrDefault(session);

    /// <summary>Hears of each item, under the queue's lock.</summary>
    public Action<QueueItem> Published { get; set; } = _ => { };

    public void Save(StoredItem item) => Saved[item.Item.Id] = item;

    public void Flush() => OnFlush();

    public void Publish(QueueItem item)
    {
        Told.Enqueue(item);
        Published(item);
    }

    public Judgement Judge(Ask ask, SessionRecord session) => Verdict(ask);

    public bool TryUse(string rule)
    {
        UsedRules.Enqueue(rule);
        return OnUse(rule);
    }

    public string Remember(string offer, Ask ask, SessionRecord session, string by) => offer == "prefix" ? $"rule for {ask.Command}" : throw new KeyNotFoundException();

    public void ForgetEnded(Func<string, bool> runs)
    {
    }

    public Task<bool> Append(AuditEntry entry)
    {
        Audit.Enqueue(entry);
        return OnAppend(entry);
    }

    public bool Knows(string item) => Audit.LastOrDefault(entry => entry.Item == item) is { } last && !last.Receipt.StartsWith("not delivered", StringComparison.Ordinal);

    private static SessionRecord Session(string id) => new() { Id = id, Title = id, Provider = "claude", Directory = "/tmp" };
}
