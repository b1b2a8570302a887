using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>Programs that run what their arguments say.</summary>
internal static class Wrappers
{
    private static readonly string[] TrustedFolders = ["/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/"];

    private static readonly Dictionary<string, WrapperForm> Forms = new(StringComparer.Ordinal)
    {
        ["sudo"] = new("-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt --close-from --role --type --other-user --chdir --chroot --command-timeout",
            TakesAssignments: true, IsElsewhereWith: "-D --chdir -R --chroot -i --login"),
        ["doas"] = new("-u -C"),
        ["pkexec"] = new("--user"),
        ["env"] = new("-u --unset -C --chdir", Harmless: "-u -i -", TakesAssignments: true, IsElsewhereWith: "-C --chdir", HiddenWith: "-S -vS --split-string"),
        ["timeout"] = new("-k -s --kill-after --signal", Harmless: "-k -s -v --kill-after --signal --foreground --preserve-status --verbose", Positionals: 1),
        ["nice"] = new("-n --adjustment", Harmless: "-n --adjustment #"),
        ["ionice"] = new("-c -n -t --class --classdata", Harmless: "-c -n -t --class --classdata --ignore"),
        ["nohup"] = new("", Harmless: ""),
        ["setsid"] = new("", Harmless: "-f -w -c --fork --wait --ctty"),
        ["stdbuf"] = new("-i -o -e --input --output --error", Harmless: "-i -o -e --input --output --error"),
        ["time"] = new("-f -o --format --output", Harmless: "-p -v -f --portability --verbose --format"),
        ["command"] = new("", Harmless: "-p", NothingWith: "-v -V"),
        ["builtin"] = new("", Harmless: ""),
        ["exec"] = new("-a", Harmless: "-c -l -a"),
        ["noglob"] = new("", Harmless: ""),
        ["nocorrect"] = new("", Harmless: ""),
        ["xargs"] = new("-n -L -P -I -d -s -E -a --max-args --max-lines --max-procs --replace --delimiter --max-chars --arg-file",
            Harmless: "-n -L -P -I -d -s -E -0 -r -t -x --max-args --max-procs --delimiter --null --no-run-if-empty --verbose --exit", IsOpenEnded: true),
        ["strace"] = new("-e -o -p -s -u -a -E -I -O -P -S -X -b"),
        ["ltrace"] = new("-e -o -p -s -u -a -l -n -A -D -F -x"),
        ["chroot"] = new("--userspec --groups", Positionals: 1, IsElsewhereWith: "*"),
        ["flock"] = new("-w -E --timeout --conflict-exit-code", Positionals: 1),
        ["taskset"] = new("", Positionals: 1),
        ["chrt"] = new("-T -P -D", Positionals: 1),
        ["unshare"] = new("-S -G -R -w --setuid --setgid --root --wd", IsElsewhereWith: "*"),
        ["nsenter"] = new("-t -S -G", IsElsewhereWith: "*"),
        ["systemd-run"] = new("-u -p -E -H -M -t --unit --property --setenv --working-directory --uid --gid", IsElsewhereWith: "*"),
        ["runuser"] = new("-u -g -G", IsElsewhereWith: "-l -"),
        ["caffeinate"] = new("-t -w", Harmless: "-d -i -m -s -u -t"),
        ["unbuffer"] = new("", Harmless: "-p"),
        ["busybox"] = new(""),
        ["toybox"] = new(""),
    };

    private static readonly HashSet<string> Shells = ["sh", "bash", "dash", "zsh", "ksh", "ash", "mksh", "rbash"];

    private static readonly HashSet<string> FindRuns = ["-exec", "-execdir", "-ok", "-okdir"];

    /// <summary>True when the program is a shell that reads its commands from a text, a file or its input.</summary>
    public static bool IsShell(string? program) => program is not null && Shells.Contains(program);

    /// <summary>What the words run besides themselves.</summary>
    public static Unwrapped Read(IReadOnlyList<ShellWord> words)
    {
        if (words.Count == 0 || words[0].Literal is not { } call)
        {
            return Unwrapped.Nothing;
        }

        var program = call[(call.LastIndexOf('/') + 1)..];
        var isTrusted = program == call || TrustedFolders.Any(folder => call == folder + program);
        var result = program switch
        {
            "eval" => Texts(words.Skip(1), isSameShell: true),
            "trap" when words.Count > 2 => Texts(words.Skip(1).Take(1), isSameShell: true) with { IsTransparent = false },
            "find" or "fd" or "fdfind" => ReadFind(words),
            "su" or "runuser" or "script" or "watch" or "flock" when OptionText(words, "c") is { } texts => texts,
            "watch" => Texts(words.Skip(1).SkipWhile(word => word.Literal?.StartsWith('-') != false), isSameShell: false) with { IsTransparent = false },
            _ when Shells.Contains(program) => ShellWords.Read(words, isPosix: program is not ("bash" or "zsh" or "ksh" or "mksh")),
            _ when Forms.TryGetValue(program, out var form) => form.Read(words),
            _ => Unwrapped.Nothing,
        };
        return isTrusted ? result : result with { IsTransparent = false };
    }

    private static Unwrapped Texts(IEnumerable<ShellWord> words, bool isSameShell)
    {
        var texts = words.ToArray();
        return texts.Length == 0 ? Unwrapped.Nothing
            : texts.All(word => word.Literal is not null && !word.IsTilde)
                ? new Unwrapped { Scripts = [string.Join(' ', texts.Select(word => word.Literal))], IsSameShell = isSameShell, IsTransparent = true }
                : new Unwrapped { Hidden = "a text that is not known is run as commands", IsSameShell = isSameShell };
    }

    private static Unwrapped? OptionText(IReadOnlyList<ShellWord> words, string option)
    {
        for (var i = 1; i < words.Count - 1; i++)
        {
            if (words[i].Literal is { } text && (text == "--command" || (text is ['-', not '-', ..] && text.EndsWith(option, StringComparison.Ordinal))))
            {
                return Texts([words[i + 1]], isSameShell: false) with { IsTransparent = false };
            }
        }

        return null;
    }

    private static Unwrapped ReadFind(IReadOnlyList<ShellWord> words)
    {
        var inner = new List<(int, int)>();
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i].Literal is { } text && (FindRuns.Contains(text) || text is "-x" or "-X" or "--exec" or "--exec-batch"))
            {
                var end = i + 1;
                while (end < words.Count && words[end].Literal is not (";" or "+"))
                {
                    end++;
                }

                inner.Add((i + 1, end - i - 1));
                i = end;
            }
        }

        return new Unwrapped { Inner = inner, Placeholder = "{}", IsOpenEnded = true, IsElsewhere = words.Any(word => word.Literal is "-execdir" or "-okdir") };
    }
}
