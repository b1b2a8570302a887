using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Stores;

/// <summary>Adds up what the records of one file say of usage, in their order.</summary>
internal sealed class UsageTally
{
    private readonly Dictionary<string, SessionUsage> _messages = [];
    private SessionUsage? _stated;
    private SessionUsage? _before;

    /// <summary>Null while nothing was said.</summary>
    public SessionUsage? Sum { get; private set; }

    /// <summary>Something was used.</summary>
    public void Add(SessionUsage usage) => Sum = Sum is null ? usage : Sum + usage;

    /// <summary>A message used so much; of what is said of one message again the last counts.</summary>
    public void Add(string message, SessionUsage usage)
    {
        if (_messages.TryGetValue(message, out var before))
        {
            Sum = Sum! - before;
        }

        _messages[message] = usage;
        Add(usage);
    }

    /// <summary>So much was used since the agent began to count. When it is less than before, it began anew.</summary>
    public void State(SessionUsage total)
    {
        if (_stated is { } last && Tokens(total) < Tokens(last))
        {
            _before = _before is null ? last : _before + last;
        }

        _stated = total;
        Sum = _before is null ? total : _before + total;
    }

    /// <summary>A number of tokens in a record; 0 for what is none.</summary>
    public static long Count(JsonElement record, string name) =>
        record.Of(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) && count > 0 ? count : 0;

    private static long Tokens(SessionUsage usage) => usage.InputTokens + usage.CacheReadTokens + usage.OutputTokens;
}
