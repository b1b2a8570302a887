using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Tether.Daemon.Server.Api.Git;

/// <summary>Asks git about a directory: nothing is changed, no program that a repository names is run, and it takes neither long nor much.</summary>
internal static class GitProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private static readonly string[] Inherited = ["PATH", "HOME", "USER", "XDG_CONFIG_HOME"];

    /// <param name="directory">Where.</param>
    /// <param name="mostBytes">Of what it prints; the rest is left.</param>
    /// <param name="clock">For the limit.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="words">What to ask.</param>
    /// <returns>What it printed, whether that is all, and how it ended.</returns>
    /// <exception cref="ApiError">There is no git, or it took too long.</exception>
    public static async Task<GitOutput> AskAsync(string directory, int mostBytes, TimeProvider clock, CancellationToken stop, params string[] words)
    {
        using var process = Start(directory, words);
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

    private static Process Start(string directory, string[] words)
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
}
