using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Tether.Tui.Dashboard.Link;

/// <summary>Which files of a directory's repository have changed since some time, as git and the file system tell.</summary>
internal static class GitChanges
{
    private const int PatienceMilliseconds = 5000;

    /// <summary>
    /// How many files differ from the last commit and were written since, or were part of a commit since. A deleted file counts when its folder was
    /// written since. Null where there is no repository or no git, or it takes too long.
    /// </summary>
    /// <param name="directory">Anywhere in the repository.</param>
    /// <param name="since">When the person last looked.</param>
    /// <param name="git">The program.</param>
    public static int? Count(string directory, DateTimeOffset since, string git = "git")
    {
        if (Ask(git, directory, "rev-parse", "--show-toplevel")?.TrimEnd('\n') is not { Length: > 0 } top
            || Ask(git, directory, "status", "--porcelain", "-z", "--untracked-files=all") is not { } status)
        {
            return null;
        }

        var files = Entries(status).Where(file => IsWrittenSince(Path.Combine(top, file), since)).ToHashSet(StringComparer.Ordinal);
        var after = since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        // A repository without a commit has no log.
        files.UnionWith((Ask(git, directory, "log", $"--since=@{after}", "--name-only", "--format=", "-z") ?? "").Split('\0', StringSplitOptions.RemoveEmptyEntries));
        return files.Count;
    }

    private static bool IsWrittenSince(string path, DateTimeOffset since) =>
        File.Exists(path) ? File.GetLastWriteTimeUtc(path) >= since.UtcDateTime
        : Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder) && Directory.GetLastWriteTimeUtc(folder) >= since.UtcDateTime;

    // `XY path NUL`; a rename or copy has the old path behind it as an entry of its own.
    private static IEnumerable<string> Entries(string status)
    {
        var isOldName = false;
        foreach (var entry in status.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isOldName)
            {
                yield return entry[3..];
            }

            isOldName = !isOldName && entry[0] is 'R' or 'C';
        }
    }

    // Null when it failed.
    private static string? Ask(string git, string directory, params string[] words)
    {
        using var process = Start(new ProcessStartInfo(git, ["-C", directory, "--no-optional-locks", .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        });
        if (process is null)
        {
            return null;
        }

        process.StandardInput.Close();
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var reading = process.StandardOutput.ReadToEndAsync();
        if (!reading.Wait(PatienceMilliseconds))
        {
            process.Kill();
            return null;
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? reading.Result : null;
    }

    private static Process? Start(ProcessStartInfo how)
    {
        try
        {
            return Process.Start(how);
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return null;
        }
    }
}
