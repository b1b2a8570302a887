using Tether.Tui.Commands.Init;
using Xunit;

namespace Tether.Tui.Tests.Commands.Init;

public sealed class ConfigLinesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tether-config-").FullName;

    [Fact]
    public void A_setting_takes_the_place_of_the_line_that_counted_and_nothing_else_changes()
    {
        string[] lines = ["# mine", "TETHER_HOOKS=on # for now", "OTHER=1", "  export TETHER_HOOKS = 'on'", "", "#TETHER_NOTIFY=off"];
        Assert.Equal(
            ["# mine", "TETHER_HOOKS=on # for now", "OTHER=1", "TETHER_HOOKS=off", "", "#TETHER_NOTIFY=off", "TETHER_NOTIFY=on"],
            ConfigLines.Changed(lines, new Dictionary<string, string> { ["TETHER_HOOKS"] = "off", ["TETHER_NOTIFY"] = "on" }));
    }

    [Fact]
    public void A_new_file_is_the_persons_alone_and_an_old_one_keeps_its_mode()
    {
        var path = Path.Combine(_directory, "below", "config.env");
        ConfigLines.Write(path, Hooks("off"));
        Assert.Equal(("TETHER_HOOKS=off\n", UnixFileMode.UserRead | UnixFileMode.UserWrite), (File.ReadAllText(path), File.GetUnixFileMode(path)));

        var shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(path, shared);
        ConfigLines.Write(path, Hooks("on"));
        Assert.Equal(("TETHER_HOOKS=on\n", shared), (File.ReadAllText(path), File.GetUnixFileMode(path)));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_link_stays_one_and_a_last_line_without_an_end_gets_it()
    {
        var (link, real) = (Path.Combine(_directory, "config.env"), Path.Combine(_directory, "dotfiles"));
        File.WriteAllText(real, "OTHER=1");
        File.CreateSymbolicLink(link, real);
        ConfigLines.Write(link, Hooks("off"));
        Assert.Equal((real, "OTHER=1\nTETHER_HOOKS=off\n"), (new FileInfo(link).LinkTarget, File.ReadAllText(real)));
    }

    [Fact]
    public void What_cannot_be_written_is_told() => Assert.Equal(ExitCodes.Failure, Assert.Throws<TetherException>(() => ConfigLines.Write("/proc/none/config.env", Hooks("on"))).ExitCode);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Dictionary<string, string> Hooks(string value) => new() { ["TETHER_HOOKS"] = value };
}
