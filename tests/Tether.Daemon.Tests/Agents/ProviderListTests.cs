using Tether.Daemon.Agents;
using Xunit;

namespace Tether.Daemon.Tests.Agents;

public sealed class ProviderListTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string ProvidersPath => _scratch.File("providers.json");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Without_a_file_the_built_in_ones_are_there()
    {
        var list = new ProviderList(ProvidersPath);
        Assert.Equal(["shell", "codex", "claude", "opencode", "pi", "gemini"], list.All.Select(provider => provider.Name));
        Assert.All(list.All, provider => Assert.Equal(!provider.IsLoginShell, provider.MayHaveArguments));
        Assert.All(list.All.Skip(1), provider => Assert.StartsWith("npm install -g ", provider.Install, StringComparison.Ordinal));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void A_command_is_a_word_or_several()
    {
        var list = Given("""
            {
              // comments are fine
              "any": { "command": ["env", "-i"], "arguments": true, "description": "anything" },
              "htop": { "command": "htop" },
            }
            """);

        Assert.Empty(list.Warnings);
        var any = list.Find("any")!;
        Assert.Equal(("env", true, "anything"), (any.Program, any.MayHaveArguments, any.Description));
        Assert.Equal(["-i"], any.FixedArguments);
        var htop = list.Find("htop")!;
        Assert.Equal(("htop", false), (htop.Program, htop.MayHaveArguments));
        Assert.Empty(htop.FixedArguments);
    }

    [Fact]
    public void An_entry_replaces_the_built_in_agent_of_its_name()
    {
        var list = Given("""{ "codex": { "command": ["/opt/codex", "--safe"], "arguments": true } }""");
        Assert.Equal("/opt/codex", list.Find("codex")!.Program);
        Assert.Single(list.All, provider => provider.Name == "codex");
    }

    [Theory]
    [InlineData("""{ "command": [] }""", "program's name")]
    [InlineData("""{ "command": "" }""", "program's name")]
    [InlineData("""{ "command": ["a", 1] }""", "program's name")]
    [InlineData("""{ "command": "a\u0000b" }""", "program's name")]
    [InlineData("""{ "command": "a", "arguments": "yes" }""", "neither true")]
    [InlineData("""{ "command": "a", "env": {} }""", "\"env\"")]
    [InlineData("{ }", "has no command")]
    [InlineData("\"htop\"", "must be an object")]
    public void A_bad_entry_is_reported_with_its_line_and_the_others_work(string entry, string problem)
    {
        var list = Given($$"""
            {
              "first": { "command": "a" },
              "bad": {{entry}},
              "last": { "command": "b" }
            }
            """);

        var warning = Assert.Single(list.Warnings);
        Assert.StartsWith($"{ProvidersPath}:3: \"bad\" ", warning, StringComparison.Ordinal);
        Assert.Contains(problem, warning, StringComparison.Ordinal);
        Assert.NotNull(list.Find("first"));
        Assert.Null(list.Find("bad"));
        Assert.NotNull(list.Find("last"));
    }

    [Theory]
    [InlineData("shell")]
    [InlineData("Shell")]
    [InlineData("with space")]
    [InlineData("-x")]
    [InlineData("")]
    public void A_name_that_is_taken_or_not_allowed_is_reported(string name) =>
        Assert.Single(Given($$"""{ "{{name}}": { "command": "a" } }""").Warnings);

    [Theory]
    [InlineData("{\n  \"good\": { \"command\": \"a\" },\n  \"bad\": { \"command\" \"b\" }\n}", 3)]
    [InlineData("{\n  \"good\": { \"command\": \"a\" }\n", 3)]
    [InlineData("{\n  \"good\": { \"command\": \"a\" }\n}\n}", 4)]
    public void A_broken_file_is_reported_where_it_breaks_and_what_stands_before_works(string json, int line)
    {
        var list = Given(json);
        Assert.StartsWith($"{ProvidersPath}:{line}: ", Assert.Single(list.Warnings), StringComparison.Ordinal);
        Assert.NotNull(list.Find("good"));
        Assert.NotNull(list.Find("codex"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("null")]
    public void A_file_that_is_no_object_is_reported(string json) => Assert.Single(Given(json).Warnings);

    [Fact]
    public void A_changed_file_is_read_again()
    {
        var list = Given("""{ "one": { "command": "a" } }""");
        Assert.NotNull(list.Find("one"));

        _scratch.Write("providers.json", """{ "two": { "command": "a" } }""");
        File.SetLastWriteTimeUtc(ProvidersPath, DateTime.UnixEpoch);
        Assert.Null(list.Find("one"));
        Assert.NotNull(list.Find("two"));

        File.Delete(ProvidersPath);
        Assert.Null(list.Find("two"));
    }

    private ProviderList Given(string json)
    {
        _scratch.Write("providers.json", json);
        return new ProviderList(ProvidersPath);
    }
}
