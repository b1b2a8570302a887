using Tether.Protocol.Model;

namespace Tether.Protocol.Wire.Hot;

/// <summary>Reads <see cref="AgentStatus"/>es for <see cref="HotDecoder"/>.</summary>
internal static class StatusReader
{
    public static AgentStatus Read(ref JsonCursor json)
    {
        json.BeginObject();
        var (state, since, source, rule, detail) = ((AgentState?)null, (DateTimeOffset?)null, (SignalSource?)null, (string?)null, "");
        DateTimeOffset? until = null;
        while (json.NextMember(out var name))
        {
            switch (name)
            {
                case "state": state = ModelNames.Agent(json.Text()); break;
                case "since": since = JsonTime.Parse(json.Text()); break;
                case "source": source = ModelNames.Source(json.Text()); break;
                case "rule": rule = json.Text(); break;
                case "detail": detail = json.Text(); break;
                case "until": until = json.TryNull() ? null : JsonTime.Parse(json.Text()); break;
                default: json.Skip(); break;
            }
        }

        return state is { } known && since is { } at && source is { } from && rule is not null
            ? new AgentStatus { State = known, Since = at, Source = from, Rule = rule, Detail = detail, Until = until }
            : throw new FormatException("a status lacks a required member");
    }
}
