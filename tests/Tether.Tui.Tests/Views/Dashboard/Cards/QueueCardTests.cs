using Tether.Tui.Rendering;
using Tether.Tui.Tests.Dashboard;
using Tether.Tui.Tests.Support;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard.Cards;
using Xunit;

namespace Tether.Tui.Tests.Views.Dashboard.Cards;

/// <summary>Every kind of card at every size in one theme, and at one size in every theme; the pictures are in Snapshots.</summary>
public sealed class QueueCardTests
{
    public static TheoryData<string, int, int> Pictures
    {
        get
        {
            var pictures = new TheoryData<string, int, int>();
            foreach (var (name, _) in Asked.All)
            {
                foreach (var (columns, rows) in ((int, int)[])[(40, 7), (80, 19), (120, 24)])
                {
                    pictures.Add(name, columns, rows);
                }
            }

            return pictures;
        }
    }

    public static TheoryData<string> Themes => [.. Schemes.Names];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_card_at_a_size(string name, int columns, int rows) =>
        Snapshot.Matches(Draw(Asked.All.First(pair => pair.Name == name).Item, Schemes.Dark, columns, rows), $"Views/Dashboard/Snapshots/asked-{name}-{columns}x{rows}");

    [Theory]
    [MemberData(nameof(Themes))]
    public void Cards_in_a_theme(string theme)
    {
        var frames = new[] { Asked.Command(), Asked.Edit(), Asked.Questions() }.Select(item => FrameText.Of(Draw(item, Schemes.Find(theme)!, 80, 19)));
        Snapshot.Matches(string.Join('\n', frames), $"Views/Dashboard/Snapshots/asked-{theme}");
    }

    [Fact]
    public void No_size_is_too_small_or_too_large()
    {
        foreach (var (_, item) in Asked.All)
        {
            for (var size = 0; size < 30; size++)
            {
                Draw(item, Schemes.Dark, size, 30 - size);
                Draw(item, Schemes.Dark, size, size / 3);
            }

            Draw(item, Schemes.Dark, 500, 150);
        }
    }

    [Fact]
    public void No_control_of_an_agent_reaches_the_screen()
    {
        foreach (var (columns, rows) in ((int, int)[])[(20, 90), (80, 60), (200, 40)])
        {
            var text = FrameText.Of(Draw(Asked.Hostile(), Schemes.Dark, columns, rows));
            Assert.DoesNotContain(text, character => (char.IsControl(character) && character != '\n') || character is '\u202e' or '\u200b' or '\u2066');
        }
    }

    [Fact]
    public void An_edit_of_a_quarter_of_a_mebibyte_can_be_read_to_its_end()
    {
        var diff = string.Concat(Enumerable.Range(1, 16_000).Select(line => $"+line number {line}\n"));
        var item = Asked.Edit() with { Edits = [new() { Path = "big", Diff = diff }] };
        var card = new QueueCard();
        card.Page(100_000);
        var frame = Scene.Draw(80, 19, canvas => card.Draw(canvas, Schemes.Dark, item, Look, DashboardRig.Start));
        card.Page(100_000);
        frame = Scene.Draw(80, 19, canvas => card.Draw(canvas, Schemes.Dark, item, Look, DashboardRig.Start));
        Assert.Contains("line number 16000", frame.ToString(), StringComparison.Ordinal);
    }

    private static CardLook Look => new("▲ claude · parser", "asked 3m ago", [(default, "y", "allow"), (default, "n", "deny"), (default, "a", "always"), (default, "Enter", "terminal")]);

    private static Frame Draw(Protocol.Model.QueueItem item, Scheme scheme, int columns, int rows) =>
        Scene.Draw(columns, rows, canvas => new QueueCard().Draw(canvas, scheme, item, Look, DashboardRig.Start));
}
