using Tether.Protocol.Terminal;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Images;

/// <summary>A cell is 8×16 pixels, the image 40×32, the screen 20×10.</summary>
public sealed class ITermImagesTests
{
    private static readonly string Data = Convert.ToBase64String(Pictures.Png(40, 32));

    [Theory]
    [InlineData("inline=1", 5, 2)]
    [InlineData("inline=1;width=auto;height=auto", 5, 2)]
    [InlineData("name=YQ==;size=10;inline=1", 5, 2)]
    [InlineData("inline=1;width=10", 10, 4)]
    [InlineData("inline=1;height=4", 10, 4)]
    [InlineData("inline=1;width=80px", 10, 4)]
    [InlineData("inline=1;height=33px", 5, 3)]
    [InlineData("inline=1;width=50%", 10, 4)]
    [InlineData("inline=1;width=3;height=3", 3, 3)]
    [InlineData("inline=1;width=3;height=3;preserveAspectRatio=0", 3, 3)]
    [InlineData("inline=1;height=50%", 13, 5)]
    [InlineData("inline=1;width=40", 20, 8)]
    [InlineData("inline=1;width=1000%;height=0", 20, 1)]
    [InlineData("inline=1;width=999999999999;height=-7", 20, 1)]
    public void Its_arguments_and_its_own_size_say_how_many_cells_it_covers(string arguments, int columns, int rows)
    {
        var terminal = TestTerminal.Of(20, 10).Feed($"\e]1337;File={arguments}:{Data}\a");
        Assert.Equal([new TerminalEvent.ImageShown(ImageKind.ITerm2, 40, 32, columns, rows, 0)], terminal.Events);
        Assert.Equal(rows, terminal.Lines.Count(line => line == new string('░', columns)));
        Assert.Empty(terminal.Hidden);
    }

    [Fact]
    public void The_cursor_is_right_of_the_last_row_unless_it_is_to_stay()
    {
        Assert.Equal((1, 6), TestTerminal.Of(20, 10).Feed($"x\e]1337;File=inline=1:{Data}\e\\").Cursor);
        Assert.Equal((0, 1), TestTerminal.Of(20, 10).Feed($"x\e]1337;File=inline=1;doNotMoveCursor=1:{Data}\e\\").Cursor);
        var full = TestTerminal.Of(20, 10).Feed($"\e]1337;File=inline=1;width=20:{Data}\e\\");
        Assert.Equal(((7, 19), true), (full.Cursor, full.Emulator.IsPendingWrap));
    }

    [Fact]
    public void What_is_beside_the_cursor_is_scaled_into_what_room_there_is()
    {
        var terminal = TestTerminal.Of(20, 3).Feed($"1\r\n2\r\n\e[11G\e]1337;File=inline=1;width=20;height=4:{Data}\e\\");
        Assert.Equal(["2", "          ░░░░░░░░░░", "          ░░░░░░░░░░"], terminal.Lines);
    }

    [Fact]
    public void It_may_come_in_pieces()
    {
        var terminal = TestTerminal.Of(20, 3).Feed("\e]1337;MultipartFile=inline=1;name=YQ==\a");
        for (int i = 0; i < Data.Length; i += 10)
        {
            terminal.Feed($"\e]1337;FilePart={Data[i..Math.Min(i + 10, Data.Length)]}\a");
        }

        Assert.Equal("", terminal.Lines[0]);
        Assert.Equal("░░░░░", terminal.Feed("\e]1337;FileEnd\a").Lines[1]);
    }

    [Theory]
    [InlineData("File=inline=0:{0}")]
    [InlineData("File=name=YQ==:{0}")]
    [InlineData("File=inline=1")]
    [InlineData("File=inline=1:")]
    [InlineData("File=inline=1:bm9uc2Vuc2U=")]
    [InlineData("FileEnd")]
    [InlineData("FilePart={0}")]
    [InlineData("Filet=inline=1:{0}")]
    public void Downloads_and_what_is_no_image_change_nothing(string command)
    {
        var terminal = TestTerminal.Of(20, 3).Feed($"\e]1337;{command.Replace("{0}", Data, StringComparison.Ordinal)}\aok");
        Assert.Equal(["ok", "", ""], terminal.Lines);
        Assert.Empty(terminal.Events);
    }

    [Fact]
    public void What_else_iTerm2_knows_goes_its_own_way()
    {
        var terminal = TestTerminal.Of(20, 3).Feed("\e]1337;CurrentDir=/tmp\a\e]1337;ReportCellSize\a\e]1337\a\e]1337;\a");
        Assert.Equal("/tmp", terminal.Emulator.WorkingDirectory);
        Assert.Equal(["\e]1337;ReportCellSize\a"], terminal.Hidden);
    }
}
