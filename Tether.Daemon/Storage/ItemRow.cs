using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Storage;

/// <summary>An item of the queue and its row in the registry.</summary>
internal static class ItemRow
{
    public const string SelectOpen = "SELECT item, key, correlation FROM items WHERE is_open = 1 ORDER BY asked_at, id";

    public const string SelectPast = """
        SELECT item, key, correlation FROM items WHERE is_open = 0 AND ($session IS NULL OR session = $session) ORDER BY asked_at DESC, id LIMIT $limit
        """;

    public const string Upsert = """
        INSERT INTO items (id, session, key, correlation, is_open, asked_at, item) VALUES ($id, $session, $key, $correlation, $open, $asked, $item)
        ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, item = excluded.item
        """;

    /// <summary>Items that are over go after 90 days.</summary>
    public const string Prune = "DELETE FROM items WHERE is_open = 0 AND asked_at < (strftime('%s', 'now') - 90 * 86400) * 1000000";

    /// <summary>All rows of a select that can be read.</summary>
    public static List<StoredItem> ReadAll(SqliteCommand select)
    {
        using var rows = select.ExecuteReader();
        var items = new List<StoredItem>();
        while (rows.Read())
        {
            if (Read(rows) is { } item)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>Null for a row that cannot be read, as one of a newer daemon.</summary>
    private static StoredItem? Read(SqliteDataReader row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.GetString(0), WireJson.Default.QueueItem) is { } item
                ? new StoredItem(item, row.GetString(1), row.GetString(2))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void Bind(SqliteCommand upsert, StoredItem stored)
    {
        var item = stored.Item;
        upsert.Parameters.Clear();
        upsert.Parameters.AddWithValue("$id", item.Id);
        upsert.Parameters.AddWithValue("$session", item.Session);
        upsert.Parameters.AddWithValue("$key", stored.Key);
        upsert.Parameters.AddWithValue("$correlation", stored.Correlation);
        upsert.Parameters.AddWithValue("$open", item.State is QueueState.Open or QueueState.Answering ? 1 : 0);
        upsert.Parameters.AddWithValue("$asked", StoredTime.Write(item.AskedAt));
        upsert.Parameters.AddWithValue("$item", JsonSerializer.Serialize(item, WireJson.Default.QueueItem));
    }
}
