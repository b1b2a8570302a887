using Tether.Tui.Dashboard;
using Tether.Tui.Dashboard.Layout;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal;
using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Dashboard;

public sealed class DashboardFilesTests
{
    private readonly Protocol.Model.TetherPaths _paths = DashboardRig.NewPaths();

    [Fact]
    public void In_a_fresh_home_everything_is_as_it_is_by_default()
    {
        var files = Read();
        Assert.Empty(files.Warnings);
        Assert.Equal(new DashboardSettings(), files.Settings);
        Assert.Empty(files.Book.Looks);
        Assert.False(Directory.Exists(_paths.ConfigDirectory));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var files = Read();
        var settings = files.Settings with { Layout = TileArrangement.Main, IsListFolded = true, Grouping = Grouping.Tag, Theme = Schemes.Names[0], Sizes = "abcd2345=2" };
        Assert.Null(files.Write(settings));
        files.Book.Looked("abcd2345", new Look(DashboardRig.Start, 42, 7));
        files.Book.Left(DashboardRig.Start);
        Assert.Null(files.WriteBook());

        var again = Read();
        Assert.Empty(again.Warnings);
        Assert.Equal(settings, again.Settings);
        Assert.Equal(new Look(DashboardRig.Start, 42, 7), again.Book.Find("abcd2345"));
        Assert.Equal(DashboardRig.Start, again.Book.LeftAt);
    }

    [Fact]
    public void Each_theme_that_can_be_chosen_can_be_read()
    {
        foreach (var theme in (string[])[DashboardSettings.DefaultTheme, .. Schemes.Names])
        {
            Read().Write(new DashboardSettings { Theme = theme });
            Assert.Empty(Read().Warnings);
            Assert.Equal(theme, Read().Settings.Theme);
        }
    }

    [Fact]
    public void What_is_wrong_in_any_of_them_is_a_warning_and_the_rest_counts()
    {
        Directory.CreateDirectory(_paths.ConfigDirectory);
        File.WriteAllText(SettingsFile.PathIn(_paths), "LAYOUT=round\nLIST=folded\n");
        File.WriteAllText(KeyFile.PathIn(_paths), "no such line\n");
        var looked = Path.Combine(_paths.DataDirectory, "dashboard", "looked.json");
        Directory.CreateDirectory(Path.GetDirectoryName(looked)!);
        File.WriteAllText(looked, "{ broken");
        var files = Read();
        Assert.Equal(3, files.Warnings.Count);
        Assert.True(files.Settings.IsListFolded);
        Assert.Contains(files.Warnings, warning => warning.Contains("round", StringComparison.Ordinal));
    }

    [Fact]
    public void The_chord_of_attaching_leaves_typing()
    {
        var files = new DashboardFiles(_paths, new EscapeChord(2));
        Assert.Equal("Ctrl-B", files.Bindings.LabelOf(DashboardMode.Type, DashboardCommand.Leave));
    }

    private DashboardFiles Read() => new(_paths, EscapeChord.Default);
}
