using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private static readonly string[] Themes = ["auto", "dark", "light"];

    private readonly string _directory = Directory.CreateTempSubdirectory("tether-settings").FullName;

    private string FilePath => Path.Combine(_directory, "tether", "dashboard");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Settings_come_back_as_they_were_left()
    {
        var settings = new DashboardSettings
        {
            Layout = TileArrangement.Main, IsListFolded = true, Grouping = Grouping.Tag, Theme = "dark", Sizes = "a=2 b=-1",
        };

        Assert.Null(Open().Write(settings));
        var (read, warnings) = Open().Read();

        Assert.Equal(settings, read);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Without_a_file_there_are_defaults()
    {
        var (settings, warnings) = Open().Read();

        Assert.Equal(new DashboardSettings(), settings);
        Assert.Empty(warnings);
    }

    [Fact]
    public void What_nobody_changed_is_not_written()
    {
        var file = Open();

        Assert.Null(file.Write(file.Read().Settings));

        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void Only_what_changed_is_written_and_the_rest_of_the_file_stays()
    {
        Store("# mine\nLAYOUT = grid\n\nnonsense\nTHEME=dark\n");
        var file = Open();

        Assert.Null(file.Write(file.Read().Settings with { Layout = TileArrangement.Columns, IsListFolded = true }));

        Assert.Equal("# mine\nLAYOUT=columns\n\nnonsense\nTHEME=dark\nLIST=folded\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void What_was_changed_back_is_written_too()
    {
        var file = Open();
        var settings = file.Read().Settings;
        file.Write(settings with { Theme = "light" });
        file.Write(settings);

        Assert.Equal("THEME=auto\n", File.ReadAllText(FilePath));
    }

    [Theory]
    [InlineData("LAYOUT=spiral", "grid, main, columns, single")]
    [InlineData("LAYOUT=1", "grid, main, columns, single")]
    [InlineData("LIST=maybe", "shown, folded")]
    [InlineData("GROUP=colour", "none, directory, tag, host")]
    [InlineData("THEME=pink", "auto, dark, light")]
    [InlineData("SIZES=big", "session=steps")]
    [InlineData("VOLUME=11", "LAYOUT, LIST, GROUP, THEME, SIZES")]
    [InlineData("what", "KEY=value")]
    public void A_bad_line_is_reported_with_its_place_and_what_is_allowed(string line, string allowed)
    {
        Store($"LIST=folded\n{line}\nTHEME=light\n");

        var (settings, warnings) = Open().Read();

        var warning = Assert.Single(warnings);
        Assert.StartsWith($"{FilePath}:2: ", warning);
        Assert.Contains(allowed, warning);
        Assert.Equal(new DashboardSettings { IsListFolded = true, Theme = "light" }, settings);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_a_warning_and_no_failure()
    {
        File.WriteAllText(Path.Combine(_directory, "tether"), "a file in the way");

        Assert.Contains(FilePath, Open().Write(new DashboardSettings { Theme = "dark" }));
    }

    [Fact]
    public void A_link_stays_a_link_and_the_file_keeps_its_mode()
    {
        var real = Path.Combine(_directory, "dotfile");
        File.WriteAllText(real, "THEME=dark\n");
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.CreateSymbolicLink(FilePath, real);
        var file = Open();

        Assert.Null(file.Write(file.Read().Settings with { Theme = "light" }));

        Assert.Equal(real, new FileInfo(FilePath).LinkTarget);
        Assert.Equal("THEME=light\n", File.ReadAllText(real));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(real));
    }

    private SettingsFile Open() => new(FilePath, Themes);

    private void Store(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, text);
    }
}
