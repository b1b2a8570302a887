using Tether.Tui.Tests.Dashboard;
using Tether.Tui.Views.Controls;
using Tether.Tui.Views.Dashboard.Cards;
using Xunit;

namespace Tether.Tui.Tests.Views.Dashboard.Cards;

public sealed class CardInkTests
{
    private static readonly Scheme Dark = Schemes.Dark;

    [Fact]
    public void Programs_hosts_and_marks_stand_out_and_nothing_is_lost()
    {
        var item = Asked.Command();
        var pieces = new CardInk(Dark, item.Facts, item.Directory).Pieces(item.Command!).ToList();
        Assert.Equal(item.Command, string.Concat(pieces.Select(piece => piece.Text)));
        Assert.Equal(Dark.Strong, pieces.First(piece => piece.Text == "git").Style);
        Assert.Equal(Dark.Text, pieces.First(piece => piece.Text == "status").Style);
        Assert.Equal(Dark.NeedsYou, pieces.First(piece => piece.Text == "https://example.com/a.sh").Style);
        Assert.Equal(Dark.Failed, pieces.First(piece => piece.Text == "sh").Style);
        Assert.Equal(Dark.NeedsYou, pieces.First(piece => piece.Text == "\"/tmp/x\"").Style);
        Assert.Equal(Dark.Failed, pieces.First(piece => piece.Text == "~/.ssh/id_rsa").Style);
    }

    [Fact]
    public void A_path_is_known_however_it_is_written()
    {
        var facts = new Protocol.Model.CommandFacts { Programs = ["cat"], Paths = ["/home/me/parser/a b", "/home/me/x"] };
        var pieces = new CardInk(Dark, facts, "/home/me/parser").Pieces("FOO=1 cat 'a b' ../x ./y").ToList();
        Assert.Equal(["'a b'", "../x"], pieces.Where(piece => piece.Style == Dark.Focus).Select(piece => piece.Text));
        Assert.Equal("cat", Assert.Single(pieces, piece => piece.Style == Dark.Strong).Text);
    }

    [Fact]
    public void Quotes_that_do_not_end_and_hostile_text_do_no_harm()
    {
        foreach (var line in (string[])["'", "\"\\", "a\\", "\0/x", "\tls\t-l", "'\e[2J", new string('"', 999)])
        {
            Assert.DoesNotContain(string.Concat(new CardInk(Dark, Asked.Command().Facts, "/").Pieces(line).Select(piece => piece.Text)), char.IsControl);
        }
    }
}
