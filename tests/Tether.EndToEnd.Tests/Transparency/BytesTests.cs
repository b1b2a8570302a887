using System.Security.Cryptography;
using System.Text;

namespace Tether.EndToEnd.Tests.Transparency;

/// <summary>What is typed reaches the program in order and whole.</summary>
public sealed class BytesTests
{
    // Reads so many raw bytes, then prints their SHA-256.
    private static string[] Digest(int count) =>
        ["sh", "-c", $"stty raw -echo; printf ready; head -c {count} | sha256sum; sleep 600"];

    [EndToEndFact]
    public async Task All_256_values_from_a_terminal()
    {
        await using var sandbox = new Sandbox();
        sandbox.Set("TETHER_ESCAPE", "none");
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var terminal = sandbox.Open(["run", "any", "--", .. Digest(256)]);
        await terminal.UntilShows("ready");
        terminal.Type(bytes);
        await terminal.UntilShows(Sum(bytes));
    }

    [EndToEndTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_256_values_from_a_connection(bool isWebSocket)
    {
        await using var sandbox = new Sandbox();
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var id = await sandbox.Detached("digest", Digest(256));
        await sandbox.UntilShows(id, "ready");
        await using var peer = isWebSocket ? await Peer.WebSocket(sandbox) : await Peer.Local(sandbox);
        var channel = (await peer.Attach(id, "control"))["channel"]!.GetValue<int>();
        await peer.Type(channel, bytes);
        await peer.Watch(channel, 80, 24, screen => screen.Shows(Sum(bytes)), "the digest");
    }

    [EndToEndFact]
    public async Task A_paste_of_10_MB_from_a_terminal()
    {
        await using var sandbox = new Sandbox();
        var text = Text(10 << 20);
        var whole = Encoding.UTF8.GetBytes($"\e[200~{text}\e[201~");
        var terminal = sandbox.Open(["run", "any", "--", .. Digest(whole.Length)]);
        await terminal.UntilShows("ready");
        terminal.Type(whole);
        await terminal.UntilShows(Sum(whole), Patience.Ample);
    }

    [EndToEndTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_paste_of_10_MB_from_a_connection(bool isWebSocket)
    {
        await using var sandbox = new Sandbox();
        var bytes = Encoding.UTF8.GetBytes(Text(10 << 20));
        var id = await sandbox.Detached("digest", Digest(bytes.Length));
        await sandbox.UntilShows(id, "ready");
        await using var peer = isWebSocket ? await Peer.WebSocket(sandbox) : await Peer.Local(sandbox);
        var channel = (await peer.Attach(id, "control"))["channel"]!.GetValue<int>();
        foreach (var piece in bytes.Chunk(500_000))
        {
            await peer.Type(channel, piece);
        }

        await peer.Watch(channel, 80, 24, screen => screen.Shows(Sum(bytes)), "the digest", Patience.Ample);
    }

    [EndToEndFact]
    public async Task Characters_that_are_typed_byte_by_byte()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("run", "any", "--", "sh", "-c", "stty raw -echo; printf ready; cat");
        await terminal.UntilShows("ready");
        var expected = "ready";
        foreach (var character in (string[])["é", "漢", "🚀"])
        {
            var bytes = Encoding.UTF8.GetBytes(character);
            expected += character;
            foreach (var one in bytes)
            {
                terminal.Type([one]);
            }

            await terminal.UntilShows(expected);
        }
    }

    [EndToEndTheory("bash")]
    [InlineData("\x3", 2)]
    [InlineData("\x1c", 3)]
    public async Task Keys_that_make_signals(string key, int signal)
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("run", "any", "--", "sh", "-c", "echo ready; exec sleep 600");
        await terminal.UntilShows("ready");
        terminal.Type(key);
        Assert.Equal(128 + signal, await terminal.Exited);
    }

    [EndToEndFact("bash")]
    public async Task Ctrl_Z_suspends_a_job_of_the_shell_inside_and_fg_brings_it_back()
    {
        await using var sandbox = new Sandbox();
        var terminal = sandbox.Open("run", "shell");
        await terminal.UntilShows("ready>");
        // What is typed before the shell has left its line editor is read in the editor's mode, with or without Tether.
        terminal.Type("echo st''arted; cat\r");
        await terminal.UntilShows("started");
        terminal.Type("one\r");
        await terminal.Until(screen => screen.Lines.Count(line => line == "one") == 2, "cat's echo");
        terminal.Type("\x1a");
        await terminal.UntilShows("Stopped");
        terminal.Type("fg\r");
        await terminal.Until(screen => screen.Lines.Contains("cat"), "the job's name");
        terminal.Type("two\r");
        await terminal.Until(screen => screen.Lines.Count(line => line == "two") == 2, "cat's echo");
        terminal.Type("\x4");
        terminal.Type("exit 3\r");
        Assert.Equal(3, await terminal.Exited);
    }

    [EndToEndFact]
    public async Task Output_of_all_256_values_is_in_the_journal_as_printed()
    {
        await using var sandbox = new Sandbox();
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var file = Path.Combine(sandbox.Directory, "bytes");
        await File.WriteAllBytesAsync(file, bytes);
        var id = await sandbox.Detached("printer", "sh", "-c", $"stty raw; cat {file}");
        await sandbox.UntilState(id, "exited");
        Assert.Equal(bytes, (await JournalBytes.Read(sandbox, id)).Output);
    }

    private static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Text(int length)
    {
        var text = new StringBuilder(length);
        for (var line = 0; text.Length < length; line++)
        {
            text.Append($"{line} grüße, 漢字 and\ttabs\r");
        }

        return text.ToString();
    }
}
