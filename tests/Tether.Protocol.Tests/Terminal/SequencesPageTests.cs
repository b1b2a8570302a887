using System.Text.RegularExpressions;
using Tether.Protocol.Terminal.Modes;
using Tether.Protocol.Terminal.Sequences;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

/// <summary>SEQUENCES.md and the dispatch tables say the same.</summary>
public sealed partial class SequencesPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.Path("Tether.Protocol/Terminal/SEQUENCES.md"));

    [Fact]
    public void Every_control_sequence_is_described() =>
        Assert.Equal(CsiTable.Entries.Select(entry => $"{entry.Form} {entry.Name}").Order(), Described("CSI"));

    [Fact]
    public void Every_escape_sequence_is_described() =>
        Assert.Equal(EscapeTable.Entries.Select(entry => $"{entry.Form} {entry.Name}").Order(), Described("ESC"));

    [Fact]
    public void Every_mode_is_described() => Assert.Equal(
        ModeTable.Entries.Select(entry => $"| {(entry.IsPrivate ? "?" : "")}{entry.Number} | {entry.Name} | {(entry.InSnapshot ? "yes" : "no")} |").Order(),
        Page.SkipWhile(line => line != "## Modes").TakeWhile(line => line != "## Control strings").Where(line => ModeRow().IsMatch(line)).Order());

    // | `CSI ? $ p` | DECRQM | … |
    private static IEnumerable<string> Described(string introducer) => Page
        .Select(line => SequenceRow().Match(line))
        .Where(match => match.Success && match.Groups[1].Value == introducer)
        .Select(match => $"{Form(match.Groups[2].Value)} {match.Groups[3].Value}")
        .Order();

    private static string Form(string written) => string.Concat(written.Split(' ').Select(part => part switch { "SP" => " ", "backtick" => "`", _ => part }));

    [GeneratedRegex(@"^\| `(CSI|ESC) (.+?)` \| ([^|]+?) \|")]
    private static partial Regex SequenceRow();

    [GeneratedRegex(@"^\| \??\d+ \|")]
    private static partial Regex ModeRow();
}
