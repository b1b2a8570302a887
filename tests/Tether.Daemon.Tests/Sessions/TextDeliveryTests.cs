using System.Text;
using Tether.Daemon.Sessions;
using Tether.Protocol.Terminal;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

public sealed class TextDeliveryTests : IDisposable
{
    private readonly PtyPair _program = new();
    private readonly Deadlines _deadlines = new();
    private readonly TerminalEmulator _emulator = new(new TerminalOptions());
    private readonly List<string> _receipts = [];
    private readonly TextDelivery _text;

    public TextDeliveryTests() => _text = new TextDelivery(new PtyInput(new Pty(_program.Master, default)), _emulator, _deadlines);

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("one\ntwo\r\nthree\rfour", "one\rtwo\rthree\rfour")]
    [InlineData("ünï 中文", "ünï 中文")]
    [InlineData("", "")]
    public void Lines_end_as_the_enter_key_ends_them(string text, string typed)
    {
        Assert.True(_text.Type(text, withEnter: false, _receipts.Add));
        Assert.Equal(["typed"], _receipts);
        Assert.Equal(Encoding.UTF8.GetBytes(typed), _program.ReadInput(Encoding.UTF8.GetByteCount(typed)));
    }

    [Fact]
    public void Where_the_program_asked_for_it_a_text_is_one_bracketed_paste()
    {
        _emulator.Feed("\e[?2004h"u8);
        _text.Type("a\nb", withEnter: false, _receipts.Add);
        Assert.Equal("\e[200~a\rb\e[201~", _program.ReadInputUntil("201~"));
    }

    [Theory]
    [InlineData("a\e[201~b")]
    [InlineData("a\e[20\e[201~1~b")]
    [InlineData("\e\e[201~\e[201~")]
    [InlineData("\e[2\e[20\e[201~1~01~")]
    public void A_text_cannot_end_its_own_paste(string text)
    {
        _emulator.Feed("\e[?2004h"u8);
        _text.Type(text + "END", withEnter: false, _receipts.Add);
        var typed = _program.ReadInputUntil("END\e[201~");
        Assert.Equal(typed.Length - 6, typed.IndexOf("\e[201~", StringComparison.Ordinal));
    }

    [Fact]
    public void Enter_is_a_write_of_its_own_after_the_text_has_settled_and_what_follows_confirms_it()
    {
        _text.Type("hello", withEnter: true, _receipts.Add);
        Assert.Equal("hello"u8, _program.ReadInput(5));
        _text.Printed();
        Assert.Equal("", _program.Drain(screen: false));
        Assert.Empty(_receipts);

        RunUntil(() => _program.Drain(screen: false) == "\r");
        Assert.Empty(_receipts);
        _text.Printed();
        Assert.Equal(["submitted"], _receipts);
        _text.Ended();
        Assert.Single(_receipts);
    }

    [Fact]
    public void Enter_that_nothing_follows_is_unconfirmed()
    {
        _text.Type("hello", withEnter: true, _receipts.Add);
        _program.ReadInput(5);
        RunUntil(() => _receipts.Count > 0);
        Assert.Equal(["unconfirmed"], _receipts);
    }

    [Fact]
    public void Everybody_gets_a_receipt_of_their_own()
    {
        _text.Type("a", withEnter: true, _ => _receipts.Add("first"));
        _text.Type("b", withEnter: true, _ => _receipts.Add("second"));
        _text.Ended();
        Assert.Equal(["first", "second"], _receipts);
    }

    [Fact]
    public void Enter_waits_until_the_composer_shows_the_text_and_is_pressed_again_while_it_stands_there()
    {
        var (look, entered) = (ComposerLook.Empty, 0);
        var text = new TextDelivery(new PtyInput(new Pty(_program.Master, default)), _emulator, _deadlines, () => look);
        text.Type("hello", withEnter: true, _receipts.Add, () => entered++);
        Assert.Equal("hello"u8, _program.ReadInput(5));
        RunFor(500);
        Assert.Equal("", _program.Drain(screen: false));

        look = ComposerLook.Text;
        RunUntil(() => _program.Drain(screen: false) == "\r");
        text.Printed();
        RunUntil(() => _program.Drain(screen: false) == "\r");
        Assert.Equal(0, entered);
        Assert.Empty(_receipts);

        look = ComposerLook.Empty;
        text.Printed();
        RunUntil(() => _receipts.Count > 0);
        Assert.Equal(1, entered);
        Assert.Equal(["submitted"], _receipts);
    }

    [Fact]
    public void A_text_that_stays_in_the_composer_is_unconfirmed()
    {
        var text = new TextDelivery(new PtyInput(new Pty(_program.Master, default)), _emulator, _deadlines, () => ComposerLook.Text);
        text.Type("hello", withEnter: true, _receipts.Add);
        RunUntil(() => _receipts.Count > 0);
        Assert.Equal(["unconfirmed"], _receipts);
        Assert.Equal("hello\r\r\r", _program.Drain(screen: false));
    }

    [Fact]
    public void Enter_is_not_pressed_again_where_it_would_answer_something()
    {
        var text = new TextDelivery(new PtyInput(new Pty(_program.Master, default)), _emulator, _deadlines, () => ComposerLook.Text) { MayPressAgain = () => false };
        text.Type("hello", withEnter: true, _receipts.Add);
        RunUntil(() => _receipts.Count > 0);
        Assert.Equal(["unconfirmed"], _receipts);
        Assert.Equal("hello\r", _program.Drain(screen: false));
    }

    [Fact]
    public void Too_much_is_refused() => Assert.False(_text.Type(new string('x', PtyInput.Limit + 1), withEnter: true, _receipts.Add));

    private void RunFor(int milliseconds)
    {
        var end = Deadlines.Now + milliseconds;
        RunUntil(() => Deadlines.Now >= end);
    }

    private void RunUntil(Func<bool> isDone) => Assert.True(SpinWait.SpinUntil(() =>
    {
        _deadlines.RunDue();
        return isDone();
    }, Soon.Limit));
}
