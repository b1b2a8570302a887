namespace Tether.Testing;

/// <summary>How one run of `tether` ended and what it printed.</summary>
public sealed record CliResult(string[] Arguments, int ExitCode, string Output, string Errors)
{
    /// <summary>What it printed, if it succeeded.</summary>
    public string Succeeded() => ExitCode == 0 ? Output : throw new InvalidOperationException(ToString());

    public override string ToString() =>
        $"tether {string.Join(' ', Arguments)} → {ExitCode}\n--- output\n{Output}\n--- errors\n{Errors}";
}
