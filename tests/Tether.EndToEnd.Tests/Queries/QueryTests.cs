using System.Text;

namespace Tether.EndToEnd.Tests.Queries;

/// <summary>The daemon answers a program's questions to its terminal, once and in order; no viewer's terminal ever sees one.</summary>
public sealed class QueryTests
{
    private const string Ask = @"\033[c\033[>c\033[=c\033[5n\033[6n\033[?25$p\033[>q\033]10;?\033\\\033]11;?\007\033[?u\033P+q544e\033\\\033[18t";

    [EndToEndTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Each_is_answered_once_whoever_is_attached(int viewers)
    {
        await using var sandbox = new Sandbox();
        var go = Path.Combine(sandbox.Directory, "go");
        var id = await sandbox.Detached("asking", "sh", "-c", $"stty raw -echo; printf ready; until [ -e {go} ]; do sleep 0.02; done; printf '{Ask}'; dd bs=1 count=1 2>/dev/null | cat -v; cat -v");
        await sandbox.UntilShows(id, "ready");
        var terminals = Enumerable.Range(0, viewers).Select(number => sandbox.Open("attach", id, number == 0 ? "--control" : "--observe")).ToList();
        foreach (var terminal in terminals)
        {
            await terminal.UntilShows("ready");
        }

        await File.WriteAllTextAsync(go, "");
        await sandbox.UntilShows(id, @"\^\[\[8;24;80t");
        var answers = (await JournalBytes.Read(sandbox, id)).Text;
        answers = answers[answers.LastIndexOf("[18t", StringComparison.Ordinal)..];

        // One of each, in the order of the questions.
        var position = 0;
        foreach (var start in (string[])["^[[?6", "^[[>", "^[P!|", "^[[0n", "^[[1;6R", "^[[?25;1$y", "^[P>|", "^[]10;rgb:", "^[]11;rgb:", "^[[?0u", "^[P", "^[[8;24;80t"])
        {
            var found = answers.IndexOf(start, position, StringComparison.Ordinal);
            Assert.True(found >= position, $"{start} is missing behind {position} in {answers}");
            position = found + start.Length;
        }

        Assert.Equal(1, answers.Split("^[[8;24;80t").Length - 1);
        Assert.Equal(1, answers.Split("^[[?25;1$y").Length - 1);
    }

    [EndToEndFact]
    public async Task None_reaches_the_terminal_in_front_of_the_person()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("asking", "sh", "-c", $"stty raw -echo; printf ready; head -c 1 >/dev/null; printf 'A{Ask}B'; exec cat >/dev/null");
        var terminal = sandbox.Open("attach", id);
        await terminal.UntilShows("ready");
        var before = terminal.Captured.Length;
        terminal.Type("x");
        await terminal.UntilShows("B");
        var seen = Encoding.Latin1.GetString(terminal.Captured.AsSpan(before));
        seen = seen[seen.IndexOf('A')..];
        foreach (var question in (string[])["\e[c", "\e[>c", "\e[=c", "\e[5n", "\e[6n", "$p", "\e[>q", "]10;?", "]11;?", "\e[?u", "\eP+q", "\e[18t"])
        {
            Assert.DoesNotContain(question, seen, StringComparison.Ordinal);
        }
    }
}
