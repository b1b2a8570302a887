using Tether.Daemon.Approvals.Shell;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>What a person should see before he says yes to a simple command, beyond its paths and hosts.</summary>
internal static class RiskMarks
{
    private static readonly HashSet<string> Privileged = ["sudo", "su", "doas", "pkexec", "runuser", "chroot", "nsenter", "unshare", "setcap", "visudo", "usermod", "passwd", "machinectl"];

    private static readonly HashSet<string> Deleting = ["rm", "rmdir", "unlink", "shred", "dd", "truncate", "wipefs", "fdisk", "parted", "sgdisk", "dropdb", "mkswap", "blkdiscard", "trash"];

    private static readonly HashSet<string> Interpreters = ["python", "python2", "python3", "perl", "ruby", "node", "deno", "bun", "php", "lua", "osascript", "pwsh", "awk", "gawk", "mawk", "nawk", "Rscript", "tclsh"];

    private static readonly HashSet<string> Downloading = ["curl", "wget", "http", "https", "xh", "aria2c", "nc", "ncat", "netcat", "socat", "ssh"];

    private static readonly HashSet<string> RunsPackages = ["npx", "bunx", "pipx", "uvx"];

    public static IEnumerable<CommandMark> Of(PlacedCommand command)
    {
        if (command.IsTest || command.Program is not { } program)
        {
            yield break;
        }

        if (Privileged.Contains(program) || (program == "chmod" && command.Words.Any(word => word.Literal is { } mode && IsSetUser(mode))))
        {
            yield return Mark(MarkKind.Privilege, command.Words[0].Literal!);
        }

        if (IsDeletion(command, program))
        {
            yield return Mark(MarkKind.Deletion, Short(command.Source));
        }

        if (IsCode(command, program))
        {
            yield return Mark(MarkKind.Code, command.ReadsFrom.Count > 0 && Wrappers.IsShell(program) ? $"{string.Join(" | ", command.ReadsFrom)} | {program}" : Short(command.Source));
        }
    }

    /// <summary>True when a program's words are no more than data to it: what they say is not run.</summary>
    public static bool RunsNoArguments(string program) => Plain.Contains(program);

    private static readonly HashSet<string> Plain =
    [
        "git", "echo", "printf", "cat", "ls", "grep", "egrep", "fgrep", "rg", "head", "tail", "wc", "sort", "uniq", "cut", "tr", "mkdir", "rmdir", "touch", "cp", "mv", "rm", "ln", "chmod", "chown", "diff",
        "stat", "file", "du", "df", "basename", "dirname", "realpath", "readlink", "pwd", "date", "sleep", "test", "[", "true", "false", ":", "cd", "kill", "ps", "which", "type", "tee", "jq", "seq",
    ];

    /// <summary>True when it reads a script from a download: `curl … | sh`.</summary>
    public static bool RunsDownload(PlacedCommand command) =>
        command.Program is { } program && (Wrappers.IsShell(program) || Interpreters.Contains(program)) && command.ReadsFrom.Any(Downloading.Contains);

    private static bool IsDeletion(PlacedCommand command, string program)
    {
        string[] words = [.. command.Words.Skip(1).Select(word => word.Literal ?? "")];
        return Deleting.Contains(program) || program.StartsWith("mkfs", StringComparison.Ordinal)
            || (program == "git" && IsGitDeletion(words))
            || (program == "find" && words.Contains("-delete"))
            || (program == "rsync" && words.Any(word => word.StartsWith("--delete", StringComparison.Ordinal)))
            || (program is "docker" or "podman" && words.Any(word => word is "prune" or "rm" or "rmi"))
            || (program is "kubectl" or "terraform" or "aws" or "gcloud" && words.Any(word => word is "delete" or "destroy" or "rm" or "terminate-instances"))
            || (program is "psql" or "mysql" or "sqlite3" or "mariadb" or "clickhouse" && words.Any(IsSqlDeletion));
    }

    private static bool IsGitDeletion(string[] words) =>
        (words.Contains("reset") && words.Contains("--hard")) || words.Contains("clean") || words.Contains("filter-branch") || words.Contains("rm")
        || (words.Contains("push") && words.Any(word => word is "-f" or "--delete" or "-d" or "--mirror" || word.StartsWith("--force", StringComparison.Ordinal) || word is ['+' or ':', _, ..]))
        || (words.Contains("branch") && words.Any(word => word is "-D" or "-d" or "--delete")) || (words.Contains("checkout") && words.Any(word => word is "--" or "." or "-f" or "--force"))
        || words.Contains("restore") || (words.Contains("stash") && words.Any(word => word is "drop" or "clear")) || (words.Contains("reflog") && words.Contains("expire")) || words.Contains("update-ref");

    private static bool IsSqlDeletion(string word) =>
        word.Contains("DROP ", StringComparison.OrdinalIgnoreCase) || word.Contains("TRUNCATE ", StringComparison.OrdinalIgnoreCase) || word.Contains("DELETE FROM", StringComparison.OrdinalIgnoreCase);

    private static bool IsCode(PlacedCommand command, string program)
    {
        if (Wrappers.IsShell(program))
        {
            return true;
        }

        string?[] words = [.. command.Words.Skip(1).Select(word => word.Literal)];
        return program is "eval" or "source" or "." or "trap" || RunsPackages.Contains(program)
            || (Interpreters.Contains(program) && (program.EndsWith("awk", StringComparison.Ordinal) ? words.Any(word => word?.Contains("system", StringComparison.Ordinal) != false)
                : command.ReadsFrom.Count > 0 || command.Redirections.Any(redirection => redirection.Kind == RedirectionKind.Text)
                    || words.Any(word => word is null or "-c" or "-e" or "-E" or "-r" or "-p" or "--eval" or "--print" or "eval" or "-")))
            || (program == "git" && words.Any(word => word is "-c" or "--exec-path" or "--config-env" || word?.StartsWith("--upload-pack", StringComparison.Ordinal) == true));
    }

    private static bool IsSetUser(string mode) => mode.Contains("+s", StringComparison.Ordinal) || (mode.Length == 4 && mode[0] is '2' or '4' or '6' && mode.All(char.IsAsciiDigit));

    private static CommandMark Mark(MarkKind kind, string text) => new() { Kind = kind, Text = text };

    private static string Short(string text) => text.Length <= 120 ? text : text[..119] + "…";
}
