using System.Text;
using System.Text.Json;

namespace Tether.Vt;

/// <summary>A screen against what a case expects of it; and the same case cut into pieces, which must make no difference.</summary>
internal static class ScreenJudge
{
    public static string? Check(Case test, JsonElement expect)
    {
        using JsonDocument document = Snapshot(CaseRunner.Run(test));
        JsonElement shown = document.RootElement;
        return Lines(expect, shown) ?? Rectangles(expect, shown) ?? Cursor(expect, shown) ?? Cells(expect, shown) ?? Single(expect, shown)
            ?? Modes(expect, shown) ?? Values(expect, shown) ?? Pieces(test, shown);
    }

    public static JsonDocument Snapshot(CaseRunner run)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            ScreenSnapshot.Write(json, run);
        }

        return JsonDocument.Parse(bytes.WrittenMemory);
    }

    private static string? Pieces(Case test, JsonElement whole)
    {
        foreach (int size in (ReadOnlySpan<int>)[1, 2, 3, 7])
        {
            using JsonDocument pieces = Snapshot(CaseRunner.Run(test, size));
            if (pieces.RootElement.GetRawText() != whole.GetRawText())
            {
                return $"differs when fed in pieces of {size}";
            }
        }

        return null;
    }

    private static string? Lines(JsonElement expect, JsonElement shown)
    {
        string[] lines = [.. Strings(shown.GetProperty("lines"))];
        if (expect.TryGetProperty("lines", out JsonElement wanted))
        {
            string[] all = [.. Strings(wanted)];
            if (all.Length != lines.Length)
            {
                return $"{lines.Length} rows, want {all.Length}";
            }

            for (int row = 0; row < all.Length; row++)
            {
                if (Trim(all[row]) != Trim(lines[row]))
                {
                    return $"row {row}: want '{all[row]}' got '{lines[row]}'";
                }
            }
        }

        if (expect.TryGetProperty("row_text", out JsonElement rows))
        {
            foreach (JsonProperty row in rows.EnumerateObject())
            {
                int number = int.Parse(row.Name);
                if (number >= lines.Length || Trim(row.Value.GetString()!) != Trim(lines[number]))
                {
                    return $"row {number}: want '{row.Value}' got '{lines[Math.Min(number, lines.Length - 1)]}'";
                }
            }
        }

        return null;
    }

    private static string? Rectangles(JsonElement expect, JsonElement shown)
    {
        foreach (JsonElement rectangle in Array(expect, "rect"))
        {
            int top = rectangle[0].GetInt32();
            int left = rectangle[1].GetInt32();
            int i = 0;
            foreach (string wanted in Strings(rectangle[2]))
            {
                string[] columns = Columns(shown, top + i);
                string found = string.Concat(columns.Skip(left).Take(wanted.Length));
                if (found != wanted)
                {
                    return $"at {top + i},{left}: want '{wanted}' got '{found}'";
                }

                i++;
            }
        }

        return null;
    }

    private static string? Cursor(JsonElement expect, JsonElement shown)
    {
        if (expect.TryGetProperty("cursor", out JsonElement cursor) && cursor.ValueKind == JsonValueKind.Array)
        {
            int column = Math.Min(cursor[1].GetInt32(), shown.GetProperty("cols").GetInt32() - 1);
            JsonElement found = shown.GetProperty("cursor");
            if (cursor[0].GetInt32() != found[0].GetInt32() || column != found[1].GetInt32())
            {
                return $"cursor: want {cursor} got {found}";
            }
        }

        return expect.TryGetProperty("pending_wrap", out JsonElement wrap) && wrap.ValueKind is JsonValueKind.True or JsonValueKind.False
            && wrap.GetBoolean() != shown.GetProperty("pending_wrap").GetBoolean()
            ? $"pending wrap: want {wrap}"
            : null;
    }

    private static string? Cells(JsonElement expect, JsonElement shown)
    {
        if (!expect.TryGetProperty("cells", out JsonElement cells))
        {
            return null;
        }

        int columns = shown.GetProperty("cols").GetInt32();
        for (int row = 0; row < shown.GetProperty("rows").GetInt32(); row++)
        {
            CellStyle[] wanted = CellStyle.Expand(cells[row], columns);
            CellStyle[] found = CellStyle.Expand(shown.GetProperty("cells")[row], columns);
            string[] wantedText = Columns(expect, row, columns);
            string[] foundText = Columns(shown, row);
            for (int column = 0; column < columns; column++)
            {
                CellStyle a = wanted[column].Normalised(wantedText[column] is " " or "");
                CellStyle b = found[column].Normalised(foundText[column] is " " or "");
                if (a != b)
                {
                    return $"style at {row},{column}: want {a} got {b}";
                }
            }
        }

        return null;
    }

    private static string? Single(JsonElement expect, JsonElement shown)
    {
        foreach (JsonElement cell in Array(expect, "cell"))
        {
            int row = cell.GetProperty("row").GetInt32();
            int column = cell.GetProperty("col").GetInt32();
            int columns = shown.GetProperty("cols").GetInt32();
            if (row >= shown.GetProperty("rows").GetInt32() || column >= columns)
            {
                return "cell out of range";
            }

            if (CheckCell(cell, Columns(shown, row)[column], CellStyle.Expand(shown.GetProperty("cells")[row], columns)[column], IsWide(shown, row, column)) is { } reason)
            {
                return $"cell {row},{column}: {reason}";
            }
        }

        return null;
    }

    private static string? CheckCell(JsonElement cell, string text, CellStyle style, bool isWide)
    {
        if (cell.TryGetProperty("text", out JsonElement wanted) && Blank(wanted.GetString()!) != Blank(text))
        {
            return $"want '{wanted}' got '{text}'";
        }

        if (cell.TryGetProperty("width", out JsonElement width) && width.GetInt32() != (isWide ? 2 : 1))
        {
            return $"want width {width}";
        }

        foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)[("fg", style.Foreground), ("bg", style.Background), ("ul", style.Underline), ("link", style.Link)])
        {
            if (cell.TryGetProperty(name, out JsonElement color) && Value(color) != value)
            {
                return $"{name}: want {color} got {value}";
            }
        }

        return cell.TryGetProperty("flags", out JsonElement flags) && flags.GetString() != style.Flags ? $"flags: want {flags} got {style.Flags}" : null;
    }

    private static string? Modes(JsonElement expect, JsonElement shown)
    {
        if (!expect.TryGetProperty("modes", out JsonElement modes))
        {
            return null;
        }

        foreach (JsonProperty mode in modes.EnumerateObject())
        {
            if (shown.GetProperty("modes").TryGetProperty(mode.Name, out JsonElement found) && found.GetRawText() != mode.Value.GetRawText())
            {
                return $"mode {mode.Name}: want {mode.Value} got {found}";
            }
        }

        return null;
    }

    private static string? Values(JsonElement expect, JsonElement shown)
    {
        foreach (string name in (ReadOnlySpan<string>)["title", "alt", "cursor_visible", "scrollback", "responses"])
        {
            if (expect.TryGetProperty(name, out JsonElement wanted) && wanted.ValueKind != JsonValueKind.Null && Value(wanted) != Value(shown.GetProperty(name)))
            {
                return $"{name}: want {Readable(name, wanted)} got {Readable(name, shown.GetProperty(name))}";
            }
        }

        return null;
    }

    private static string Readable(string name, JsonElement value) => name == "responses"
        ? Encoding.Latin1.GetString(value.GetBytesFromBase64()).Replace("\e", "ESC ", StringComparison.Ordinal)
        : value.ToString();

    /// <summary>The text that each column begins, from the detailed form where there is one.</summary>
    private static string[] Columns(JsonElement screen, int row, int columns = 0)
    {
        columns = columns > 0 ? columns : screen.GetProperty("cols").GetInt32();
        string[] cells = [.. Enumerable.Repeat(" ", columns)];
        if (!screen.TryGetProperty("uni", out JsonElement details) || !details.TryGetProperty(row.ToString(), out JsonElement detail))
        {
            string line = screen.GetProperty("lines")[row].GetString()!;
            for (int i = 0; i < Math.Min(line.Length, columns); i++)
            {
                cells[i] = line[i].ToString();
            }

            return cells;
        }

        int column = 0;
        foreach (JsonElement cell in detail.EnumerateArray().TakeWhile(_ => column < columns))
        {
            int width = cell[1].GetInt32();
            cells[column] = cell[0].GetString()!;
            if (width == 2 && column + 1 < columns)
            {
                cells[column + 1] = "";
            }

            column += width;
        }

        return cells;
    }

    private static bool IsWide(JsonElement shown, int row, int column) =>
        shown.GetProperty("wide").EnumerateArray().Any(at => at[0].GetInt32() == row && at[1].GetInt32() == column);

    private static string Blank(string text) => text.Length == 0 ? " " : text;

    private static string Trim(string text) => text.TrimEnd(' ', '\u00a0', '\0');

    private static string Value(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "" : value.ToString();

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);

    private static JsonElement.ArrayEnumerator Array(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray() : default;
}
