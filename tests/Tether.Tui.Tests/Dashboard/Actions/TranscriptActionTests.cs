using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class TranscriptActionTests : IDisposable
{
    private readonly DashboardRig _rig = DashboardRig.With("api");
    private readonly List<TranscriptEntry> _said = [];
    private readonly List<(int? From, int Limit)> _asked = [];

    public TranscriptActionTests() => _rig.Desk.On<TranscriptRequest>(request =>
    {
        _asked.Add((request.From, request.Limit));
        var from = request.From ?? Math.Max(0, _said.Count - request.Limit);
        return new TranscriptReply
        {
            Re = request.Id,
            Session = new ExternalSession { Id = "one", Agent = "claude", Directory = "/home/me" },
            Entries = [.. _said.Skip(from).Take(request.Limit)],
            Count = _said.Count,
        };
    });

    [Fact]
    public void It_shows_what_was_said_from_its_end()
    {
        Say(Enumerable.Range(0, 40).Select(i => $"line {i}"));
        _rig.Press("T");
        Assert.Contains("Transcript of api", _rig.Text, StringComparison.Ordinal);
        Assert.Contains("claude · one", _rig.Text, StringComparison.Ordinal);
        Assert.Contains("line 39", _rig.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("line 1\n", _rig.Text, StringComparison.Ordinal);
        _rig.Press("home");
        Assert.Contains("line 0", _rig.Text, StringComparison.Ordinal);
        _rig.Press("esc");
        Assert.Null(_rig.State.Popup);
    }

    [Fact]
    public void What_comes_is_shown_while_the_end_is_and_nothing_is_asked_when_it_is_closed()
    {
        Say(["one"]);
        _rig.Press("T");
        Say(["two"]);
        _rig.Pass(1.1);
        Assert.Contains("two", _rig.Text, StringComparison.Ordinal);
        Assert.Equal((1, 300), _asked[^1]);
        _rig.Press("esc");
        var asked = _asked.Count;
        _rig.Pass(5);
        Assert.Equal(asked, _asked.Count);
    }

    [Fact]
    public void Older_entries_come_when_the_first_line_is_reached_and_the_lines_stay_where_they_are()
    {
        Say(Enumerable.Range(0, 400).Select(i => $"line {i}"));
        _rig.Press("T", "home");
        Assert.Equal((100, 100), (_said.Count - 300, _asked.Single(asked => asked.From == 0).Limit));
        Assert.Contains("line 100", _rig.Text, StringComparison.Ordinal);
        _rig.Press("home");
        Assert.Contains("line 0", _rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_searched_backwards_and_on()
    {
        Say(["a needle", .. Enumerable.Range(0, 60).Select(i => $"line {i}"), "another Needle", "end"]);
        _rig.Press("T", "/").Type("needle").Press("enter");
        Assert.Contains("another Needle", _rig.Text, StringComparison.Ordinal);
        _rig.Press("n");
        Assert.Contains("a needle", _rig.Text, StringComparison.Ordinal);
        _rig.Press("n");
        Assert.Contains("no older match of needle", _rig.Text, StringComparison.Ordinal);
        _rig.Press("N");
        Assert.Contains("another Needle", _rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_shown_is_copied_without_its_frame()
    {
        Say(["one", "two"]);
        _rig.Press("T", "y");
        Assert.Equal("one\n\ntwo\n\n", Assert.Single(_rig.Copied));
    }

    [Fact]
    public void Long_lines_are_broken_and_nothing_of_them_is_lost()
    {
        var words = string.Join(' ', Enumerable.Range(0, 50).Select(i => $"word{i}")) + " " + new string('x', 200);
        Say([words]);
        _rig.Press("T", "Y");
        Assert.Equal(words, Assert.Single(_rig.Copied).TrimEnd('\n').Replace("\n", " ", StringComparison.Ordinal).Replace("x x", "xx", StringComparison.Ordinal));
        Assert.All(_rig.Lines, line => Assert.True(line.Length <= 80));
    }

    [Fact]
    public void A_transcript_that_was_begun_anew_is_read_anew()
    {
        Say(["one", "two", "three"]);
        _rig.Press("T");
        _said.Clear();
        Say(["other"]);
        _rig.Pass(1.1);
        Assert.Contains("other", _rig.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("three", _rig.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_there_is_none_is_said()
    {
        _rig.Desk.On<TranscriptRequest>(request => new ErrorReply { Re = request.Id, Code = ErrorCode.UnknownSession, Message = "shell keeps no sessions" });
        _rig.Press("T");
        Assert.Contains("shell keeps no sessions", _rig.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _rig.Dispose();

    private void Say(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            _said.Add(new TranscriptEntry { Number = _said.Count, Role = TranscriptRole.Assistant, Text = line });
        }
    }
}
