namespace Tether.Daemon.Approvals.Facts;

/// <summary>Files that usually hold secrets, and files by which an agent could change what runs later, by their names.</summary>
internal static class SecretFiles
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ".netrc", "_netrc", ".pgpass", ".git-credentials", ".npmrc", ".pypirc", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "credentials.json", "shadow", "gshadow",
        "sudoers", ".htpasswd", ".vault-token", "auth.json", ".credentials.json", ".docker/config.json", "authorized_keys", "master.key", "secrets.yml", "secrets.yaml",
        "secrets.json", "service-account.json", ".s3cfg", ".boto", "kubeconfig", "wallet.dat", "login.keychain-db",
    };

    private static readonly HashSet<string> Folders = new(StringComparer.OrdinalIgnoreCase)
    {
        ".ssh", ".aws", ".gnupg", ".azure", ".kube", ".password-store", "gcloud", "keyrings",
    };

    private static readonly string[] Endings = [".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk", ".asc", ".gpg"];

    private static readonly HashSet<string> GuardedFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        ".git", ".claude", ".codex", ".opencode", ".gemini", ".pi", ".husky", ".vscode", ".idea", ".devcontainer",
    };

    private static readonly HashSet<string> GuardedNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".profile", ".zshrc", ".zshenv", ".zprofile", ".zlogin", ".gitconfig", ".gitmodules", ".envrc",
        ".mcp.json", "opencode.json", "opencode.jsonc", ".tmux.conf", ".inputrc", "crontab",
    };

    /// <summary>True when a file of that path is likely to hold a secret.</summary>
    public static bool IsSecret(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return false;
        }

        var name = parts[^1];
        return IsEnvironment(name) || Names.Contains(name) || parts.Any(Folders.Contains) || Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || (path.StartsWith("/proc/", StringComparison.Ordinal) && name is "environ" or "mem");
    }

    /// <summary>True when writing it could run something later, unasked.</summary>
    public static bool IsGuarded(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && (parts.Any(GuardedFolders.Contains) || GuardedNames.Contains(parts[^1]));
    }

    // .env and .env.production, but no .env.example.
    private static bool IsEnvironment(string name) => name.StartsWith(".env", StringComparison.OrdinalIgnoreCase)
        && (name.Length == 4 || name[4] == '.')
        && !(name.EndsWith(".example", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".sample", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".template", StringComparison.OrdinalIgnoreCase));
}
