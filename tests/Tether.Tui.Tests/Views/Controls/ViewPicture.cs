using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;
using Xunit;

namespace Tether.Tui.Tests.Views.Controls;

/// <summary>Draws a view at a size, and types into it.</summary>
internal static class ViewPicture
{
    public static Frame Draw(View view, int columns, int rows)
    {
        var frame = new Frame(columns, rows);
        view.Draw(new Canvas(frame, new Area(0, 0, columns, rows)), Schemes.Dark);
        return frame;
    }

    public static void Shows(View view, int columns, int rows, string expected, (int Row, int Column)? cursor = null)
    {
        var frame = Draw(view, columns, rows);
        Assert.Equal(expected.TrimEnd('\n'), frame.ToString().TrimEnd('\n'));
        if (cursor is not null)
        {
            Assert.Equal(cursor, frame.Cursor);
        }
    }

    /// <summary>Keys by name, separated by blanks; a word in quotes is typed letter by letter.</summary>
    public static bool Press(View view, string keys)
    {
        var isTaken = true;
        foreach (var name in keys.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name[0] == '\'')
            {
                foreach (var letter in name.Trim('\'').EnumerateRunes())
                {
                    isTaken &= view.TakeKey(KeyPress.Of(letter.Value));
                }
            }
            else
            {
                Assert.True(KeyNames.TryParse(name, out var press), name);
                isTaken &= view.TakeKey(press);
            }
        }

        return isTaken;
    }
}
