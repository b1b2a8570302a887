using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tether.Protocol.Model;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>Asks git about a directory: no program that a repository names is run, and it takes neither long nor much.</summary>
internal static class GitProgram
{
    private const int MostSettings = 256 << 10;

    // Each takes a processor and memory; who asks while so many run waits.
    private const int MostAtOnce = 8;

    private static readonly SemaphoreSlim Places = new(MostAtOnce);

    private static readonly string[] Inherited = ["PATH", "HOME", "USER", "XDG_CONFIG_HOME", "SSH_AUTH_SOCK"];

    // These compare or copy files, and would have the repository's filters do it.
    private static readonly string[] Filtering = ["status", "diff", "add", "commit", "switch"];

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
    public static Task<GitOutput> AskAsync(string directory, int mostBytes, TimeProvider clock, CancellationToken stop, params string[] words) =>
        AskAsync(new GitCall(directory, clock) { MostBytes = mostBytes }, stop, words);

    /// <summary>The same, of which more is said.</summary>
    public static async Task<GitOutput> AskAsync(GitCall call, CancellationToken stop, params string[] words)
    {
        await Places.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var settings = Filtering.Contains(words[0]) ? GitFilters.Off(await RunAsync(call with { Input = null, MostBytes = MostSettings }, [], GitFilters.Question, stop).ConfigureAwait(false)) : [];
            return await RunAsync(call, settings, words, stop).ConfigureAwait(false);
        }
        finally
        {
            Places.Release();
        }
    }

    private static async Task<GitOutput> RunAsync(GitCall call, IReadOnlyList<(string Key, string Value)> settings, string[] words, CancellationToken stop)
    {
        using var process = Start(call, settings, words);
        using var limit = new CancellationTokenSource(call.Limit, call.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            var errors = ReadAsync(process.StandardError.BaseStream, 4096, both.Token);
            await WriteAsync(process, call.Input, both.Token).ConfigureAwait(false);
            var (bytes, isWhole) = await ReadAsync(process.StandardOutput.BaseStream, call.MostBytes, both.Token).ConfigureAwait(false);
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
            throw new ApiError(422, ApiError.Git, $"git {words[0]} took longer than {call.Limit.TotalSeconds} s");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken stop)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input), stop).ConfigureAwait(false);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; what it complains of says more.
        }
    }

    private static Process Start(GitCall call, IReadOnlyList<(string Key, string Value)> settings, string[] words)
    {
        var how = new ProcessStartInfo("git",
        [
            "-C", call.Directory, "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false", "-c", "core.quotePath=false",
            "-c", "gc.auto=0", "-c", "maintenance.auto=false", .. words,
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

        // What is missing in a partial clone would be fetched, by whatever program the repository names.
        how.Environment["GIT_ALLOW_PROTOCOL"] = call.Protocols;
        how.Environment["GIT_NO_LAZY_FETCH"] = "1";
        how.Environment["GIT_CONFIG_COUNT"] = settings.Count.ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < settings.Count; i++)
        {
            how.Environment[$"GIT_CONFIG_KEY_{i}"] = settings[i].Key;
            how.Environment[$"GIT_CONFIG_VALUE_{i}"] = settings[i].Value;
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

/// <summary>How git is asked.</summary>
/// <param name="Directory">Where.</param>
/// <param name="Clock">For the limit.</param>
internal sealed record GitCall(string Directory, TimeProvider Clock)
{
    /// <summary>Of what it prints; the rest is left.</summary>
    public int MostBytes { get; init; } = 64 << 10;

    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What it reads; null for nothing.</summary>
    public string? Input { get; init; }

    /// <summary>How it may go to other repositories, with colons between them.</summary>
    public string Protocols { get; init; } = "none";
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
