using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Views.Controls;
using Xunit;
using static Tether.Tui.Tests.Views.Controls.ViewPicture;

namespace Tether.Tui.Tests.Views.Controls;

public sealed class DialogTests
{
    private readonly TextField _title = new();
    private readonly TextArea _prompt = new();
    private readonly Dialog _dialog;

    public DialogTests() => _dialog = new Dialog("New session", [new("Title", _title), new("First prompt", _prompt, Rows: 3)])
    {
        Text = ["It starts in ~/src."],
        Check = () => _title.Text.Length == 0 ? "a title is missing" : null,
    };

    [Fact]
    public void It_stands_in_the_middle()
    {
        Press(_dialog, "'api' tab 'fix' space 'it'");
        Shows(_dialog, 44, 12, """

            ╭─ New session ────────────────────────────╮
            │ It starts in ~/src.                      │
            │ Title                                    │
            │ api                                      │
            │ First prompt                             │
            │ fix it                                   │
            │                                          │
            │                                          │
            ╰─ Enter ok · Esc cancel ──────────────────╯
            """, cursor: (6, 8));
    }

    [Fact]
    public void On_a_low_screen_the_field_with_the_focus_is_seen()
    {
        Press(_dialog, "'api' tab 'fix'");
        Shows(_dialog, 20, 4, """
            ╭─ New session ────╮
            │ First prompt     │
            │ fix              │
            ╰─ Enter ok · Es… ─╯
            """, cursor: (2, 5));
        Draw(_dialog, 1, 1);
        Draw(_dialog, 5, 2);
    }

    [Fact]
    public void Tab_goes_round_and_back()
    {
        Assert.Equal(0, _dialog.FocusedField);
        Press(_dialog, "tab");
        Assert.Equal(1, _dialog.FocusedField);
        Press(_dialog, "tab");
        Assert.Equal(0, _dialog.FocusedField);
        Press(_dialog, "shift-tab");
        Assert.Equal(1, _dialog.FocusedField);
        Assert.True(_prompt.HasFocus && !_title.HasFocus);
    }

    [Fact]
    public void Enter_confirms_what_is_right_and_says_what_is_not()
    {
        Press(_dialog, "enter");
        Assert.Equal(DialogResult.Open, _dialog.Result);
        Assert.Contains("a title is missing", Draw(_dialog, 40, 12).ToString(), StringComparison.Ordinal);
        Press(_dialog, "'x' enter");
        Assert.Equal(DialogResult.Confirmed, _dialog.Result);
    }

    [Fact]
    public void Escape_cancels()
    {
        Press(_dialog, "'x' escape");
        Assert.Equal(DialogResult.Cancelled, _dialog.Result);
    }

    [Fact]
    public void Pastes_and_clicks_go_to_their_field()
    {
        Draw(_dialog, 44, 12);
        _dialog.TakeMouse(new MouseEvent(MouseAction.Press, 1, 6, 5, KeyModifiers.None));
        _dialog.TakePaste("one\ntwo");
        Assert.Equal("one\ntwo", _prompt.Text);
    }
}
