using System.Text;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Terminal.FullScreen;
using Xunit;

namespace Tether.Tui.Tests.Terminal.FullScreen;

public sealed class OuterInputTests : IReplyReader
{
    private readonly OuterInput _input;
    private readonly List<ReplyKind> _replies = [];

    public OuterInputTests() => _input = new OuterInput(this);

    InputEvent? IReplyReader.Take(in TerminalReply reply, long now)
    {
        _replies.Add(reply.Kind);
        return null;
    }

    [Fact]
    public void A_lone_escape_is_a_key_once_nothing_followed()
    {
        Feed("\e", now: 1000);
        Assert.Empty(Taken());
        Assert.Equal(OuterInput.EscapePatience - 5, _input.NextTick(1005));
        _input.Tick(1000 + OuterInput.EscapePatience - 1);
        Assert.Empty(Taken());
        _input.Tick(1000 + OuterInput.EscapePatience);
        Assert.Equal([Pressed(KeyPress.Of(Key.Escape))], Taken());
        Assert.Equal(-1, _input.NextTick(2000));
    }

    [Fact]
    public void An_escape_with_something_behind_it_is_Alt_at_once()
    {
        Feed("\ex", now: 1000);
        Assert.Equal([Pressed(KeyPress.Of('x', KeyModifiers.Alt))], Taken());
        Assert.Equal(-1, _input.NextTick(1000));
    }

    [Fact]
    public void A_sequence_in_two_parts_is_one_key()
    {
        Feed("\e", now: 1000);
        _input.Tick(1010);
        Feed("[", now: 1010);
        Feed("A", now: 1020);
        Assert.Equal([Pressed(KeyPress.Of(Key.Up))], Taken());
    }

    [Fact]
    public void An_escape_before_an_answer_is_waited_for_longer()
    {
        _input.IsPatient = true;
        Feed("\e", now: 1000);
        _input.Tick(1000 + OuterInput.EscapePatience);
        Assert.Empty(Taken());
        _input.Tick(1000 + OuterInput.AnswerPatience);
        Assert.Single(Taken());
    }

    [Fact]
    public void Answers_in_every_split_are_no_keys()
    {
        const string Answers = "\e[?2026;2$y\e[?1u\e[>4;2m\eP>|tmux 3.5a\e\\\e]10;rgb:ffff/ffff/ffff\e\\\e]11;rgb:0/0/0\a\e[?997;1n\e[0n\e[?62;22c";
        for (var split = 1; split < Answers.Length; split++)
        {
            Feed(Answers[..split], now: 0);
            Feed(Answers[split..], now: 0);
        }

        Assert.Empty(Taken());
        ReplyKind[] once =
        [
            ReplyKind.Mode, ReplyKind.KittyFlags, ReplyKind.KeyModifiers, ReplyKind.Version, ReplyKind.Color, ReplyKind.Color,
            ReplyKind.ColorScheme, ReplyKind.Status, ReplyKind.PrimaryAttributes,
        ];
        Assert.Equal(Enumerable.Repeat(once, Answers.Length - 1).SelectMany(kinds => kinds), _replies);
    }

    [Fact]
    public void A_large_paste_comes_in_pieces_that_make_the_whole()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(number => $"line {number}\n")));
        byte[] typed = [.. "a\e[200~"u8, .. text, .. "\e[201~b"u8];
        var pasted = new List<byte>();
        var others = new List<InputEvent>();
        var most = 0;
        foreach (var read in typed.Chunk(3000))
        {
            _input.Feed(read, now: 0);
            var events = Taken();
            most = Math.Max(most, events.OfType<InputEvent.Pasted>().Count());
            others.AddRange(events.Where(next => next is not InputEvent.Pasted { IsLast: false }));
            pasted.AddRange(events.OfType<InputEvent.Pasted>().SelectMany(piece => piece.Piece.ToArray()));
        }

        Assert.Equal(text, pasted);
        Assert.InRange(most, 1, 2);
        Assert.Equal(Pressed(KeyPress.Of('a')), others[0]);
        Assert.True(Assert.IsType<InputEvent.Pasted>(others[1]).IsLast);
        Assert.Equal(Pressed(KeyPress.Of('b')), others[2]);
        Assert.Equal(3, others.Count);
    }

    [Fact]
    public void Mouse_and_focus_are_told_in_the_order_of_the_keys()
    {
        Feed("a\e[<0;3;2M\e[I\e[Ob", now: 0);
        Assert.Equal(
            [
                Pressed(KeyPress.Of('a')),
                new InputEvent.Pointed(new MouseEvent(MouseAction.Press, 1, 1, 2, KeyModifiers.None)),
                new InputEvent.Focused(true),
                new InputEvent.Focused(false),
                Pressed(KeyPress.Of('b')),
            ],
            Taken());
    }

    [Fact]
    public void What_was_unfinished_is_forgotten_with_the_rest()
    {
        Feed("a\e[200~half a paste", now: 0);
        _input.Forget();
        Feed("b", now: 0);
        Assert.Equal([Pressed(KeyPress.Of('b'))], Taken());
    }

    private static InputEvent.Pressed Pressed(KeyPress press) => new InputEvent.Pressed(press);

    private void Feed(string text, long now) => _input.Feed(Encoding.UTF8.GetBytes(text), now);

    private List<InputEvent> Taken()
    {
        var taken = new List<InputEvent>();
        while (_input.TryTake(out var next))
        {
            taken.Add(next);
        }

        return taken;
    }
}
