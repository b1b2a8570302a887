namespace Tether.EndToEnd.Tests.Security;

public sealed class PermissionTests
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [EndToEndFact]
    public async Task Folders_are_0700_and_files_and_sockets_0600_whatever_the_umask()
    {
        await using var sandbox = new Sandbox();
        using (var start = Cli.Start(sandbox, "/bin/sh", "-c", "umask 000; exec tether run any -d --title open -- echo private"))
        {
            await start.WaitForExitAsync().WaitAsync(Patience.Usual);
            Assert.Equal(0, start.ExitCode);
        }

        await sandbox.UntilState(await IdOf(sandbox, "open"), "exited");
        foreach (var folder in (string[])[sandbox.Paths.RuntimeDirectory, sandbox.Paths.DataDirectory])
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder) & Others);
            foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
            {
                Assert.True((File.GetUnixFileMode(path) & Others) == UnixFileMode.None, $"{path} is {File.GetUnixFileMode(path)}");
            }
        }
    }

    [EndToEndFact]
    public async Task Nothing_listens_on_the_network()
    {
        await using var sandbox = new Sandbox();
        await sandbox.Detached("quiet", "sleep", "600");
        var status = await sandbox.Status();
        foreach (var process in (int[])[status.ProcessId, status.KeeperProcessId])
        {
            var sockets = Directory.EnumerateFiles($"/proc/{process}/fd").Select(path => new FileInfo(path).LinkTarget ?? "")
                .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]).ToHashSet();
            foreach (var table in (string[])["tcp", "tcp6", "udp", "udp6"])
            {
                var path = $"/proc/{process}/net/{table}";
                var inodes = File.Exists(path) ? File.ReadLines(path).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[9]) : [];
                Assert.DoesNotContain(inodes, sockets.Contains);
            }
        }
    }

    [EndToEndFact(Needs.Root, "setpriv", "/usr/bin/python3")]
    public async Task Another_user_is_refused_even_when_the_folders_are_opened()
    {
        await using var sandbox = new Sandbox();
        var id = await sandbox.Detached("mine", "cat");
        foreach (var folder in (string[])[sandbox.Directory, Path.GetDirectoryName(sandbox.Paths.RuntimeDirectory)!, sandbox.Paths.RuntimeDirectory])
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }

        foreach (var socket in Directory.EnumerateFiles(sandbox.Paths.RuntimeDirectory, "*.sock"))
        {
            File.SetUnixFileMode(socket, (UnixFileMode)0b110_110_110);
        }

        // The shell cannot open a Unix socket.
        const string ask = """
            import socket, struct, sys
            s = socket.socket(socket.AF_UNIX); s.settimeout(5); s.connect(sys.argv[1])
            m = b'{"type":"hello","id":1,"versions":[1]}'
            try:
                s.sendall(struct.pack('<IB3x', len(m), 0) + m); print('answer', s.recv(100))
            except OSError as e:
                print('refused', e)
            """;
        var script = sandbox.Write("ask.py", ask);
        File.SetUnixFileMode(script, (UnixFileMode)0b110_100_100);
        using var other = Cli.Start(sandbox, "/usr/bin/env", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", script, sandbox.Paths.LocalSocket);
        var output = await other.StandardOutput.ReadToEndAsync().WaitAsync(Patience.Usual) + await other.StandardError.ReadToEndAsync();
        Assert.DoesNotContain("welcome", output, StringComparison.Ordinal);
        Assert.True(output.Contains("refused", StringComparison.Ordinal) || output.Contains("answer b''", StringComparison.Ordinal), output);
        Assert.Equal("running", await sandbox.StateOf(id));
    }

    private static async Task<string> IdOf(Sandbox sandbox, string title) =>
        (await sandbox.Json("ls", "--all", "--json")).AsArray().Single(session => session!["title"]!.GetValue<string>() == title)!["id"]!.GetValue<string>();
}
