using System.Text;
using Tether.Protocol.Terminal;
using Tether.Tui.Attach.Composed;
using Xunit;

namespace Tether.Tui.Tests.Attach.Composed;

/// <summary>What an observer sees whose terminal has another size than the session.</summary>
public sealed class ComposerTests
{
    private readonly TerminalEmulator _session = new(new TerminalOptions { Columns = 40, Rows = 10 });
    private readonly Viewport _viewport = new();

    public ComposerTests()
    {
        for (var row = 0; row < 10; row++)
        {
            Feed($"\e[{row + 1};1H{row}abcdefghijklmnopqrstuvwxyz0123456789ABC");
        }
    }

    [Fact]
    public void A_small_terminal_shows_the_part_with_the_cursor_and_says_so()
    {
        Feed("\e[10;1H");
        See(22, 4, """
            6abcdef 22×4 of 40×10
            7abcdefghijklmnopqrstu
            8abcdefghijklmnopqrstu
            9abcdefghijklmnopqrstu
            """, cursor: (3, 0));
    }

    [Fact]
    public void The_window_follows_the_cursor_no_further_than_it_must()
    {
        Feed("\e[1;40H");
        See(22, 4, """
            rstuvwxyz0123456789ABC
            rstuvwxyz0123456789ABC
            rstuvwxyz0123456789ABC
            rstuvwx 22×4 of 40×10
            """, cursor: (0, 21));
        Feed("\e[2;25H");
        See(22, 4, """
            rstuvwxyz0123456789ABC
            rstuvwxyz0123456789ABC
            rstuvwxyz0123456789ABC
            rstuvwx 22×4 of 40×10
            """, cursor: (1, 6));
    }

    [Fact]
    public void Moved_by_hand_it_stays_until_it_is_told_to_follow()
    {
        Feed("\e[1;1H");
        See(22, 3);
        _viewport.Pan(PanKey.Right);
        _viewport.Pan(PanKey.Down);
        See(22, 3, """
            hijklmnopqrstuvwxyz012
            hijklmnopqrstuvwxyz012
            hijklmn 22×3 of 40×10
            """, cursor: null);
        _viewport.Pan(PanKey.Follow);
        See(22, 3, """
            0abcdefghijklmnopqrstu
            1abcdefghijklmnopqrstu
            2abcdef 22×3 of 40×10
            """, cursor: (0, 0));
    }

    [Fact]
    public void It_cannot_be_moved_off_the_screen()
    {
        Feed("\e[1;1H");
        foreach (var key in (PanKey[])[PanKey.PageDown, PanKey.PageDown, PanKey.PageDown, PanKey.PageDown, PanKey.Right, PanKey.Right, PanKey.Right])
        {
            See(22, 3);
            _viewport.Pan(key);
        }

        See(22, 3, """
            rstuvwxyz0123456789ABC
            rstuvwxyz0123456789ABC
            rstuvwx 22×3 of 40×10
            """, cursor: null);
    }

    [Fact]
    public void A_larger_terminal_shows_it_whole_and_centred()
    {
        Feed("\e[H\e[2Jtop left\e[10;36Hright");
        var lines = Composer.Compose(_session, _viewport, (50, 14), []).ToString().Split('\n');
        Assert.Equal("     top left", lines[2]);
        Assert.Equal(new string(' ', 40) + "right", lines[11]);
        Assert.Equal(new string(' ', 44) + "40×10", lines[13]);
        Assert.All((int[])[0, 1, 3, 10, 12], row => Assert.Equal("", lines[row]));
    }

    [Fact]
    public void A_wide_character_cut_in_half_is_blank()
    {
        Feed("\e[H\e[2J漢字漢字漢字漢字漢字");
        See(5, 3, "漢字\n\n\n", cursor: null);
    }

    [Fact]
    public void The_mark_makes_room_for_the_cursor()
    {
        Feed("\e[10;30H");
        var frame = Composer.Compose(_session, _viewport, (30, 4), []);
        Assert.Contains("30×4 of 40×10", frame.ToString().Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_is_a_shaded_block_whose_data_does_not_come_here()
    {
        Feed("\e[H\e[2J\ePq\"1;1;16;16\e\\\e[3G\U0010EEEE\u0305\u0305\U0010EEEE.");
        var text = Composer.Compose(_session, _viewport, (60, 12), []).ToString();
        Assert.Contains("░░░░.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\U0010EEEE", text, StringComparison.Ordinal);
    }

    private void Feed(string text) => _session.Feed(Encoding.UTF8.GetBytes(text));

    private void See(int columns, int rows) => Composer.Compose(_session, _viewport, (columns, rows), []);

    private void See(int columns, int rows, string expected, (int Row, int Column)? cursor)
    {
        var frame = Composer.Compose(_session, _viewport, (columns, rows), []);
        Assert.Equal(expected.TrimEnd('\n'), frame.ToString().TrimEnd('\n'));
        if (cursor is not null)
        {
            Assert.Equal(cursor, frame.Cursor);
        }
    }
}
