using System.Text;
using Tether.Tui.History;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.History;

public sealed class AsciicastWriterTests
{
    [Fact]
    public void Version_2_counts_from_the_start()
    {
        Assert.Equal("""
            {"version":2,"width":80,"height":24,"timestamp":0,"title":"test","env":{"TERM":"xterm-256color"}}
            [0.000000,"o","$ "]
            [0.100000,"o","ls\r\n\u001B[1mx\u001B[m"]
            [0.200000,"r","100x30"]

            """, Cast(2, new Records().Resize(80, 24).Output("$ ").Output("ls\r\n\e[1mx\e[m").Resize(100, 30).Exit(3)));
    }

    [Fact]
    public void Version_3_counts_from_the_event_before_and_tells_the_exit()
    {
        Assert.Equal("""
            {"version":3,"term":{"cols":80,"rows":24,"type":"xterm-256color"},"timestamp":0,"title":"test"}
            [0.000000,"o","$ "]
            [0.100000,"r","100x30"]
            [0.100000,"x","3"]

            """, Cast(3, new Records().Resize(80, 24).Output("$ ").Resize(100, 30).Exit(3)));
    }

    [Fact]
    public void A_character_cut_in_two_is_put_together()
    {
        var smile = Encoding.UTF8.GetBytes("😀");
        var cast = Cast(2, new Records().Resize(80, 24).Output([.. "a"u8, .. smile[..1]]).Output(smile[1..3]).Output([.. smile[3..], .. "b"u8]));
        Assert.Contains("""[0.000000,"o","a"]""", cast, StringComparison.Ordinal);
        Assert.Contains("😀b", cast.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_that_never_ends_is_told_at_the_end() =>
        Assert.EndsWith("[0.000000,\"o\",\"\uFFFD\"]\n", Cast(2, new Records().Output([0xf0, 0x9f])), StringComparison.Ordinal);

    [Fact]
    public void A_session_that_printed_nothing_is_a_header() => Assert.Single(Cast(2, new Records()).TrimEnd('\n').Split('\n'));

    private static string Cast(int version, Records records)
    {
        using var output = new MemoryStream();
        var writer = new AsciicastWriter(output, version, FakeDaemon.Session with { CreatedAt = DateTimeOffset.UnixEpoch });
        records.Give(writer.Take);
        writer.Finish();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
