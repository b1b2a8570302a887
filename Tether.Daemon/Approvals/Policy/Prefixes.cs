using Tether.Daemon.Approvals.Facts;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>The beginnings of commands that a person may want to allow for good: `git status`, not `git`, and not `rm`.</summary>
internal static class Prefixes
{
    // Their second word says what they do.
    private static readonly HashSet<string> WithSubcommands =
    [
        "git", "npm", "pnpm", "yarn", "bun", "cargo", "go", "dotnet", "docker", "podman", "kubectl", "pip", "pip3", "uv", "poetry", "gh", "glab", "brew", "apt", "apt-get", "apt-cache", "systemctl",
        "terraform", "helm", "gradle", "mvn", "rustup", "composer", "bundle", "rails", "mix", "swift", "flutter", "dart", "nix", "tether", "aws", "gcloud", "az", "conda", "deno", "make", "just",
    ];

    // Another word behind these says what they do: `npm run test`.
    private static readonly HashSet<string> WithThird = ["run", "compose", "exec", "remote", "stash", "worktree", "pr", "issue", "config", "submodule", "tool"];

    // What is allowed for good is neither another's rights nor text that is run.
    private static readonly HashSet<string> Never =
    [
        "sudo", "su", "doas", "env", "xargs", "eval", "exec", "sh", "bash", "zsh", "dash", "ksh", "python", "python3", "node", "perl", "ruby", "php", "deno", "bun", "awk", "find", "ssh", "curl", "wget",
        "rm", "dd", "chmod", "chown", "mv", "ln", "kill", "pkill", "killall", "npx", "bunx", "uvx", "source", ".", "tee", "nc", "socat", "watch", "parallel", "alias", "export", "tether", "tetherd",
    ];

    /// <summary>One for each command that needs one; empty when there is none that could be allowed for good.</summary>
    public static string[] Of(AskReading reading)
    {
        if (reading.Ask.Command is null || reading.Doubts.Count > 0 || reading.Facts.Risk == RiskLevel.High
            || reading.Facts.Marks.Any(mark => mark.Kind is MarkKind.Deletion or MarkKind.Privilege or MarkKind.Secret || (mark.Kind == MarkKind.Code && !IsOnlyTransparent(reading))))
        {
            return [];
        }

        var prefixes = new List<string>();
        foreach (var command in reading.Parts.Select(part => part.Command).OfType<PlacedCommand>())
        {
            if (command.IsTest || command.IsTransparent || Guards.DoesNothing(command))
            {
                continue;
            }

            if (Of(command) is not { } prefix)
            {
                return [];
            }

            if (!prefixes.Contains(prefix))
            {
                prefixes.Add(prefix);
            }
        }

        return [.. prefixes];
    }

    /// <summary>Null when there is none.</summary>
    public static string? Of(PlacedCommand command)
    {
        if (command.Call is not { } call || Never.Contains(call) || !IsPlain(call) || call.Contains('/', StringComparison.Ordinal))
        {
            return null;
        }

        if (!WithSubcommands.Contains(call))
        {
            return call;
        }

        if (command.Words.Count < 2 || command.Words[1].Literal is not { } second || !IsPlain(second) || second.StartsWith('-'))
        {
            return null;
        }

        return !WithThird.Contains(second) ? $"{call} {second}"
            : command.Words.Count > 2 && command.Words[2].Literal is { } third && IsPlain(third) && !third.StartsWith('-') ? $"{call} {second} {third}"
            : null;
    }

    // Codex runs everything by `bash -lc '…'`; what stands inside is what counts.
    private static bool IsOnlyTransparent(AskReading reading) =>
        reading.Parts.Where(part => part.Command is not null).All(part => part.Command!.IsTransparent || !RiskMarks.Of(part.Command).Any(mark => mark.Kind == MarkKind.Code));

    // Words that mean themselves wherever they are written.
    private static bool IsPlain(string word) => word.Length is > 0 and <= 64 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '+' or '@' or '/');
}
