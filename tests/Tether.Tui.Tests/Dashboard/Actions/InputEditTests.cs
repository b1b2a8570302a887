using Tether.Tui.Dashboard.Actions;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Actions;

public sealed class InputEditTests
{
    [Fact]
    public void A_command_is_changed_alone()
    {
        var edit = InputEdit.Of(Asked.Low())!;
        Assert.Equal((true, "touch a.txt"), (edit.IsCommand, edit.Text));
        Assert.Equal("""{"command":"ls \u0022x\u0022\n","timeout":5}""", edit.With("ls \"x\"\n"));
    }

    [Fact]
    public void A_command_in_which_something_hides_is_changed_as_json_that_shows_it()
    {
        var edit = InputEdit.Of(Asked.Low() with { Command = "ls \u202e\e", Input = """{"command":"ls \u202e\u001b"}""" })!;
        Assert.False(edit.IsCommand);
        Assert.Contains("\\u202E\\u001B", edit.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202e', edit.Text);
    }

    [Fact]
    public void Other_input_is_readable_json_and_comes_back_as_it_is_changed()
    {
        var edit = InputEdit.Of(Asked.Low() with { Command = null, Input = """{"path":"漢字","all":[1,2]}""" })!;
        Assert.Contains("\"path\": \"漢字\"", edit.Text, StringComparison.Ordinal);
        Assert.Equal("""{"a":1}""", edit.With("{ \"a\": 1 }"));
        Assert.Null(edit.With("{ \"a\": "));
    }

    [Fact]
    public void What_is_no_json_is_not_changed_here() => Assert.Null(InputEdit.Of(Asked.Low() with { Input = "*** Begin Patch" }));
}
