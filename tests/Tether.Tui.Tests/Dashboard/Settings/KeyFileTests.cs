using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Settings;

public sealed class KeyFileTests
{
    private readonly KeyBindings _bindings = KeyBindings.Defaults(EscapeChord.Default);

    [Fact]
    public void A_line_binds_a_key_beside_those_the_command_has()
    {
        Assert.Empty(Apply("navigate ctrl-n = next-attention"));

        Assert.Equal(["space", "n", "ctrl-n"], KeysOf(DashboardMode.Navigate, DashboardCommand.NextAttention));
    }

    [Fact]
    public void A_bound_key_means_what_the_file_says_and_nothing_else()
    {
        Assert.Empty(Apply("navigate n = create"));

        Assert.Equal(DashboardCommand.Create, Find(DashboardMode.Navigate, "n"));
        Assert.Equal(["space"], KeysOf(DashboardMode.Navigate, DashboardCommand.NextAttention));
    }

    [Fact]
    public void None_frees_a_key()
    {
        Assert.Empty(Apply("navigate g / = none"));

        Assert.Null(Find(DashboardMode.Navigate, "g /"));
        Assert.Equal(DashboardCommand.SearchAll, Find(DashboardMode.Scroll, "g /"));
    }

    [Fact]
    public void The_signs_of_the_file_itself_can_be_keys() => Assert.Empty(Apply("navigate = = zoom", "navigate # = help", "", "  # a comment", "navigate - = help"));

    [Fact]
    public void A_key_that_begins_sequences_takes_their_place()
    {
        Assert.Empty(Apply("navigate g = zoom"));

        Assert.Equal(DashboardCommand.Zoom, Find(DashboardMode.Navigate, "g"));
        Assert.Null(Find(DashboardMode.Navigate, "g /"));
    }

    [Fact]
    public void A_sequence_takes_the_place_of_the_key_that_begins_it()
    {
        Assert.Empty(Apply("navigate z z = zoom"));

        Assert.Null(Find(DashboardMode.Navigate, "z"));
        Assert.Equal(DashboardCommand.Zoom, Find(DashboardMode.Navigate, "z z"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("=")]
    [InlineData("navigate = zoom")]
    [InlineData("dance z = zoom", "dance", "navigate, type, queue, scroll")]
    [InlineData("navigate foo = zoom", "foo")]
    [InlineData("navigate a b c = zoom", "a b c")]
    [InlineData("navigate z = zooom", "zooom")]
    [InlineData("navigate Q = none", "Q")]
    [InlineData("type x = leave", "cannot be taken from the session")]
    [InlineData("type ctrl-a x = leave", "cannot be taken from the session")]
    [InlineData("type ctrl-] = none", "only key that leaves typing")]
    [InlineData("type ctrl-] = zoom", "only key that leaves typing")]
    public void A_bad_line_is_reported_with_its_place_and_changes_nothing(string line, params string[] says)
    {
        var before = Everything();

        var warning = Assert.Single(Apply("# mine", line));

        Assert.StartsWith("/x/keys:2: ", warning);
        Assert.All(says, words => Assert.Contains(words, warning));
        Assert.Equal(before, Everything());
    }

    [Fact]
    public void The_lines_around_a_bad_one_count()
    {
        Assert.Single(Apply("navigate W = zoom", "bad", "navigate w = zoom"));

        Assert.Equal(["z", "W", "w"], KeysOf(DashboardMode.Navigate, DashboardCommand.Zoom));
    }

    [Fact]
    public void A_line_that_undoes_an_earlier_one_is_reported() =>
        Assert.Equal(["/x/keys:2: `p` takes the place of `p p` above"], Apply("navigate p p = help", "navigate p = zoom"));

    [Fact]
    public void Typing_can_have_other_keys_and_another_way_out()
    {
        Assert.Empty(Apply("type alt-n = next-attention", "type f12 = leave", "type ctrl-] = none"));

        Assert.Equal(DashboardCommand.NextAttention, Find(DashboardMode.Type, "alt-n"));
        Assert.Equal(["f12"], KeysOf(DashboardMode.Type, DashboardCommand.Leave));
    }

    [Fact]
    public void No_file_is_no_change() => Assert.Empty(KeyFile.Read("/nowhere/at/all", _bindings));

    [Fact]
    public void A_file_is_applied_and_named_in_its_warnings()
    {
        var directory = Directory.CreateTempSubdirectory("tether-keys");
        try
        {
            var file = Path.Combine(directory.FullName, "keys");
            File.WriteAllText(file, "navigate ctrl-n = zoom\nbad\n");

            Assert.StartsWith($"{file}:2: ", Assert.Single(KeyFile.Read(file, _bindings)));
            Assert.Equal(DashboardCommand.Zoom, Find(DashboardMode.Navigate, "ctrl-n"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Hints_show_the_keys_as_they_are_bound()
    {
        Apply("navigate enter = none", "navigate T = type", "navigate z = none");

        Assert.Equal([("T", "type"), ("?", "help")], KeyHints.For(_bindings, new HintSituation(DashboardMode.Navigate) { HasSession = true }).Take(2));
    }

    [Fact]
    public void Hints_say_what_matters_now()
    {
        var navigate = new HintSituation(DashboardMode.Navigate) { HasSession = true };
        Assert.Equal(["new", "help", "quit"], Hints(new HintSituation(DashboardMode.Navigate)));
        Assert.Equal(["zoom, Ctrl-] back", "type", "help"], Hints(navigate));
        Assert.Equal(["zoom", "type", "help"], Hints(navigate with { IsNarrow = true }));
        Assert.Equal(["next", "type", "help"], Hints(navigate with { NeedsYou = true }));
        Assert.Equal(["scroll", "delete", "help"], Hints(navigate with { HasEnded = true }));
        Assert.Equal([("Ctrl-]", "back")], KeyHints.For(_bindings, navigate with { Mode = DashboardMode.Type }));
        Assert.Equal(["go there", "dismiss", "back"], Hints(navigate with { Mode = DashboardMode.Queue }));
        Assert.Equal(["back", "search", "last look"], Hints(navigate with { Mode = DashboardMode.Scroll }));
        Assert.Equal(["copy", "back", "help"], Hints(navigate with { Mode = DashboardMode.Scroll, IsSelecting = true }));
    }

    private IEnumerable<string> Hints(HintSituation situation) => KeyHints.For(_bindings, situation).Take(3).Select(hint => hint.Hint);

    private IReadOnlyList<string> Apply(params string[] lines) => KeyFile.Apply(lines, "/x/keys", _bindings);

    private IEnumerable<string> KeysOf(DashboardMode mode, DashboardCommand command) => _bindings.KeysOf(mode, command).Select(keys => keys.ToString());

    private DashboardCommand? Find(DashboardMode mode, string keys)
    {
        Assert.True(KeySequence.TryParse(keys, out var sequence));
        return _bindings.Find(mode, sequence.First, sequence.Second).Command;
    }

    private string Everything() => string.Join('\n', Enum.GetValues<DashboardMode>().SelectMany(mode =>
        CommandTable.All.Select(entry => $"{mode} {entry.Name} {string.Join(',', KeysOf(mode, entry.Command))}")));
}
