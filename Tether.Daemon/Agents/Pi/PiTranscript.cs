using System.Text.Json;
using Tether.Daemon.Agents.Stores;

namespace Tether.Daemon.Agents.Pi;

/// <summary>
/// The branch of pi's tree that is current: the way from its root to the record that was appended last. When the person goes back and on from there,
/// the entries behind that point are others.
/// </summary>
internal sealed class PiTranscript(KeptSession session) : JsonLinesTranscript(new PiRecords(), () => [new TranscriptSource(session.Location, null)])
{
    private readonly Dictionary<string, Node> _nodes = [];
    private Node? _leaf;

    protected override void Restarted()
    {
        _nodes.Clear();
        _leaf = null;
    }

    protected override void Seen(JsonElement record, IReadOnlyList<EntryPlace> places)
    {
        if (record.Is("type", "session"))
        {
            return;
        }

        // The first versions had no ids: every record follows the one before.
        var id = record.Text("id") ?? $"#{_nodes.Count}";
        var parent = record.Of("parentId").ValueKind == JsonValueKind.Undefined ? _leaf : record.Text("parentId") is { } name ? _nodes.GetValueOrDefault(name) : null;
        _leaf = _nodes[id] = new Node(parent, [.. places]);
    }

    protected override List<EntryPlace> Ordered(List<EntryPlace> before, List<EntryPlace> news)
    {
        var branch = new List<Node>();
        for (var node = _leaf; node is not null && branch.Count <= _nodes.Count; node = node.Parent)
        {
            branch.Add(node);
        }

        branch.Reverse();
        return [.. branch.SelectMany(node => node.Places)];
    }

    private sealed record Node(Node? Parent, EntryPlace[] Places);
}
