using System.Diagnostics;

namespace Tether.Tui.Dashboard.Link;

/// <summary>How many files of a directory's repository differ from its last commit.</summary>
internal static class GitChanges
{
    private const int PatienceMilliseconds = 5000;

    /// <summary>Null where there is no repository or no git, or it takes too long.</summary>
    public static int? Count(string directory)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", directory, "--no-optional-locks", "status", "--porcelain", "-z"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        });
        if (git is null)
        {
            return null;
        }

        git.StandardInput.Close();
        git.ErrorDataReceived += static (_, _) => { };
        git.BeginErrorReadLine();
        var reading = git.StandardOutput.ReadToEndAsync();
        if (!reading.Wait(PatienceMilliseconds))
        {
            git.Kill();
            return null;
        }

        git.WaitForExit();
        return git.ExitCode == 0 ? CountEntries(reading.Result) : null;
    }

    // `XY path NUL`; a rename or copy has the old path behind it as an entry of its own.
    private static int CountEntries(string status)
    {
        var count = 0;
        var isOldName = false;
        foreach (var entry in status.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            count += isOldName ? 0 : 1;
            isOldName = !isOldName && entry[0] is 'R' or 'C';
        }

        return count;
    }
}
