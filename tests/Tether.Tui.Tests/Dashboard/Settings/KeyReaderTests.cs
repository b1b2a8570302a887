using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Settings;

public sealed class KeyReaderTests
{
    private readonly KeyReader _reader = new(KeyBindings.Defaults(EscapeChord.Default));

    [Fact]
    public void One_key_is_a_command() => Assert.Equal(DashboardCommand.Zoom, Press('z').Command);

    [Fact]
    public void Two_keys_are_a_command_when_the_first_begins_it()
    {
        Assert.True(Press('g').IsPending);
        Assert.Equal("g", _reader.Pending.ToString());
        Assert.Equal(DashboardCommand.SearchAll, Press('/').Command);
        Assert.Null(_reader.Pending);
    }

    [Fact]
    public void A_second_key_that_does_not_belong_there_is_swallowed()
    {
        Press('g');

        Assert.Equal(KeyMatch.None, Press('x'));
        Assert.Equal(DashboardCommand.Stop, Press('x').Command);
    }

    [Fact]
    public void A_key_waits_in_its_own_mode_only()
    {
        Press('g');

        Assert.Equal(DashboardCommand.Search, _reader.Press(DashboardMode.Scroll, KeyPress.Of('/')).Command);
    }

    [Fact]
    public void A_key_that_waits_can_be_forgotten()
    {
        Press('g');
        _reader.Reset();

        Assert.Equal(DashboardCommand.Search, Press('/').Command);
    }

    [Fact]
    public void Releases_and_modifiers_alone_neither_mean_nor_end_anything()
    {
        Press('g');

        Assert.Equal(KeyMatch.None, _reader.Press(DashboardMode.Navigate, KeyPress.Of('g') with { Action = KeyAction.Release }));
        Assert.Equal(KeyMatch.None, _reader.Press(DashboardMode.Navigate, KeyPress.Of(Key.LeftShift)));
        Assert.Equal(DashboardCommand.FocusFirst, Press('g').Command);
    }

    [Fact]
    public void While_typing_only_the_chord_is_taken()
    {
        var taken = new List<string>();
        for (var code = ' '; code < 0x7f; code++)
        {
            foreach (var modifiers in new[] { KeyModifiers.None, KeyModifiers.Control, KeyModifiers.Alt, KeyModifiers.Control | KeyModifiers.Shift })
            {
                var press = KeyPress.Of(code, modifiers);
                if (_reader.Press(DashboardMode.Type, press) != KeyMatch.None)
                {
                    taken.Add(KeyStroke.Of(press).ToString());
                }
            }
        }

        taken.AddRange(Enum.GetValues<Key>().Where(key => key != Key.Character && _reader.Press(DashboardMode.Type, KeyPress.Of(key)) != KeyMatch.None).Select(key => key.ToString()));
        Assert.Equal(["ctrl-]"], taken);
    }

    [Fact]
    public void Another_chord_leaves_typing_where_the_person_chose_one()
    {
        var reader = new KeyReader(KeyBindings.Defaults(new EscapeChord(2)));

        Assert.Equal(DashboardCommand.Leave, reader.Press(DashboardMode.Type, KeyPress.Of('b', KeyModifiers.Control)).Command);
        Assert.Equal(KeyMatch.None, reader.Press(DashboardMode.Type, KeyPress.Of(']', KeyModifiers.Control)));
    }

    [Fact]
    public void There_is_a_chord_also_where_the_person_wants_none() =>
        Assert.Equal("Ctrl-]", KeyBindings.Defaults(EscapeChord.None).LabelOf(DashboardMode.Type, DashboardCommand.Leave));

    [Fact]
    public void A_keyboard_with_other_letters_has_the_keys_where_a_us_one_has_them()
    {
        Assert.Equal(DashboardCommand.FocusDown, _reader.Press(DashboardMode.Navigate, KeyPress.Of('о') with { BaseLayout = 'j' }).Command);
        Assert.Equal(DashboardCommand.LayoutNext, _reader.Press(DashboardMode.Navigate, KeyPress.Of('Д', KeyModifiers.Shift) with { BaseLayout = 'l' }).Command);
        Assert.True(_reader.Press(DashboardMode.Navigate, KeyPress.Of('п') with { BaseLayout = 'g' }).IsPending);
        Assert.Equal(DashboardCommand.FocusFirst, _reader.Press(DashboardMode.Navigate, KeyPress.Of('п') with { BaseLayout = 'g' }).Command);
    }

    private KeyMatch Press(char key) => _reader.Press(DashboardMode.Navigate, KeyPress.Of(key));
}
