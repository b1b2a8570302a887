namespace Tether.EndToEnd.Tests.Hostile;

/// <summary>Whatever a program prints, the daemon lives, stays small and still shows the next session.</summary>
[Collection(AloneCollection.Name)]
public sealed class HostileOutputTests
{
    private const long MayGrow = 32 << 20;

    private static readonly int Megabytes = Soak.Size(10, 100);

    [EndToEndFact]
    public Task Random_bytes() => IsEndured($"head -c {Megabytes}000000 /dev/urandom");

    [EndToEndFact]
    public Task A_line_without_an_end() => IsEndured($"head -c {Megabytes}000000 /dev/zero | tr '\\0' x");

    [EndToEndFact]
    public Task A_title_without_an_end() => IsEndured($"printf '\\033]0;'; head -c {Megabytes}000000 /dev/zero | tr '\\0' x");

    [EndToEndFact]
    public Task A_device_control_string_without_an_end() => IsEndured($"printf '\\033P'; head -c {Megabytes}000000 /dev/zero | tr '\\0' x");

    [EndToEndFact]
    public Task Parameters_without_an_end() => IsEndured($"printf '\\033['; head -c {Megabytes}000000 /dev/zero | tr '\\0' '1;'");

    [EndToEndFact]
    public Task Combining_characters_without_an_end() => IsEndured("printf e; yes \"$(printf '\\314\\201')\" | tr -d '\\n' | head -c 2000000");

    [EndToEndFact]
    public Task Queries_that_are_never_read() => IsEndured("stty -echo; yes \"$(printf '\\033[c\\033[6n\\033[>q')\" | head -c 2000000");

    [EndToEndFact("python3")]
    public Task A_size_of_500_by_2000_that_is_filled() => IsEndured(
        "python3 -c \"import sys; [sys.stdout.write('\\x1b[%d;1H\\x1b[4%dm%s' % (r, r % 8, 'x' * 2000)) for r in range(1, 501)]\"", 2000, 500, 128 << 20);

    private static async Task IsEndured(string script, int columns = 80, int rows = 24, long mayGrow = MayGrow)
    {
        await using var sandbox = new Sandbox();
        var go = Path.Combine(sandbox.Directory, "go");
        var id = await sandbox.Detached("hostile", columns, rows, "sh", "-c", $"until [ -e {go} ]; do sleep 0.02; done; {script}; sleep 0.1");
        var daemon = (await sandbox.Status()).ProcessId;
        var terminal = sandbox.Open("attach", id, "--observe");
        await sandbox.UntilClients(id, 1);
        var before = SandboxProcess.MemoryOf(daemon);
        await File.WriteAllTextAsync(go, "");
        await sandbox.UntilExit(id, Patience.Ample);
        await terminal.Exited;

        var grown = SandboxProcess.MemoryOf(daemon) - before;
        Assert.True(grown < mayGrow, $"the daemon grew by {grown >> 10} KiB");
        Assert.Equal(daemon, (await sandbox.Status()).ProcessId);
        await sandbox.Do("capture", id);
        var next = sandbox.Open("run", "any", "--", "echo", "still fine");
        Assert.Equal(0, await next.Exited);
        await next.UntilShows("still fine");
    }
}
