using System.Diagnostics;

namespace Tether.Testing;

/// <summary>Runs `tether` as a script would: no terminal, separate output and errors.</summary>
public static class Cli
{
    public static Task<CliResult> Run(Sandbox sandbox, params string[] arguments) => Run(sandbox, Patience.Ample, "", arguments);

    /// <summary>Runs it to its end with this on its standard input; kills it when it takes longer.</summary>
    public static async Task<CliResult> Run(Sandbox sandbox, TimeSpan within, string input, params string[] arguments)
    {
        using var process = Start(sandbox, sandbox.Tether, arguments);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input.
        }

        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await Task.WhenAll(output, errors, process.WaitForExitAsync()).WaitAsync(within);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw new TimeoutException($"tether {string.Join(' ', arguments)} did not end in {within}; its errors so far: {await errors}");
        }

        return new CliResult(arguments, process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a program in the sandbox's environment and leaves it running: for commands that follow something.</summary>
    public static Process Start(Sandbox sandbox, string program, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = sandbox.WorkingDirectory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in sandbox.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("could not start " + program);
    }
}
