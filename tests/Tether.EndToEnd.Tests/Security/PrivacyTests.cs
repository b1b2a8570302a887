namespace Tether.EndToEnd.Tests.Security;

/// <summary>What is typed is nowhere on the disk unless the program printed it.</summary>
public sealed class PrivacyTests
{
    [EndToEndFact]
    public async Task A_password_that_is_not_echoed_is_in_no_file()
    {
        await using var sandbox = new Sandbox();
        sandbox.WriteConfig("TETHER_LOG_LEVEL=trace\n");
        var id = await sandbox.Detached("secret", "sh", "-c", "stty -echo; printf 'Password: '; read x; read y; read z; echo thanks; sleep 600");
        await sandbox.UntilShows(id, "Password");
        var terminal = sandbox.Open("attach", id);
        await terminal.UntilShows("Password");
        terminal.Type("typed-hunter2\r");
        terminal.Type(Keys.Detach);
        await terminal.Exited;
        await sandbox.Run("input", id, "sent-hunter2");
        await using (var peer = await Peer.WebSocket(sandbox))
        {
            var channel = (await peer.Attach(id, "control", take: true))["channel"]!.GetValue<int>();
            await peer.Type(channel, "framed-hunter2\r");
            await sandbox.UntilShows(id, "thanks");
        }

        await sandbox.Do("stop");
        foreach (var path in Directory.EnumerateFiles(sandbox.Paths.DataDirectory, "*", SearchOption.AllDirectories))
        {
            Assert.True(File.ReadAllBytes(path).AsSpan().IndexOf("hunter2"u8) < 0, $"{path} holds what was typed");
        }
    }
}
