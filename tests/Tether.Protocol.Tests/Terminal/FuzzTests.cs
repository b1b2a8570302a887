using System.Text;
using Tether.Fuzz;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

/// <summary>A short run of scripts/fuzz, and what longer ones have found.</summary>
public sealed class FuzzTests
{
    private static readonly FuzzCheck Check = new(isTimed: false);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_and_mutated_streams_break_no_invariant(int seed)
    {
        var generator = new CaseGenerator(seed, Corpus.Recordings);
        for (int i = 0; i < 250; i++)
        {
            FuzzCase fuzzCase = generator.Next();
            string? failure = Check.Failure(fuzzCase);
            Assert.True(failure is null, $"{failure}\n{fuzzCase.ToJson()}");
        }
    }

    [Theory]
    [InlineData(30, "\e[5 q\e[?12l")]
    [InlineData(30, "\eV🇸\ec🇬🇧")]
    [InlineData(30, "\e[1m🇸\e[m\ep🇬🇧")]
    [InlineData(3, "ab🇸\ep🇬🇧")]
    [InlineData(2, "🇺🇸\e[?2027l")]
    [InlineData(4, "\e[?2027l'j👩\u200d👩\e[?2027h")]
    [InlineData(3, "{O\t\u1ba6")]
    [InlineData(10, "\e[$t")]
    [InlineData(30, "\e[4m⌚\ufe0e\e[X")]
    [InlineData(8, "\e[4h⌚\ufe0e\e[9b\e[HX")]
    [InlineData(30, "\e)0\x0e\u060209")]
    [InlineData(3, "abc\e7\e[?7l\e8")]
    [InlineData(3, "\e[?7labe\u0301a\u0308")]
    [InlineData(5, "🇺🇸\e[1;2$t")]
    [InlineData(2, "⚠\ufe0f\e[?2027l")]
    [InlineData(9, "\eO\e7a")]
    [InlineData(3, "ab国\e[T\u0301")]
    [InlineData(9, "👩\u200d👆\e[?2027h\ufe0e")]
    [InlineData(1, "\eO\e7a\r\n日")]
    [InlineData(9, "\eO\e[?1049ha")]
    public void A_snapshot_gives_again_what_once_got_lost(int columns, string stream)
    {
        var fuzzCase = new FuzzCase("", columns, 4, 100, [new FuzzStep(Encoding.UTF8.GetBytes(stream))]);
        Assert.Null(Check.Failure(fuzzCase));
    }

    [Theory]
    [InlineData(20, 5)]
    [InlineData(5, 1)]
    [InlineData(2, 1)]
    public void A_snapshot_after_a_resize_has_the_narrowed_emoji_where_they_are(int before, int after)
    {
        FuzzStep[] steps = [new(Encoding.UTF8.GetBytes("abc⌚\ufe0e\u070f⌚\ufe0e⌚\ufe0e⌚\ufe0e\e[?1049hd⌚\ufe0e⌚\ufe0e")), new(null, after, 4), new(null, before, 4)];
        Assert.Null(Check.Failure(new FuzzCase("", before, 4, 100, steps)));
    }

    [Fact]
    public void A_snapshot_has_the_styled_blanks_that_a_new_size_has_wrapped()
    {
        FuzzStep[] steps = [new("\e[$t"u8.ToArray()), new(null, 3, 5)];
        Assert.Null(Check.Failure(new FuzzCase("", 30, 5, 100, steps)));
    }

    [Fact]
    public void A_failing_case_is_made_as_small_as_it_can_be()
    {
        static string? Failure(FuzzCase fuzzCase) =>
            fuzzCase.Steps.Any(step => step.Columns == 9) && fuzzCase.Bytes.Contains((byte)'X') ? "kind: found" : null;

        FuzzStep[] steps = [new("abc"u8.ToArray()), new("defXghi"u8.ToArray()), new(null, 7, 7), new(null, 9, 2), new("j"u8.ToArray())];
        FuzzCase smallest = new Minimiser(Failure).Minimise(new FuzzCase("x", 80, 24, 0, steps));
        Assert.Equal("""{"name":"x","cols":80,"rows":24,"scrollback":0,"steps":[["w","WA=="],["r",9,2]]}""", smallest.ToJson());
        Assert.Equal(smallest.ToJson(), FuzzCase.Parse(smallest.ToJson()).ToJson());
    }
}
