using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Views.Controls;
using Xunit;
using static Tether.Tui.Tests.Views.Controls.ViewPicture;

namespace Tether.Tui.Tests.Views.Controls;

public sealed class ChoiceListTests
{
    private readonly List<int> _chosen = [];
    private readonly ChoiceList<int> _list;

    public ChoiceListTests() => _list = new ChoiceList<int>
    {
        Items = [new(1, "next session that needs you", "space"), new(2, "new session", "c"), new(3, "rename session", "r"), new(4, "漢字 session"), new(5, "quit", "q")],
        Chosen = _chosen.Add,
    };

    [Fact]
    public void It_shows_items_with_their_hints_where_there_is_room()
    {
        Shows(_list, 40, 6, """
            › next session that needs you     space
              new session                         c
              rename session                      r
              漢字 session
              quit                                q
            """);
    }

    [Fact]
    public void A_narrow_one_cuts_and_leaves_hints_out()
    {
        Shows(_list, 14, 5, "› next sessio…\n  new session\n  rename sess…\n  漢字 session\n  quit      q");
    }

    [Fact]
    public void A_low_one_scrolls_with_the_cursor()
    {
        Press(_list, "down down");
        Shows(_list, 20, 2, "  new session     c\n› rename session  r");
        Press(_list, "end");
        Assert.Equal(5, _list.Current!.Value.Value);
        Press(_list, "down");
        Assert.Equal(0, _list.Cursor);
        Press(_list, "pgdn");
        Assert.Equal(2, _list.Cursor);
    }

    [Fact]
    public void A_filter_leaves_what_matches_the_best_first()
    {
        _list.Filter = "ns";
        Assert.Equal([2, 1, 3], Shown());
        _list.Filter = "rename";
        var frame = Draw(_list, 20, 2);
        Assert.True(frame.Row(0)[2].Style.Underline == UnderlineKind.Straight);
        Assert.False(frame.Row(0)[9].Style.Underline == UnderlineKind.Straight);
        _list.Filter = "zzz";
        Shows(_list, 20, 2, "  nothing matches");
        Assert.Null(_list.Current);
        Assert.False(Press(_list, "enter"));
    }

    [Fact]
    public void The_cursor_stays_with_its_item()
    {
        Press(_list, "down down");
        _list.Items = [new(9, "first of all"), .. _list.Items];
        Assert.Equal(3, _list.Current!.Value.Value);
    }

    [Fact]
    public void Enter_and_a_click_choose()
    {
        Draw(_list, 20, 3);
        Press(_list, "down enter");
        _list.TakeMouse(new MouseEvent(MouseAction.Press, 1, 2, 4, KeyModifiers.None));
        _list.TakeMouse(new MouseEvent(MouseAction.Press, 4, 0, 0, KeyModifiers.None));
        Assert.Equal([2, 3], _chosen);
        Assert.Equal(1, _list.Cursor);
    }

    private List<int> Shown()
    {
        var shown = new List<int>();
        for (var i = 0; i < _list.Count; i++)
        {
            _list.MoveTo(i);
            shown.Add(_list.Current!.Value.Value);
        }

        _list.MoveTo(0);
        return shown;
    }
}
