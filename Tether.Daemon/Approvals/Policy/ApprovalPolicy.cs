using Tether.Daemon.Approvals.Facts;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>
/// What may be done unasked: policy.json, which is read again when it has changed, and the rules that the queue keeps. What denies comes before what
/// asks, that before what allows. May be called from any thread; waits for nothing but short reads of local files, and for the disk where a count or a rule is kept.
/// </summary>
internal sealed class ApprovalPolicy
{
    // More is no policy that a person wrote.
    private const int MaxFileBytes = 1 << 20;

    private readonly Lock _lock = new();
    private readonly string _policyFile;
    private readonly string[] _ownFolders;
    private readonly RuleStore _store;
    private readonly TimeZoneInfo _zone;
    private readonly AskReader _reader;
    private readonly RuleFit _fit;
    private (DateTime WrittenAt, long Length, DateTimeOffset ReadAt) _version;
    private PolicyFile? _file;

    /// <param name="policyFile">policy.json, which need not exist.</param>
    /// <param name="rulesFile">rules.json, which is made when it is needed.</param>
    /// <param name="home">The person's home directory, for `~`.</param>
    /// <param name="ownFolders">Tether's own folders, in which nothing is ever allowed unasked.</param>
    /// <param name="zone">For hours.</param>
    public ApprovalPolicy(string policyFile, string rulesFile, string home, IEnumerable<string> ownFolders, TimeZoneInfo zone)
    {
        _policyFile = policyFile;
        _store = new RuleStore(rulesFile);
        _zone = zone;
        var paths = new PathResolver(home);
        _reader = new AskReader(home);
        _fit = new RuleFit(paths);
        _ownFolders = [.. ownFolders.SelectMany(folder => new[] { folder, paths.Real("/", folder) ?? folder }).Distinct()];
    }

    /// <summary>Takes an ask apart; the result is for <see cref="Judge(AskReading, PolicySubject, DateTimeOffset)"/> and for the queue's card.</summary>
    public AskReading Read(Ask ask, PolicySubject subject) => _reader.Read(ask, subject.Directory, subject.Endpoint);

    /// <summary>All rules in the order in which they are looked at, and what was not understood.</summary>
    public (IReadOnlyList<PolicyRule> Rules, IReadOnlyList<string> Warnings) Rules(DateTimeOffset now)
    {
        lock (_lock)
        {
            var rules = Current(now);
            string[] warnings = _store.Hold is { } hold ? [.. _file!.Warnings, hold] : [.. _file!.Warnings];
            return ([.. rules.OrderByDescending(rule => rule.Rule.Verdict).Select(rule => rule.Rule)], warnings);
        }
    }

    /// <summary>What the policy says. Counts nothing: <see cref="TryUse"/> does, before a ruling is carried out.</summary>
    public Ruling Judge(AskReading reading, PolicySubject subject, DateTimeOffset now)
    {
        CompiledRule[] rules;
        string? hold;
        lock (_lock)
        {
            rules = Current(now);
            hold = _file!.Hold ?? _store.Hold;
        }

        return Judge(rules, hold, reading, subject, now);
    }

    /// <summary>A rule is about to decide: one with a count has one use less when this returns, on the disk.</summary>
    /// <returns>False when it may not decide any more: it was removed, or somebody else had its last use.</returns>
    public bool TryUse(string id, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (Current(now).FirstOrDefault(rule => rule.Rule.Id == id)?.Rule is not { } rule || rule.Uses <= 0 || rule.Until <= now)
            {
                return false;
            }

            if (rule.Uses is null)
            {
                return true;
            }

            try
            {
                _store.Count(rule);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>Keeps a rule.</summary>
    /// <returns>It with its id.</returns>
    /// <exception cref="FormatException">It says nothing that can be kept.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public PolicyRule Add(PolicyRule rule, DateTimeOffset now)
    {
        lock (_lock)
        {
            return _store.Add(rule, now);
        }
    }

    /// <summary>Forgets a rule that was added. False when there is none by that id; those of policy.json are removed there.</summary>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            return _store.RemoveWhere(rule => rule.Id == id);
        }
    }

    /// <summary>Forgets rules that were added for sessions that are all over; on a full disk, the next time.</summary>
    public void ForgetEnded(Func<string, bool> runs)
    {
        lock (_lock)
        {
            try
            {
                _store.RemoveWhere(rule => rule.Sessions.Length > 0 && !Array.Exists(rule.Sessions, session => runs(session)));
            }
            catch (IOException)
            {
                // They fit no session that runs.
            }
        }
    }

    /// <summary>What `always` can mean for an ask, each surely no wider than its text says.</summary>
    public AlwaysOffer[] Offers(AskReading reading, PolicySubject subject, DateTimeOffset now) =>
        [.. Always.Of(reading, subject, now).Where(offer => IsHonest(offer.Rule, reading, subject, now)).Select(offer => new AlwaysOffer { Id = offer.Id, Text = CleanText.Line(offer.Text) })];

    /// <summary>The rule of an offer, not kept yet; null when the ask has no such offer.</summary>
    public PolicyRule? RuleFor(string offer, AskReading reading, PolicySubject subject, DateTimeOffset now) =>
        Always.Of(reading, subject, now).FirstOrDefault(entry => entry.Id == offer && IsHonest(entry.Rule, reading, subject, now)).Rule;

    /// <summary>What one rule alone would do; for rehearsal.</summary>
    /// <returns>Null when it does not decide.</returns>
    public PolicyVerdict? Rehearse(CompiledRule rule, AskReading reading, PolicySubject subject, DateTimeOffset at) =>
        Judge([rule], null, reading, subject with { Mode = ApprovalMode.Ask }, at) is { Rule: not null } ruling ? ruling.Verdict : null;

    private Ruling Judge(CompiledRule[] rules, string? hold, AskReading reading, PolicySubject subject, DateTimeOffset now)
    {
        CompiledRule[] scoped = [.. rules.Where(rule => rule.IsInScope(reading.Ask, subject, now, _zone))];
        var restricting = scoped.Where(rule => rule.Rule.Verdict != PolicyVerdict.Allow).Select(rule => (rule.Rule, Fit: _fit.MayFit(rule, reading, subject))).ToArray();
        foreach (var (rule, fit) in restricting)
        {
            if (rule.Verdict == PolicyVerdict.Deny && fit == Fit.Yes)
            {
                return By(PolicyVerdict.Deny, rule, "");
            }
        }

        if (NeverAutomatic.Reason(reading.Ask) is { } never)
        {
            return Ask(never);
        }

        if (hold is not null)
        {
            return Ask("nothing is allowed unasked: " + hold);
        }

        if (reading.Facts.Unreadable is { } unreadable)
        {
            return Ask("the command cannot be read with certainty: " + unreadable);
        }

        foreach (var (rule, fit) in restricting)
        {
            if (fit != Fit.No)
            {
                return By(PolicyVerdict.Ask, rule, rule.Verdict == PolicyVerdict.Deny ? "it may be what this rule denies" : "");
            }
        }

        if (OwnFile(reading) is { } own)
        {
            return Ask($"{own} is Tether's own");
        }

        if (reading.Controls.Count > 0)
        {
            return scoped.FirstOrDefault(rule => rule.Rule.Verdict == PolicyVerdict.Allow && Guards.Names(rule, reading.Controls) && _fit.Covers(rule, reading, subject)) is { } naming
                ? By(PolicyVerdict.Allow, naming.Rule, "")
                : Ask($"it names {reading.Controls[0].What}, by which an agent could answer itself");
        }

        if (subject.Mode == ApprovalMode.Bypass)
        {
            return new Ruling(new PolicyNote { Verdict = PolicyVerdict.Allow, Why = "the session's mode is bypass" }, null);
        }

        if (scoped.FirstOrDefault(rule => rule.Rule.Verdict == PolicyVerdict.Allow && _fit.Covers(rule, reading, subject)) is { } allowing)
        {
            return By(PolicyVerdict.Allow, allowing.Rule, "");
        }

        if (subject.Mode == ApprovalMode.AcceptEdits && reading.Ask.ToolClass == ToolClass.Edit)
        {
            return EditMode.Objection(reading) is { } objection ? Ask(objection)
                : new Ruling(new PolicyNote { Verdict = PolicyVerdict.Allow, Why = "the session accepts edits in its directory" }, null);
        }

        return Ask(reading.Doubts.Count > 0 ? "no rule fits surely: " + reading.Doubts[0] : "no rule fits");
    }

    private bool IsHonest(PolicyRule rule, AskReading reading, PolicySubject subject, DateTimeOffset now) =>
        CompiledRule.Of(rule, out _) is { } compiled && Rehearse(compiled, reading, subject, now) == PolicyVerdict.Allow;

    private string? OwnFile(AskReading reading) => reading.Parts.SelectMany(part => part.Paths)
        .SelectMany(path => new[] { path.Lexical, path.Real, path.Entry })
        .FirstOrDefault(path => path is not null && _ownFolders.Any(folder => PathResolver.IsWithin(path, folder)));

    // The caller holds the lock.
    private CompiledRule[] Current(DateTimeOffset now)
    {
        ReadFile(now);
        return [.. _file!.Rules.Select(rule => rule.Left(_store.UsesOf(rule.Rule.Id))), .. _store.Rules];
    }

    private void ReadFile(DateTimeOffset now)
    {
        var file = new FileInfo(_policyFile);
        var version = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;

        // A file written twice within the clock's grain looks the same both times: what is fresh is read again.
        var isFresh = _version.ReadAt - new DateTimeOffset(version.LastWriteTimeUtc, TimeSpan.Zero) < TimeSpan.FromSeconds(2);
        if (_file is not null && !(isFresh && file.Exists) && (_version.WrittenAt, _version.Length) == version)
        {
            return;
        }

        _version = (version.LastWriteTimeUtc, version.Length, now);
        try
        {
            _file = !file.Exists ? PolicyFile.Read(_policyFile, "{}"u8.ToArray())
                : file.Length > MaxFileBytes ? PolicyFile.Unreadable(_policyFile, $"{file.Length} bytes; at most {MaxFileBytes} are read")
                : PolicyFile.Read(_policyFile, File.ReadAllBytes(_policyFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _file = PolicyFile.Unreadable(_policyFile, "cannot be read: " + e.Message);
        }
    }

    private static Ruling Ask(string why) => new(new PolicyNote { Verdict = PolicyVerdict.Ask, Why = why }, null);

    private static Ruling By(PolicyVerdict verdict, PolicyRule rule, string why) => new(
        new PolicyNote { Verdict = verdict, Rule = rule.Id, Why = why.Length > 0 ? why : rule.Note.Length > 0 ? rule.Note : $"{rule.Origin} says so".TrimStart() },
        rule);
}
