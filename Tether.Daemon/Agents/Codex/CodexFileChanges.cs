using System.Text.Json;

namespace Tether.Daemon.Agents.Codex;

/// <summary>The changes of files that Codex began: its request to allow one says only which item it is about.</summary>
internal sealed class CodexFileChanges
{
    private const int MostItems = 256;

    private readonly OrderedDictionary<string, JsonElement> _items = [];

    /// <summary>The item of this id; undefined when it was never told.</summary>
    public JsonElement Find(string? id) => id is null ? default : _items.GetValueOrDefault(id);

    /// <summary>Takes an `item/started` or `item/completed`; others change nothing.</summary>
    public void Take(string method, JsonElement item)
    {
        if (item.Text("type") != "fileChange" || item.Text("id") is not { } id)
        {
            return;
        }

        _items.Remove(id);
        if (method == "item/started")
        {
            _items[id] = item;
            if (_items.Count > MostItems)
            {
                _items.RemoveAt(0);
            }
        }
    }

    /// <summary>Takes a page of turns with their items: what began before the thread was followed.</summary>
    public void TakeTurns(JsonElement page)
    {
        foreach (var item in page.Items("data").SelectMany(turn => turn.Items("items")).Where(item => item.Text("status") == "inProgress"))
        {
            Take("item/started", item);
        }
    }

    public void Clear() => _items.Clear();
}
