using System.Text.Json;

namespace Tether.Vt;

/// <summary>The style of a cell in the words of the snapshots: colours as text, flags as letters.</summary>
internal readonly record struct CellStyle(string Foreground, string Background, string Flags, string Underline, string Link)
{
    private static readonly CellStyle Default = new("-1", "-1", "", "", "");

    /// <summary>Runs to one style a column.</summary>
    public static CellStyle[] Expand(JsonElement runs, int columns)
    {
        var styles = new CellStyle[columns];
        Array.Fill(styles, Default);
        int column = 0;
        foreach (JsonElement run in runs.EnumerateArray())
        {
            string[] parts = [.. run.EnumerateArray().Select(part => part.ToString()), "", ""];
            var style = new CellStyle(parts[1], parts[2], parts[3], parts[4], parts[5]);
            for (int i = 0; i < run[0].GetInt32() && column < columns; i++)
            {
                styles[column++] = style;
            }
        }

        return styles;
    }

    /// <summary>Without what cannot be seen: on a blank, most attributes and a foreground that paints nothing.</summary>
    public CellStyle Normalised(bool isBlank)
    {
        string flags = isBlank ? Visible(Flags) : Flags;
        return this with
        {
            Flags = flags,
            Foreground = isBlank && flags.Length == 0 ? "-1" : Foreground,
            Underline = flags.Contains('u') ? Underline : "",
        };
    }

    private static string Visible(string flags) => string.Concat(flags.Where(letter => letter is 'r' or 'u' or 's' or 'o' or (>= '0' and <= '9')));
}
