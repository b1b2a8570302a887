using Tether.Protocol.Model;
using Xunit;

namespace Tether.Protocol.Tests.Model;

public sealed class PromptArgumentsTests
{
    [Theory]
    [InlineData("codex", "fix the tests", "fix the tests")]
    [InlineData("opencode", "fix the tests", "--prompt|fix the tests")]
    [InlineData("codex", "logout", " logout")]
    [InlineData("pi", "@/etc/passwd what is this", " @/etc/passwd what is this")]
    [InlineData("claude", "--dangerously-skip-permissions and more", " --dangerously-skip-permissions and more")]
    [InlineData("gemini", "-y", "-i| -y")]
    [InlineData("other", "fix the tests", null)]
    public void A_prompt_can_be_taken_for_nothing_else(string provider, string prompt, string? arguments) =>
        Assert.Equal(arguments, PromptArguments.Of(provider, prompt) is { } given ? string.Join('|', given) : null);
}
