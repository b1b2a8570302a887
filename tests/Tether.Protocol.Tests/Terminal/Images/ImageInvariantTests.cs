using System.Text;
using Tether.Protocol.Terminal;
using Tether.Testing.Terminal;
using Xunit;

namespace Tether.Protocol.Tests.Terminal.Images;

/// <summary>What must hold for image strings of any kind, size and form.</summary>
public sealed class ImageInvariantTests
{
    private static readonly string Png = Convert.ToBase64String(Pictures.Png(50, 40));

    private static readonly string[] Pieces =
    [
        "text ", "漢字", "\r\n", "\n", "\e[{0};{1}H", "\e[?80h", "\e[?80l", "\e[?8452h", "\e[?8452l", "\e[2;6r", "\e[r", "\e[?69h\e[3;12s", "\e[?69l",
        "\e[?1049h", "\e[?1049l", "\e[K", "\e[2X", "\e[2P", "\e[2@", "\e[L", "\e[M", "\e[44m", "\e[m", "\u0301", "\e[3b", "\e[?7l", "\e[?7h",
        "\ePq\"1;1;{1}0;{0}0#0!{0}~-~\e\\", "\eP0;1;0q!2147483647~-~-~-~\e\\", "\ePq\"1;1;999999999;999999999~\e\\", "\ePq#1;2;3;4;5!\x18", "\ePq~\e[31m",
        "\e_Ga=T,s={0}0,v={1}0,i={0},p={1};AAAA\e\\", $"\e_Ga=T,f=100,C=1;{Png}\e\\", $"\e_Ga=t,f=100,i={{0}},m=1;{Png[..20]}\e\\\e_Gm=0;{Png[20..]}\e\\",
        "\e_Ga=p,i={0},c={1}\e\\", "\e_Ga=p,i={0},r=4294967295,c=4294967295\e\\", "\e_Ga=T,s=8,v=16,m=1;A\e\\", "\e_Ga=d,d=i,i={0}\e\\", "\e_Ga=d,d=c\e\\", "\e_Ga=d\e\\",
        "\e_Ga=d,d=x,x={0}\e\\", "\e_Ga=q;x\e\\", "\e_GAAAA\x1a", "\e_Ga=T,s=32,v=32,z=-1;\e\\",
        $"\e]1337;File=inline=1;width={{0}};height={{1}}:{Png}\a", $"\e]1337;File=inline=1:{Png}\e\\", "\e]1337;MultipartFile=inline=1\a", $"\e]1337;FilePart={Png}\a", "\e]1337;FileEnd\a",
        "\U0010EEEE\u0305\u0305", "\U0010EEEE",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_split_gives_the_same_state_events_and_hidden_spans(int seed)
    {
        byte[] bytes = Stream(seed, 60);
        var whole = TestTerminal.Of(18, 7).Feed(bytes);
        foreach (int size in new[] { 1, 2, 5, 61 })
        {
            var pieces = TestTerminal.Of(18, 7);
            foreach (byte[] piece in bytes.Chunk(size))
            {
                pieces.Feed(piece);
            }

            Assert.Equal(StateText.Of(whole.Emulator, 1000), StateText.Of(pieces.Emulator, 1000));
            Assert.Equal(whole.Events, pieces.Events);
            Assert.Equal(whole.HiddenSpans, pieces.HiddenSpans);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_snapshot_gives_the_same_state(int seed)
    {
        var original = TestTerminal.Of(18, 7).Feed(Stream(seed, 40));
        var copy = TestTerminal.Of(18, 7).Feed(Snapshots.Of(original.Emulator));
        Assert.Equal(StateText.Of(original.Emulator), StateText.Of(copy.Emulator));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void Small_screens_take_them_too(int columns, int rows)
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            var terminal = TestTerminal.Of(columns, rows, scrollback: 20).Feed(Stream(seed, 60));
            Assert.InRange(terminal.Cursor.Row, 0, rows - 1);
            Assert.InRange(terminal.Cursor.Column, 0, columns - 1);
        }
    }

    [Fact]
    public void Megabytes_of_data_allocate_nothing()
    {
        var emulator = new TerminalEmulator(new TerminalOptions { Columns = 20, Rows = 5 });
        string data = string.Concat(Enumerable.Repeat("~#1!20?$@", 7000));
        foreach (string start in new[] { "\ePq", "\e_Ga=T,s=8,v=8;", "\e]1337;File=inline=1:" })
        {
            byte[] part = Encoding.ASCII.GetBytes(data);
            emulator.Feed(Encoding.ASCII.GetBytes(start));
            emulator.Feed(part);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++)
            {
                emulator.Feed(part);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            emulator.Feed("\e\\"u8);
        }
    }

    private static byte[] Stream(int seed, int pieces)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < pieces; i++)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]
                .Replace("{0}", $"{random.Next(1, 20)}", StringComparison.Ordinal)
                .Replace("{1}", $"{random.Next(1, 8)}", StringComparison.Ordinal));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
