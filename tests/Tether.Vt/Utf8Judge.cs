using System.Text.Json;
using Tether.Protocol.Terminal.Parsing;

namespace Tether.Vt;

/// <summary>
/// Decoding: bytes and the code points they give. One parser for a file, so that cases can go on where others stopped; a case that begins in the middle of
/// the character it expects, without the case before it in the file, begins with the bytes of that character that are missing.
/// </summary>
internal sealed class Utf8Judge
{
    private readonly List<int> _codePoints = [];
    private VtParser _parser = new() { HasC1 = false };

    public string? Check(byte[] input, JsonElement expected)
    {
        int[] wanted = [.. expected.EnumerateArray().Select(number => number.GetInt32())];
        bool continues = _parser.SafePosition < _parser.Position;
        if (continues && Run(input, wanted) is null)
        {
            return null;
        }

        _parser = new VtParser { HasC1 = false };
        if (wanted.Length > 0 && LeadIn(input, wanted[0]) is { Length: > 0 } start)
        {
            Run(start, []);
        }

        return Run(input, wanted);
    }

    private string? Run(byte[] input, int[] wanted)
    {
        _codePoints.Clear();
        var recorder = new Recorder(_codePoints);
        _parser.Feed(input, ref recorder);
        return wanted.SequenceEqual(_codePoints) ? null : $"want {string.Join(' ', wanted)} got {string.Join(' ', _codePoints)}";
    }

    private static byte[] LeadIn(byte[] input, int codePoint)
    {
        int continuations = input.AsSpan().IndexOfAnyExceptInRange((byte)0x80, (byte)0xBF);
        continuations = continuations < 0 ? input.Length : continuations;
        byte[] whole = System.Text.Encoding.UTF8.GetBytes(char.ConvertFromUtf32(codePoint));
        bool isRest = continuations > 0 && continuations < whole.Length && whole.AsSpan().EndsWith(input.AsSpan(0, continuations));
        return isRest ? whole[..^continuations] : [];
    }

    private readonly struct Recorder(List<int> codePoints) : IVtHandler
    {
        public void PrintAscii(ReadOnlySpan<byte> run)
        {
            foreach (byte b in run)
            {
                codePoints.Add(b);
            }
        }

        public void Print(int codePoint) => codePoints.Add(codePoint);

        public int PrintText(ReadOnlySpan<byte> input, int i) => i;

        public void Execute(byte control, long start, long end) => codePoints.Add(control);

        public void Escape(int intermediates, byte final)
        {
        }

        public void Csi(in Sequence sequence)
        {
        }

        public void Osc(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator)
        {
        }

        public void Dcs(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator)
        {
        }

        public void Other(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> text)
        {
        }

        public bool Streams(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> start) => false;

        public void StringPart(ReadOnlySpan<byte> part)
        {
        }

        public void StringEnd(in Sequence sequence)
        {
        }

        public void ControlInString(ControlString kind, in Sequence sequence, byte control, ReadOnlySpan<byte> before)
        {
        }
    }
}
