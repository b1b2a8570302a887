using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>Asks git about a directory: nothing is changed, no program that a repository names is run, and it takes neither long nor much.</summary>
internal static class GitProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    // Each takes a processor and memory; who asks while so many run waits.
    private const int MostAtOnce = 8;

    // What prints the names of filters, and nothing else.
    private static readonly string[] AskFilters = ["config", "--null", "--name-only", "--get-regexp", @"^filter\..*\.(clean|process|required)$"];

    private const int MostFilters = 64 << 10;

    private static readonly SemaphoreSlim Places = new(MostAtOnce);

    private static readonly string[] Inherited = ["PATH", "HOME", "USER", "XDG_CONFIG_HOME"];

    /// <summary>Where git is asked about a session.</summary>
    /// <exception cref="ApiError">The directory is gone.</exception>
    public static string DirectoryOf(SessionRecord session) => Directory.Exists(session.Directory) ? session.Directory : throw new ApiError(422, ApiError.Git, "the session's directory is gone");

    /// <param name="directory">Where.</param>
    /// <param name="mostBytes">Of what it prints; the rest is left.</param>
    /// <param name="clock">For the limit.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="words">What to ask.</param>
    /// <returns>What it printed, whether that is all, and how it ended.</returns>
    /// <exception cref="ApiError">There is no git, or it took too long.</exception>
    public static async Task<GitOutput> AskAsync(string directory, int mostBytes, TimeProvider clock, CancellationToken stop, params string[] words)
    {
        await Places.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            // Only these look into files, which a filter that the repository names would be run on.
            var filters = words[0] is "status" or "diff" ? await RunAsync(directory, MostFilters, clock, AskFilters, [], stop).ConfigureAwait(false) : null;
            if (filters is { IsWhole: false })
            {
                throw new ApiError(422, ApiError.Git, "the repository names more filters than can be kept from running");
            }

            return await RunAsync(directory, mostBytes, clock, words, filters?.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? [], stop).ConfigureAwait(false);
        }
        finally
        {
            Places.Release();
        }
    }

    private static async Task<GitOutput> RunAsync(string directory, int mostBytes, TimeProvider clock, string[] words, string[] emptied, CancellationToken stop)
    {
        using var process = Start(directory, words, emptied);
        using var limit = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            process.StandardInput.Close();
            var errors = ReadAsync(process.StandardError.BaseStream, 4096, both.Token);
            var (bytes, isWhole) = await ReadAsync(process.StandardOutput.BaseStream, mostBytes, both.Token).ConfigureAwait(false);
            if (!isWhole)
            {
                process.Kill(entireProcessTree: true);
            }

            var (problem, _) = await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            return new GitOutput(Encoding.UTF8.GetString(bytes), isWhole, isWhole ? process.ExitCode : 0, Encoding.UTF8.GetString(problem).Trim());
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new ApiError(422, ApiError.Git, $"git {words[0]} took longer than {Limit.TotalSeconds} s");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // Settings that are emptied count for nothing, whatever the repository's own file says.
    private static Process Start(string directory, string[] words, string[] emptied)
    {
        var how = new ProcessStartInfo("git",
        [
            "-C", directory, "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false", "-c", "core.quotePath=false", .. words,
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        how.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                how.Environment[name] = value;
            }
        }

        how.Environment["LC_ALL"] = "C.UTF-8";
        how.Environment["GIT_TERMINAL_PROMPT"] = "0";

        // A partial clone would fetch what it lacks, by a program that its settings name.
        how.Environment["GIT_NO_LAZY_FETCH"] = "1";
        how.Environment["GIT_ALLOW_PROTOCOL"] = "none";
        how.Environment["GIT_CONFIG_COUNT"] = emptied.Length.ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < emptied.Length; i++)
        {
            how.Environment[$"GIT_CONFIG_KEY_{i}"] = emptied[i];
            how.Environment[$"GIT_CONFIG_VALUE_{i}"] = "";
        }

        try
        {
            return Process.Start(how) ?? throw new Win32Exception();
        }
        catch (Win32Exception)
        {
            throw new ApiError(422, ApiError.Git, "git is not installed, or the directory is gone");
        }
    }

    // What is more is read and dropped only as far as a pipe needs: the caller ends the program.
    private static async Task<(byte[] Bytes, bool IsWhole)> ReadAsync(Stream stream, int most, CancellationToken stop)
    {
        var read = new MemoryStream();
        var buffer = new byte[16 << 10];
        int count;
        while ((count = await stream.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
        {
            read.Write(buffer, 0, (int)Math.Min(count, most - read.Length));
            if (read.Length == most)
            {
                return (read.ToArray(), await stream.ReadAsync(buffer, stop).ConfigureAwait(false) == 0);
            }
        }

        return (read.ToArray(), true);
    }
}

/// <param name="Text">What it printed.</param>
/// <param name="IsWhole">False when there was more.</param>
/// <param name="ExitCode">0 when it succeeded.</param>
/// <param name="Problem">What it complained of.</param>
internal sealed record GitOutput(string Text, bool IsWhole, int ExitCode, string Problem)
{
    public bool IsGood => ExitCode == 0;

    /// <exception cref="ApiError">It failed.</exception>
    public GitOutput Good() => IsGood ? this
        : throw new ApiError(422, ApiError.Git, Problem.Contains("not a git repository", StringComparison.Ordinal) ? "the session's directory is in no git repository" : Problem.Split('\n')[0]);
}
