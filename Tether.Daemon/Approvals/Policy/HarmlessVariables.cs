using Tether.Daemon.Approvals.Facts;
using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>Variables that change how a program looks, and not what it runs or touches.</summary>
internal static class HarmlessVariables
{
    private static readonly HashSet<string> Names =
    [
        "CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LANG", "LC_ALL", "LC_CTYPE", "LC_COLLATE", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME", "COLUMNS", "LINES", "PYTHONUNBUFFERED",
        "PYTHONDONTWRITEBYTECODE", "DOTNET_NOLOGO", "DOTNET_CLI_TELEMETRY_OPTOUT", "DEBIAN_FRONTEND", "RUST_BACKTRACE", "_",
    ];

    // Lower-case names that programs or zsh read.
    private static readonly HashSet<string> Meaningful =
    [
        "http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy", "path", "fpath", "cdpath", "manpath", "module_path", "fignore", "mailpath", "watch", "psvar", "prompt", "histchars",
        "signals", "status", "pipestatus", "argv", "commands", "functions", "aliases", "galiases", "saliases", "builtins", "options", "parameters", "dirstack", "nameddirs", "userdirs",
        "zsh_eval_context", "auto_resume", "histfile", "precmd_functions", "preexec_functions", "chpwd_functions", "periodic_functions", "zshexit_functions",
    ];

    public static bool Contains(ShellAssignment assignment, PlacedCommand command) => Names.Contains(assignment.Name)
        || (command.Words.Count == 0 && IsLocal(assignment.Name));

    // By custom, what is exported is written in capitals.
    private static bool IsLocal(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
        && !Meaningful.Contains(name) && !name.StartsWith("npm_", StringComparison.Ordinal);
}
