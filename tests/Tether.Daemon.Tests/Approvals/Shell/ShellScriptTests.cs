using System.Diagnostics;
using System.Text;
using Tether.Daemon.Approvals.Facts;
using Tether.Daemon.Approvals.Shell;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Shell;

public sealed class ShellScriptTests
{
    private static readonly PathResolver Paths = new("/home/u");

    [Fact]
    public void Generated_lines_have_exactly_the_commands_of_which_they_are_made()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var line = GeneratedLine.Of(seed, "one", "two", "three-x");
            if (line.Commands.Count > 1000)
            {
                continue;
            }

            var found = ScriptWalk.Read(line.Text, "/", Paths);
            Assert.True(found.Unreadable is null, $"seed {seed}: {found.Unreadable}\n{line.Text}");
            Assert.Equal(Sorted(line.Commands), Sorted(found.Commands.Where(command => !command.IsTest && command.Words.Count > 0)
                .Select(command => command.Words.Select(word => word.Literal ?? "?").ToArray())));
        }
    }

    [Fact]
    public async Task Bash_gives_programs_the_words_that_were_read()
    {
        using var scratch = new ScratchDirectory();
        var script = new StringBuilder("say() { printf '%s\\0' \"$@\"; printf '\\1'; }\n");
        var expected = new List<string[]>();
        for (var seed = 0; seed < 400; seed++)
        {
            var words = GeneratedLine.Of(seed, "say").Commands.SelectMany(words => words.Skip(1)).Where(word => word != "?").Distinct().Take(6).ToArray();
            var text = "say " + string.Join(' ', words.Select((word, index) => index % 2 == 0 ? $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"
                : "\"" + string.Concat(word.Select(c => c is '$' or '`' or '"' or '\\' ? "\\" + c : c.ToString())) + "\"x" + "\\" + "y"));
            var read = Assert.Single(ScriptWalk.Read(text, "/", Paths).Commands);
            expected.Add([.. read.Words.Skip(1).Select(word => word.Literal!)]);
            script.Append(text).Append('\n');
        }

        var output = await Bash(scratch, script.ToString());
        var told = output.Split('\u0001', StringSplitOptions.RemoveEmptyEntries).Select(call => call.Split('\0')[..^1]).ToArray();
        Assert.Equal(expected.Select(words => words.Length == 0 ? [""] : words), told);
    }

    [Fact]
    public async Task Bash_runs_no_program_that_was_not_read()
    {
        // Everything is a function that tells its name; the lines are run in an empty folder.
        using var scratch = new ScratchDirectory();
        var lines = Enumerable.Range(0, 60).Select(seed => GeneratedLine.Of(seed, "one", "two")).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            var output = await Bash(scratch, "one() { echo one >&9; }; two() { echo two >&9; }\nexec 9>&1\n" + "{\n" + lines[i].Text + "\n} > /dev/null 2>&1 < /dev/null\n");
            var ran = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
            var script = ScriptWalk.Read(lines[i].Text, "/", Paths);
            Assert.Null(script.Unreadable);
            var read = script.Commands.Select(command => command.Program).ToHashSet();
            Assert.True(ran.All(read.Contains), $"seed {i}: ran {string.Join(' ', ran)}\n{lines[i].Text}");
        }
    }

    [Fact]
    public async Task What_was_read_is_what_bash_takes_for_a_script()
    {
        using var scratch = new ScratchDirectory();
        var random = new Random(7);
        string[] pieces = ["a", " ", "\n", ";", "&&", "||", "|", "&", "(", ")", "{ ", "; }", "'", "\"", "`", "$(", ")", "$x", "${x}", "<", ">", "<<E\n", "\nE\n", "#", "\\", "if ", "; then ", "; fi", "do ", "done", "case ", " in ", ";;", "esac", "[[ ", " ]]", "((", "))", "!", "2>&1", "<(", "=", "a=1 ", "*", "~"];
        var script = new StringBuilder();
        var count = 0;
        for (var i = 0; i < 6000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (ShellScript.Parse(text).Unreadable is null)
            {
                count++;
                script.Append("bash -n -c '").Append(text.Replace("'", "'\\''", StringComparison.Ordinal)).Append("' 2>/dev/null || printf '%s\\0' '").Append(text.Replace("'", "'\\''", StringComparison.Ordinal)).Append("'\n");
            }

            if (count == 250)
            {
                break;
            }
        }

        Assert.True(count > 100);
        Assert.Equal("", await Bash(scratch, script.ToString()));
    }

    [Fact]
    public void No_text_makes_it_throw_or_go_on_for_long()
    {
        var random = new Random(1);
        const string Signs = "ab \n\t;&|()<>{}$`\"'\\#!*?[]~=0129@-\0\u001b\u00e9\ud800";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Signs[random.Next(Signs.Length)])]);
            _ = ScriptWalk.Read(text, "/", Paths);
        }
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "parentheses", new string('(', 60_000) },
        { "spaced parentheses", string.Concat(Enumerable.Repeat("( ", 30_000)) },
        { "substitutions", string.Concat(Enumerable.Repeat("$(", 30_000)) },
        { "braces", string.Concat(Enumerable.Repeat("${a:-", 13_000)) },
        { "arithmetic", string.Concat(Enumerable.Repeat("$((", 20_000)) },
        { "backticks", string.Concat(Enumerable.Repeat("`\\", 30_000)) },
        { "quotes", string.Concat(Enumerable.Repeat("\"$(", 20_000)) },
        { "groups", string.Concat(Enumerable.Repeat("{ ", 30_000)) },
        { "ifs", string.Concat(Enumerable.Repeat("if ", 20_000)) },
        { "here-documents", string.Concat(Enumerable.Repeat("<<E ", 16_000)) },
        { "evals", string.Concat(Enumerable.Repeat("eval ", 13_000)) + "x" },
        { "sudos", string.Concat(Enumerable.Repeat("sudo ", 13_000)) + "x" },
        { "commands", string.Concat(Enumerable.Repeat("a;", 32_000)) },
        { "pipes", string.Concat(Enumerable.Repeat("a|", 32_000)) + "a" },
        { "cds", string.Concat(Enumerable.Repeat("cd a;", 13_000)) },
        { "continuations", string.Concat(Enumerable.Repeat("\\\n", 32_000)) },
        { "letters", new string('a', 65_000) },
        { "words", string.Concat(Enumerable.Repeat("a ", 32_000)) },
        { "too long", new string('a', 65_537) },
        { "reserved beginnings", string.Concat(Enumerable.Repeat("i\\\n", 21_000)) },
        { "functions", string.Concat(Enumerable.Repeat("f() {", 13_000)) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_texts_take_no_more_work_than_long_ones(string name, string text)
    {
        var limits = new ShellLimits();
        ScriptWalk.Read(text, "/", Paths, limits);
        Assert.True(limits.Steps <= ShellLimits.MostSteps / 4, $"{name}: {limits.Steps} steps for {text.Length} characters");
    }

    [Fact]
    public void What_takes_more_work_is_not_read_to_its_end()
    {
        var limits = new ShellLimits();
        limits.Step(ShellLimits.MostSteps - 10);
        Assert.Equal("it takes too long to read", ScriptWalk.Read("echo one two three", "/", Paths, limits).Unreadable);
    }

    [Theory]
    [InlineData("a b|c", "a b", "c")]
    [InlineData("A=1 B='x y' cmd", "cmd")]
    [InlineData("x=(a $(b) c)", "", "b")]
    [InlineData("cat <<A <<'B'\n$(one)\nA\n$(two)\nB\nthree", "cat", "one", "three")]
    [InlineData("sudo -u root env A=1 timeout 5 x y", "sudo -u root env A=1 timeout 5 x y", "env A=1 timeout 5 x y", "timeout 5 x y", "x y")]
    [InlineData("find . -name a -exec x {} \\; -exec y +", "find . -name a -exec x {} ; -exec y +", "x ?", "y")]
    [InlineData("bash -c 'x | bash -c \"y z\"'", "bash -c x | bash -c \"y z\"", "x", "bash -c y z", "y z")]
    [InlineData("case $(a) in $(b)) c;; esac", "a", "b", "c")]
    [InlineData("for i in `a`; do b; done >f", "a", "b")]
    [InlineData("echo \"${x:-\"$(a)\"}\"", "echo ?", "a")]
    [InlineData("f() ( a )", "a")]
    [InlineData("echo \"a\\\\\nb\"", "echo a\\\nb")]
    [InlineData("echo \"a\\\nb\" a\\\nb", "echo ab ab")]
    [InlineData("a&&b||c;d&e", "a", "b", "c", "d", "e")]
    [InlineData("time -p a", "a")]
    [InlineData("\"if\" a", "if a")]
    [InlineData("if=1; echo if then fi", "echo if then fi")]
    public void Finds_each_simple_command(string text, params string[] expected)
    {
        var script = ScriptWalk.Read(text, "/", Paths);
        Assert.Null(script.Unreadable);
        Assert.Equal(expected.Where(line => line.Length > 0).Order(StringComparer.Ordinal), script.Commands
            .Where(command => !command.IsTest && command.Words.Count > 0)
            .Select(command => string.Join(' ', command.Words.Select(word => word.Literal ?? "?"))).Order(StringComparer.Ordinal));
    }

    private static async Task<string> Bash(ScratchDirectory scratch, string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["--norc", "--noprofile", "-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = scratch.Path,
            StandardOutputEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        await bash.StandardInput.WriteAsync("ulimit -t 20\n" + script);
        bash.StandardInput.Close();
        return await output;
    }

    private static string[] Sorted(IEnumerable<string[]> commands) => [.. commands.Select(words => string.Join('\u0001', words)).Order(StringComparer.Ordinal)];
}
