using System.Text.Json;
using Tether.Protocol.Terminal.Parsing;

namespace Tether.Vt;

/// <summary>Decoding: bytes and the code points they give. One parser for a file, so that cases can go on where others stopped.</summary>
internal sealed class Utf8Judge
{
    private readonly List<int> _codePoints = [];
    private VtParser _parser = new() { HasC1 = false };

    public string? Check(byte[] input, JsonElement expected)
    {
        _codePoints.Clear();
        var recorder = new Recorder(_codePoints);
        _parser.Feed(input, ref recorder);
        int[] wanted = [.. expected.EnumerateArray().Select(number => number.GetInt32())];
        return wanted.SequenceEqual(_codePoints) ? null : $"want {string.Join(' ', wanted)} got {string.Join(' ', _codePoints)}";
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

        public void Execute(byte control, long position) => codePoints.Add(control);

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

        public void ControlInString(byte control, ReadOnlySpan<byte> before)
        {
        }
    }
}
