namespace Tether.EndToEnd.Tests.Commands;

/// <summary>What is printed must arrive: a full device is a failure that is told, a reader who has seen enough is none. /dev/full takes no byte.</summary>
public sealed class OutputFailureTests
{
    public static TheoryData<string> Commands { get; } = new(
        "ls", "ls --all", "ls --json", "capture @", "capture @ --json", "logs @", "export @", "status", "queue", "rules", "audit", "agents", "clients @",
        "completion bash", "--help", "rules add --help", "--version", "");

    [EndToEndTheory("bash")]
    [MemberData(nameof(Commands))]
    public async Task A_full_device_is_told_and_the_status_is_1(string command)
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("full", "sh", "-c", "echo something; sleep 600");
        await sandbox.UntilShows(id, "something");
        var (status, errors) = await Shell(sandbox, $"exec {sandbox.Tether} {command.Replace("@", id, StringComparison.Ordinal)} >/dev/full");
        Assert.True(status == 1, $"{status} {errors}");
        Assert.Matches("^tether: [^\n]*No space left on device[^\n]*\n$", errors);
    }

    [EndToEndFact]
    public async Task A_file_that_cannot_be_written_is_told_by_its_name()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("full", "sh", "-c", "echo something; sleep 600");
        await sandbox.UntilShows(id, "something");
        foreach (var file in (string[])["/dev/full", "/no/such/folder/x.cast"])
        {
            var result = await sandbox.Run("export", id, "-o", file);
            Assert.True(result.ExitCode == 1, result.ToString());
            Assert.Matches($"^tether: {file} cannot be written: [^\n]*\n$", result.Errors);
        }
    }

    [EndToEndFact("bash")]
    public async Task A_reader_who_has_seen_enough_is_no_failure()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("long", "seq", "1", "50000");
        await sandbox.UntilState(id, "exited");
        var (status, errors) = await Shell(sandbox, $"{sandbox.Tether} logs {id} | head -1; exit ${{PIPESTATUS[0]}}");
        Assert.Equal((0, ""), (status, errors));
    }

    private static async Task<(int Status, string Errors)> Shell(Sandbox sandbox, string line)
    {
        using var shell = Cli.Start(sandbox, "/bin/bash", "--norc", "-c", line);
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, errors, shell.WaitForExitAsync()).WaitAsync(Patience.Ample);
        return (shell.ExitCode, await errors);
    }
}
