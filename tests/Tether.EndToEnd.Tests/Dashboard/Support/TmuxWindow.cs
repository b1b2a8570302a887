using System.Buffers;
using System.Globalization;
using System.Text;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;

namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>A pane of a tmux server that only this sandbox has.</summary>
internal sealed class TmuxWindow : Window
{
    // Its status is what tmux cannot tell once the pane is gone.
    private const string Program = "tether; echo $? > dashboard.status; exec sleep 3600";

    // tmux passes old keys on.
    private static readonly TerminalModes OldKeys = new TerminalEmulator(new TerminalOptions { Columns = 80, Rows = 24 }).Modes;

    private readonly Sandbox _sandbox;

    private TmuxWindow(Sandbox sandbox) => _sandbox = sandbox;

    public static async Task<TmuxWindow> Open(Sandbox sandbox, int columns, int rows, string? before = null)
    {
        sandbox.Set("TMUX_TMPDIR", sandbox.Directory);
        var window = new TmuxWindow(sandbox);
        await window.Tmux("new-session", "-d", "-x", $"{columns}", "-y", $"{rows}", before is null ? Program : $"echo {before}; {Program}",
            ";", "set", "-g", "status", "off", ";", "set", "-s", "set-clipboard", "on", ";", "resize-window", "-x", $"{columns}", "-y", $"{rows}");
        return window;
    }

    public override Task Type(string text) => Send(Encoding.UTF8.GetBytes(text));

    public override Task Press(KeyPress press)
    {
        var bytes = new ArrayBufferWriter<byte>();
        KeyEncoder.Encode(press, OldKeys, bytes);
        return Send(bytes.WrittenSpan.ToArray());
    }

    public override Task Resize(int columns, int rows) => Tmux("resize-window", "-x", $"{columns}", "-y", $"{rows}");

    public override async Task<string[]> Scrollback() => (await Tmux("display-message", "-p", "#{history_size}")).Trim() == "0" ? [] : (await Tmux("capture-pane", "-p", "-S", "-", "-E", "-1")).Split('\n')[..^1];

    public override Task UntilCopied(string text) => Patience.Until(
        async () => (await Tmux("list-buffers")).Length > 0 && await Tmux("show-buffer") == text, $"\"{text}\" in tmux's buffer");

    public override async Task<Picture> Look()
    {
        var text = await Tmux("display-message", "-p", "#{cursor_flag} #{cursor_y} #{cursor_x} #{pane_width}", ";", "capture-pane", "-p");
        var lines = text.Split('\n')[..^1];
        var numbers = lines[0].Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Picture(numbers[3], lines[1..], numbers[0] == 1 ? (numbers[1], numbers[2]) : null);
    }

    public override async Task<Picture> Until(Func<Picture, bool> isSo, string what)
    {
        var picture = await Look();
        try
        {
            await Patience.Until(async () => isSo(picture = await Look()), what);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{picture}");
        }

        return picture;
    }

    public override async Task<int> Exited()
    {
        var path = Path.Combine(_sandbox.WorkingDirectory, "dashboard.status");
        await Patience.Until(() => File.Exists(path) && File.ReadAllText(path).EndsWith('\n'), "the end of the dashboard");
        return int.Parse(await File.ReadAllTextAsync(path), CultureInfo.InvariantCulture);
    }

    /// <summary>Asks tmux anything.</summary>
    public async Task<string> Tmux(params string[] arguments)
    {
        using var process = Cli.Start(_sandbox, "tmux", ["-L", "judge", "-f", "/dev/null", .. arguments]);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience.Usual);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"tmux {string.Join(' ', arguments)}: {await errors}");
    }

    private async Task Send(byte[] bytes) => await Tmux(["send-keys", "-H", .. bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture))]);
}
