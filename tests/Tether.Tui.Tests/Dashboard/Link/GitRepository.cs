using System.Diagnostics;
using System.Globalization;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Link;

/// <summary>A repository in a folder of its own, with times that the test chooses.</summary>
internal sealed class GitRepository : IDisposable
{
    /// <summary>Git, wherever it is: tests run with a PATH of their own.</summary>
    public static readonly string Git = Array.Find(["/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git"], File.Exists) ?? "git";

    public GitRepository()
    {
        Directory.CreateDirectory(Folder);
        Run("init", "-q");
    }

    public string Folder { get; } = TestEnvironment.NewPath();

    public void Write(string file, string text, DateTimeOffset at)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, at.UtcDateTime);
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(path)!, at.UtcDateTime);
    }

    public void Delete(string file, DateTimeOffset at)
    {
        File.Delete(Path.Combine(Folder, file));
        Directory.SetLastWriteTimeUtc(Folder, at.UtcDateTime);
    }

    public void Commit(DateTimeOffset at)
    {
        Run("add", "-A");
        Run(at, "commit", "-q", "-m", "change");
    }

    public void Run(params string[] words) => Run(null, words);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Run(DateTimeOffset? at, params string[] words)
    {
        var how = new ProcessStartInfo(Git, ["-C", Folder, "-c", "user.name=test", "-c", "user.email=test@example.org", .. words]);
        how.Environment["GIT_CONFIG_GLOBAL"] = how.Environment["GIT_CONFIG_SYSTEM"] = "/dev/null";
        if (at is { } time)
        {
            how.Environment["GIT_AUTHOR_DATE"] = how.Environment["GIT_COMMITTER_DATE"] = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + " +0000";
        }

        using var git = Process.Start(how)!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
