using System.Security.Cryptography;
using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>
/// rules.json, the rules that the queue and the command line added, and how often counted rules have decided. Written whole or not at all, by its owner
/// only, and on the disk before a change is told. Not thread-safe: <see cref="ApprovalPolicy"/> calls it under its lock.
/// </summary>
internal sealed class RuleStore
{
    public const int Most = 1000;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz23456789";

    private readonly string _path;
    private readonly List<CompiledRule> _rules = [];
    private readonly Dictionary<string, int> _used = [];

    public RuleStore(string path)
    {
        _path = path;
        Load();
    }

    public IReadOnlyList<CompiledRule> Rules => _rules;

    /// <summary>Why nothing may be allowed unasked: the file may hold what asks or denies, and cannot be read. Null when it was.</summary>
    public string? Hold { get; private set; }

    public int UsesOf(string rule) => _used.GetValueOrDefault(rule);

    /// <returns>The rule with its id.</returns>
    /// <exception cref="FormatException">It says nothing that can be kept; the message says what is allowed.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public PolicyRule Add(PolicyRule rule, DateTimeOffset now)
    {
        if (Hold is not null)
        {
            throw new IOException(Hold);
        }

        var named = rule with { Id = "r-" + RandomNumberGenerator.GetString(Letters, 6) };
        var compiled = CompiledRule.Of(named, out var problem) ?? throw new FormatException(problem);
        CompiledRule[] kept = [.. _rules.Where(other => !(other.Rule.Until <= now) && !(other.Rule.Uses <= 0))];
        if (kept.Length >= Most)
        {
            throw new FormatException($"{Most} rules are kept already; remove some");
        }

        Write([.. kept, compiled], _used);
        return named;
    }

    /// <returns>False when there is none.</returns>
    /// <exception cref="IOException">What is left cannot be written.</exception>
    public bool RemoveWhere(Func<PolicyRule, bool> goes)
    {
        CompiledRule[] kept = [.. _rules.Where(rule => !goes(rule.Rule))];
        if (kept.Length == _rules.Count)
        {
            return false;
        }

        Write(kept, _used);
        return true;
    }

    /// <summary>Counts that a rule with a count has decided. On the disk when it returns.</summary>
    public void Count(PolicyRule rule)
    {
        var index = _rules.FindIndex(own => own.Rule.Id == rule.Id);
        if (index < 0)
        {
            var used = new Dictionary<string, int>(_used) { [rule.Id] = UsesOf(rule.Id) + 1 };
            Write([.. _rules], used);
            return;
        }

        CompiledRule[] rules = [.. _rules];
        var current = rules[index].Rule;
        rules[index] = CompiledRule.Of(current with { Uses = current.Uses - 1 }, out _) ?? rules[index].Spent();
        Write(rules, _used);
    }

    private void Load()
    {
        try
        {
            if (!File.Exists(_path))
            {
                return;
            }

            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(_path), StoredRulesJson.Default.StoredRules) ?? throw new JsonException("it holds nothing");
            foreach (var rule in stored.Rules)
            {
                _rules.Add(CompiledRule.Of(rule with { Uses = rule.Uses is 0 ? 1 : rule.Uses }, out var problem) is not { } compiled ? throw new JsonException($"the rule {rule.Id}: {problem}")
                    : rule.Uses is 0 ? compiled.Spent() : compiled);
            }

            foreach (var (id, uses) in stored.Used)
            {
                _used[id] = uses;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Hold = $"{_path} cannot be read ({e.Message}); mend it or remove it";
        }
    }

    private void Write(IReadOnlyList<CompiledRule> rules, Dictionary<string, int> used)
    {
        var stored = new StoredRules { Rules = [.. rules.Select(rule => rule.Rule)], Used = used };
        try
        {
            WholeFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(stored, StoredRulesJson.Default.StoredRules));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }

        if (!ReferenceEquals(used, _used))
        {
            _used.Clear();
            foreach (var (id, uses) in used)
            {
                _used[id] = uses;
            }
        }

        CompiledRule[] now = [.. rules];
        _rules.Clear();
        _rules.AddRange(now);
    }
}
