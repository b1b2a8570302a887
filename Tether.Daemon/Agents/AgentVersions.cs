using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Tether.Daemon.Agents;

/// <summary>What agents' programs say when they are asked for their version; each is asked once as it stands on the disk.</summary>
internal sealed class AgentVersions(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Program, DateTime WrittenAt), Task<string?>> _versions = [];

    /// <summary>Null when it says none in time.</summary>
    /// <param name="program">Absolute.</param>
    /// <param name="environment">The session's own, as `KEY=value`.</param>
    public Task<string?> Of(string program, string[] environment) =>
        _versions.GetOrAdd((program, File.GetLastWriteTimeUtc(program)), _ => AskAsync(program, environment, clock));

    /// <param name="program">Absolute.</param>
    /// <param name="environment">As `KEY=value`; null: this process's own.</param>
    public static async Task<string?> AskAsync(string program, string[]? environment, TimeProvider clock)
    {
        try
        {
            using var process = Process.Start(Start(program, environment))!;
            process.StandardInput.Close();

            // Pi says it on its standard error.
            var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            try
            {
                return VersionRange.Find(string.Concat(await said.WaitAsync(Patience, clock).ConfigureAwait(false))) is { Length: > 0 } version ? version : null;
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            // It is there and does not run.
        }

        return null;
    }

    private static ProcessStartInfo Start(string program, string[]? environment)
    {
        var start = new ProcessStartInfo(program, "--version") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var entry in environment)
            {
                var equals = entry.IndexOf('=', StringComparison.Ordinal);
                start.Environment[entry[..equals]] = entry[(equals + 1)..];
            }
        }

        return start;
    }
}
