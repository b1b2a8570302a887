using System.Text;
using Tether.Protocol.Terminal;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal;

/// <summary>Text in one piece goes the short way, single bytes never do: both must give the same.</summary>
public sealed class TextRunTests
{
    private static readonly string[] Pieces =
    [
        "a", "word ", " ", "é", "ñ", "\u00A0", "Привет", "─│┌┐", "漢字", "한국어", "ｱ", "ａ", "🚀", "✅", "🎉🎉", "👍🏽", "👩‍💻", "🇩🇪", "🇩", "❤\uFE0F",
        "e\u0301", "\u0301", "\u200D", "\u1100", "\u1161", "\u11A8", "\uAC00", "\u0600", "\u0915\u094D\u0937", "ไทย", "\u0080", "\u0085x", "\uFFFD",
        "\r\n", "\r", "\b", "\t", "\e[{0}G", "\e[{1};{0}H", "\e[{0}P", "\e[{0}@", "\e[{0}X", "\e[K", "\e[2b", "\e[31m", "\e[m", "\e[4h", "\e[4l",
        "\e[?7l", "\e[?7h", "\e[?2027l", "\e[?2027h", "\e(0", "\e(B", "\e[?69h\e[5;15s", "\e[?69l", "\e[1\"q", "\e[0\"q",
    ];

    private static readonly string[] Movements = ["\e[{0}G", "\e[H", "\e[r", "\e[?69l", "\e[?7l", "\e[?7h", "\eN", "\eO", "\e*0", "\x0e", "\x0f", "\e[?6h", "\e[?6l", "\e[4h", "\e[4l", "\e[K", "\n"];

    private static readonly byte[][] Broken = [[0x80], [0xC0, 0x80], [0xC2], [0xE3, 0x81], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xFF]];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 300)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_piece_of_text_and_its_single_bytes_give_the_same_screen(int seed)
    {
        var random = new Random(seed);
        var bytes = new List<byte>();
        for (int i = 0; i < 200; i++)
        {
            if (random.Next(40) == 0)
            {
                bytes.AddRange(Broken[random.Next(Broken.Length)]);
            }
            else
            {
                // Mostly text: two thirds of the list.
                string piece = Pieces[random.Next(3) == 0 ? random.Next(Pieces.Length) : random.Next(33)];
                bytes.AddRange(Encoding.UTF8.GetBytes(piece.Replace("{0}", $"{random.Next(1, 24)}", StringComparison.Ordinal).Replace("{1}", $"{random.Next(1, 6)}", StringComparison.Ordinal)));
            }
        }

        byte[] text = [.. bytes];
        var whole = TestTerminal.Of(22, 6).Feed(text);
        var single = TestTerminal.Of(22, 6);
        foreach (byte b in text)
        {
            single.Feed([b]);
        }

        Assert.Equal(StateText.Of(single.Emulator, 1000), StateText.Of(whole.Emulator, 1000));

        // What was printed last shows in what comes next.
        foreach (string next in new[] { "\e[3b", "\u0301", "\uFE0F", "🏽", "\u200D🚀", "\uAC00", "🇩", "\u11A8" })
        {
            Assert.Equal(After(text, next, 1), After(text, next, text.Length));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    [InlineData(9, 3)]
    public void On_small_screens_too_with_margins_anywhere(int columns, int rows)
    {
        for (int seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = 0; i < 80; i++)
            {
                text.Append(random.Next(6) switch
                {
                    0 => $"\e[?69h\e[{random.Next(1, columns + 1)};{random.Next(1, columns + 1)}s\e[{random.Next(1, rows + 1)};{random.Next(1, rows + 1)}r",
                    1 => Movements[random.Next(Movements.Length)].Replace("{0}", $"{random.Next(1, columns + 1)}", StringComparison.Ordinal),
                    _ => Pieces[random.Next(33)],
                });
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            var whole = TestTerminal.Of(columns, rows).Feed(bytes);
            var single = TestTerminal.Of(columns, rows);
            foreach (byte b in bytes)
            {
                single.Feed([b]);
            }

            Assert.Equal(StateText.Of(single.Emulator, 1000), StateText.Of(whole.Emulator, 1000));
        }
    }

    // Every row is guarded by the one before and the one behind it in the same array: what is written past a row's end shows there.
    [Theory]
    [InlineData("漢", 2)]
    [InlineData("é", 1)]
    [InlineData("🎉", 2)]
    [InlineData("a漢é", 4)]
    public void Nothing_is_written_beyond_the_row(string text, int width)
    {
        for (int columns = 1; columns <= 9; columns++)
        {
            for (int column = 1; column <= columns; column++)
            {
                var terminal = TestTerminal.Of(columns, 3).Feed($"\e#8\e[?7l\e[2;{column}H{string.Concat(Enumerable.Repeat(text, 12 / width))}");
                Assert.Equal(new string('E', columns), terminal.Lines[0]);
                Assert.Equal(new string('E', columns), terminal.Lines[2]);
            }
        }
    }

    private static string After(byte[] text, string next, int size)
    {
        var terminal = TestTerminal.Of(22, 6);
        foreach (byte[] piece in text.Chunk(size))
        {
            terminal.Feed(piece);
        }

        return StateText.Of(terminal.Feed(next).Emulator, 1000);
    }
}
