using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Tether.Daemon.Agents.Screens;

/// <summary>A dialog of choices as agents draw it: numbered lines of which one is selected, with text above.</summary>
/// <param name="First">The row of the first option.</param>
/// <param name="Last">The last row of the last option.</param>
/// <param name="Labels">The options in their order, lines that were wrapped joined.</param>
internal sealed partial record DialogLines(int First, int Last, string[] Labels)
{
    /// <summary>The lowest such list; null when there is none.</summary>
    public static DialogLines? Find(string[] rows)
    {
        for (var first = rows.Length - 1; first >= 0; first--)
        {
            if (Option().Match(rows[first]) is { Success: true } match && match.Groups["number"].Value == "1" && From(rows, first) is { } dialog)
            {
                return dialog;
            }
        }

        return null;
    }

    /// <summary>The digit that chooses the option at an index.</summary>
    public static byte[] Digit(int index) => [(byte)('1' + index)];

    /// <summary>The same for the same texts: <see cref="ScreenPrompt.Fingerprint"/>.</summary>
    public static string Fingerprint(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))).AsSpan(0, 8));

    private static DialogLines? From(string[] rows, int first)
    {
        var labels = new List<string>();
        var (selected, last, column) = (0, first, 0);
        for (var row = first; row < rows.Length && rows[row].Length > 0; row++)
        {
            var match = Option().Match(rows[row]);
            if (match.Success && match.Groups["number"].Value == $"{labels.Count + 1}")
            {
                labels.Add(match.Groups["label"].Value.Trim());
                selected += match.Groups["arrow"].Value.Length > 0 ? 1 : 0;
                column = match.Groups["label"].Index;
            }
            else if (labels.Count > 0 && rows[row].Length > column && rows[row].AsSpan(0, column).IsWhiteSpace())
            {
                // The rest of a label that did not fit.
                labels[^1] += " " + rows[row].Trim();
            }
            else
            {
                break;
            }

            last = row;
        }

        return labels.Count >= 2 && selected == 1 ? new DialogLines(first, last, [.. labels]) : null;
    }

    [GeneratedRegex(@"^\s*(?<arrow>[❯›]?)\s*(?<number>[1-9])\.\s+(?<label>\S.*)$")]
    private static partial Regex Option();
}
