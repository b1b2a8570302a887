using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Snapshots;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Snapshots;

public sealed partial class HtmlWriterTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\e[1mbold\e[0;3mitalic", "<span style=\"font-weight:bold\">bold</span><span style=\"font-style:italic\">italic</span>")]
    [InlineData("\e[31mred\e[m no", "<span style=\"color:#cd0000\">red</span> no")]
    [InlineData("\e[38;2;1;2;3;48;5;196mx", "<span style=\"color:#010203;background:#ff0000\">x</span>")]
    [InlineData("\e[7mx", "<span style=\"color:#181818;background:#d8d8d8\">x</span>")]
    [InlineData("\e[2mx", "<span style=\"color:#787878\">x</span>")]
    [InlineData("\e[8mx", "<span style=\"color:#181818\">x</span>")]
    [InlineData("\e[4mx", "<span style=\"text-decoration:underline\">x</span>")]
    [InlineData("\e[4:3;58;5;1mx", "<span style=\"text-decoration:underline wavy #cd0000\">x</span>")]
    [InlineData("\e[4:2;9;53mx", "<span style=\"text-decoration:line-through overline\"><span style=\"text-decoration:underline double\">x</span></span>")]
    [InlineData("a漢b", "a<i style=\"width:2ch\">漢</i>b")]
    [InlineData("e\u0301\e[4m👩‍👩‍👧", "<i style=\"width:1ch\">e\u0301</i><i style=\"width:2ch;text-decoration:underline\">👩‍👩‍👧</i>")]
    [InlineData("a\e[3Cb", "a   b")]
    [InlineData("\e]4;1;#010101\a\e[31mx", "<span style=\"color:#010101\">x</span>")]
    public void A_style_becomes_a_span(string text, string expected) => Assert.Equal(expected, Rows(Write(text))[0]);

    [Theory]
    [InlineData("https://e.x/?a=1&b=\"", "<a rel=\"noreferrer\" href=\"https://e.x/?a=1&amp;b=&quot;\">x</a>")]
    [InlineData("HTTP://e.x", "<a rel=\"noreferrer\" href=\"HTTP://e.x\">x</a>")]
    [InlineData("mailto:a@e.x", "<a rel=\"noreferrer\" href=\"mailto:a@e.x\">x</a>")]
    [InlineData("file:///tmp", "<a rel=\"noreferrer\" href=\"file:///tmp\">x</a>")]
    [InlineData("javascript:alert(1)", "x")]
    [InlineData("JavaScript:alert(1)", "x")]
    [InlineData(" https://e.x", "x")]
    [InlineData("data:text/html,<script>", "x")]
    [InlineData("//e.x", "x")]
    public void Only_links_that_a_person_may_follow_are_links(string target, string expected) =>
        Assert.Equal(expected, Rows(Write($"\e]8;;{target}\ax\e]8;;\a"))[0]);

    [Fact]
    public void Nothing_that_was_printed_is_markup()
    {
        string html = Write("</pre><script>alert('1')</script>&amp;\e]0;</title><script>\a");
        Assert.Equal("&lt;/pre&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;", Rows(html)[0]);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;/title&gt;&lt;script&gt;</title>", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reversed_screen_and_the_programs_own_colours_are_the_pages_too()
    {
        string html = Write("\e[?5h\e]10;#111111\a\e]11;#222222\ax\e[7my");
        Assert.Contains("color: #222222; background: #111111", html, StringComparison.Ordinal);
        Assert.Equal("x<span style=\"color:#111111;background:#222222\">y</span>", Rows(html)[0]);
    }

    [Theory]
    [InlineData("", "ab<span style=\"color:#181818;background:#d8d8d8\">c</span>d")]
    [InlineData("\e[4 q", "ab<span style=\"box-shadow:inset 0 -2px #d8d8d8\">c</span>d")]
    [InlineData("\e[5 q\e]12;#ff0000\a", "ab<span style=\"box-shadow:inset 2px 0 #ff0000\">c</span>d")]
    [InlineData("\e[?25l", "abcd")]
    public void The_cursor_is_drawn_when_asked_for(string shape, string expected)
    {
        TestTerminal terminal = TestTerminal.Of(20, 2).Feed($"abcd\b\b{shape}");
        Assert.Equal(expected, Rows(Write(terminal.Emulator, new PictureOptions { ShowCursor = true }))[0]);
        Assert.Equal("abcd", Rows(Write(terminal.Emulator, new PictureOptions()))[0]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Without_its_tags_it_is_the_text_of_the_rows(int seed)
    {
        TestTerminal terminal = TestTerminal.Of(40, 12).Feed(new StreamGenerator(seed, isHostile: true).Next(150));
        TerminalEmulator emulator = terminal.Emulator;
        string html = Write(emulator, new PictureOptions { ShowCursor = seed % 2 == 0 });
        string[] expected = [.. terminal.ScrollbackLines, .. terminal.Lines];
        Assert.Equal(expected, Rows(html).Select(row => WebUtility.HtmlDecode(Tag().Replace(row, "")).TrimEnd(' ')));
        Assert.Equal(html, Write(emulator, new PictureOptions { ShowCursor = seed % 2 == 0 }));
    }

    private static string Write(string text) => Write(TestTerminal.Of(80, 2).Feed(text).Emulator, new PictureOptions());

    private static string Write(TerminalEmulator emulator, PictureOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        HtmlWriter.Write(emulator, emulator.FirstRow, emulator.ScrollbackCount + emulator.Rows, output, options);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string[] Rows(string html)
    {
        int start = html.IndexOf("<pre>\n", StringComparison.Ordinal) + "<pre>\n".Length;
        return html[start..html.IndexOf("\n</pre>", StringComparison.Ordinal)].Split('\n');
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
