using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Channels;

namespace Tether.Daemon.Approvals.Alerts;

/// <summary>Runs programs one after another, each to its end or its deadline; what they print goes where the daemon's output goes.</summary>
internal sealed class AlertPrograms : IDisposable
{
    // A program that hangs holds the others up; after so many nobody wants to hear of the rest.
    private const int MostWaiting = 16;

    private readonly Channel<ProcessStartInfo> _waiting = Channel.CreateBounded<ProcessStartInfo>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _ends = new();
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _clock;
    private readonly Action<string> _problem;
    private readonly Lazy<Task> _loop;

    /// <param name="deadline">After this a program is killed, with what it has started.</param>
    /// <param name="clock">For the deadline.</param>
    /// <param name="problem">Told what went wrong, without what was to be told.</param>
    public AlertPrograms(TimeSpan deadline, TimeProvider clock, Action<string> problem)
    {
        (_deadline, _clock, _problem) = (deadline, clock, problem);
        _loop = new Lazy<Task>(() => Task.Run(RunAsync));
    }

    /// <summary>Runs a program when those before it are done; dropped when too many wait. Does not wait.</summary>
    public void Run(ProcessStartInfo program)
    {
        program.RedirectStandardInput = true;
        if (_waiting.Writer.TryWrite(program))
        {
            _ = _loop.Value;
        }
        else if (!_ends.IsCancellationRequested)
        {
            _problem($"{program.FileName} was not run: {MostWaiting} wait already");
        }
    }

    public void Dispose()
    {
        _ends.Cancel();
        _waiting.Writer.TryComplete();
        _ = _loop.IsValueCreated && _loop.Value.Wait(TimeSpan.FromSeconds(2));
        _ends.Dispose();
    }

    private async Task RunAsync()
    {
        await foreach (var program in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (!_ends.IsCancellationRequested)
            {
                await RunAsync(program).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(ProcessStartInfo program)
    {
        try
        {
            using var late = new CancellationTokenSource(_deadline, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _ends.Token);
            using var process = Process.Start(program)!;
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                _problem($"{program.FileName} did not end in time and was killed");
                return;
            }

            if (process.ExitCode != 0)
            {
                _problem($"{program.FileName} ended with {process.ExitCode}");
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            _problem($"{program.FileName} cannot be run: {e.Message}");
        }
    }
}
