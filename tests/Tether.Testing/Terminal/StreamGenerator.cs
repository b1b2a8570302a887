using System.Text;

namespace Tether.Testing.Terminal;

/// <summary>
/// Streams as programs might send them, from a seed: text of several scripts, every family of sequences with small, missing and huge
/// parameters, strings, and now and then bytes that mean nothing.
/// </summary>
public sealed class StreamGenerator(int seed, bool isHostile = false)
{
    private static readonly string[] Texts =
    [
        "hello world", "npm run build", "漢字テスト", "e\u0301a\u0308", "👩‍👩‍👧 ok", "🇬🇧🇺🇸", "❤️⚠️", "─│┌┐", "\t", "한국어", "⌚\ufe0e", "क्षत्र",
    ];

    private static readonly string[] Controls =
    [
        "\r\n", "\n", "\r", "\b\b", "\eM", "\eD", "\eE", "\e7", "\e8", "\e=", "\e>", "\eH", "\e(0", "\e(B", "\e)0\x0e", "\x0f", "\e#8", "\e6", "\e9",
        "\e[?1049h", "\e[?1049l", "\e[?7l", "\e[?7h", "\e[?6h", "\e[?6l", "\e[4h", "\e[4l", "\e[?69h", "\e[?69l", "\e[?25l", "\e[?2004h", "\e[?1002;1006h",
        "\e[>1u", "\e[>31u", "\e[<u", "\e[=5;1u", "\e[!p", "\e[?2027l", "\e[?2027h", "\e[1\"q", "\e[0\"q", "\e[5 q", "\e[>4;2m", "\e[?2026h", "\e[?2026l",
        "\e]0;title\a", "\e]2;títle\e\\", "\e]8;id=a;https://example.com/a\e\\", "\e]8;;\e\\", "\e]4;1;#123456\a", "\e]11;#fedcba\a", "\e]104\a", "\e[22t", "\e[23t",
        "\e[c", "\e[6n", "\e[?2026$p", "\e]10;?\a", "\eP$qm\e\\", "\e_Gi=1;AAAA\e\\", "\ePq\"1;1;30;40#0!20~-~\e\\", "\e_Ga=T,i=7,s=30,v=20;AAAA\e\\", "\e_Ga=d,d=i,i=7\e\\",
        "\e]1337;File=inline=1;width=5;height=2:AAAA\a", "\e[3g", "\e]7;file:///tmp/x\a", "\e]133;A\a",
    ];

    private const string Finals = "@ABCDEFGHIJKLMPSTXZ`abdefgrsm";

    private readonly Random _random = new(seed);

    public byte[] Next(int tokens)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < tokens; i++)
        {
            bytes.AddRange(Token());
        }

        return [.. bytes];
    }

    private byte[] Token() => _random.Next(isHostile ? 12 : 10) switch
    {
        < 4 => Encoding.UTF8.GetBytes(Pick(Texts)),
        4 or 5 => Encoding.UTF8.GetBytes(Pick(Controls)),
        6 => Encoding.UTF8.GetBytes($"\e[{_random.Next(1, 40)};{_random.Next(1, 90)}H"),
        7 => Encoding.UTF8.GetBytes(Style()),
        8 or 9 => Encoding.UTF8.GetBytes($"\e[{Parameters()}{Finals[_random.Next(Finals.Length)]}"),
        10 => Noise(),
        _ => Encoding.UTF8.GetBytes($"\e[{Pick(["", "?", ">", "<", "="])}{Parameters()}{Pick(["", "$", "\"", "'", " ", "*", "#", "!"])}{(char)_random.Next(0x40, 0x7F)}"),
    };

    private string Style() => _random.Next(6) switch
    {
        0 => "\e[m",
        1 => $"\e[{_random.Next(30, 38)};{_random.Next(40, 48)}m",
        2 => $"\e[38;2;{_random.Next(256)};{_random.Next(256)};{_random.Next(256)}m",
        3 => $"\e[48;5;{_random.Next(256)}m",
        4 => $"\e[4:{_random.Next(6)};58:2::{_random.Next(256)}:2:3m",
        _ => $"\e[{_random.Next(1, 10)}m",
    };

    private string Parameters()
    {
        string One() => _random.Next(8) switch
        {
            0 => "",
            1 => "0",
            2 when isHostile => "2147483647",
            3 => "99999",
            _ => $"{_random.Next(1, 12)}",
        };

        return string.Join(';', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => One()));
    }

    private byte[] Noise()
    {
        var noise = new byte[_random.Next(1, 40)];
        _random.NextBytes(noise);
        return noise;
    }

    private string Pick(string[] items) => items[_random.Next(items.Length)];
}
