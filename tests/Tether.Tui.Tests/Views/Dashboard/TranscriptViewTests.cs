using Tether.Protocol.Model;
using Tether.Tui.Tests.Views.Controls;
using Tether.Tui.Views.Dashboard;
using Xunit;

namespace Tether.Tui.Tests.Views.Dashboard;

public sealed class TranscriptViewTests
{
    [Fact]
    public void What_a_search_came_to_stays_while_nothing_new_is_said()
    {
        var view = new TranscriptView("talk");
        view.Append([Said(0, "hello")]);
        ViewPicture.Draw(view, 60, 10);
        ViewPicture.Press(view, "'/bye' enter");
        Assert.Equal("no older match of bye", view.Status);
        view.Append([]);
        Assert.Equal("no older match of bye", view.Status);
        view.Append([Said(1, "bye")]);
        Assert.Equal("", view.Status);
    }

    [Fact]
    public void An_empty_transcript_is_not_read_any_more()
    {
        var view = new TranscriptView("talk");
        Assert.Equal("reading …", view.Status);
        view.Append([]);
        Assert.Equal("", view.Status);
    }

    private static TranscriptEntry Said(int number, string text) => new() { Number = number, Role = TranscriptRole.Assistant, Text = text };
}
