using System.Text;
using System.Text.Json;
using Tether.Protocol.Terminal.Parsing;

namespace Tether.Vt;

/// <summary>
/// Parsing: bytes and the events they give, in the words of libvterm's tests: 8-bit text, and fragments of a string wherever it is
/// interrupted. One parser for a file, so that cases can go on where others stopped; where the one before is not in the file, what it must have
/// ended with is fed first (<see cref="LeadIn"/>).
/// </summary>
internal sealed class ParserJudge
{
    private readonly EventLog _log = new();
    private VtParser _parser = new() { IsUtf8 = false };

    public string? Check(byte[] input, JsonElement expected)
    {
        if (_parser.SafePosition == _parser.Position && LeadIn(input, expected) is { Length: > 0 } start)
        {
            Run(start);
        }

        Run(input);
        string[] wanted = [.. expected.EnumerateArray().Select(Wanted)];
        return wanted.SequenceEqual(_log.Events) ? null : $"want {string.Join(' ', wanted)} got {string.Join(' ', _log.Events)}";
    }

    /// <summary>
    /// What stood before a case that expects a sequence which it does not begin itself: the introducer, for an escape sequence also the bytes that
    /// are missing of it. Empty where the input begins with ESC or a C1 control, or expects text or a control first.
    /// </summary>
    private static byte[] LeadIn(byte[] input, JsonElement expected)
    {
        if (input is [] or [0x1B or (>= 0x80 and < 0xA0), ..] || expected.GetArrayLength() == 0)
        {
            return [];
        }

        JsonElement first = expected[0];
        switch (first.GetProperty("k").GetString())
        {
            case "csi":
                return input[0] == '[' ? "\e"u8.ToArray() : "\e["u8.ToArray();
            case "escape":
                byte[] sequence = Convert.FromHexString(first.GetProperty("hex").GetString()!);
                int missing = sequence.Length - Enumerable.Range(0, sequence.Length + 1).Last(count => input.AsSpan().StartsWith(sequence.AsSpan(sequence.Length - count)));
                return [0x1B, .. sequence[..missing]];
            case "osc" when first.GetProperty("initial").ValueKind == JsonValueKind.Null:
                return "\e]0;"u8.ToArray();
            case "osc":
                return "\e]"u8.ToArray();
            case "dcs":
                return "\eP"u8.ToArray();
            case "apc":
                return "\e_"u8.ToArray();
            case "pm":
                return "\e^"u8.ToArray();
            case "sos":
                return "\eX"u8.ToArray();
            default:
                return [];
        }
    }

    private void Run(byte[] input)
    {
        _log.Events.Clear();
        var recorder = new Recorder(_log);
        _parser.Feed(input, ref recorder);
        _log.FlushText();
        if (_parser.IsInString)
        {
            _log.Fragment(_parser.UnfinishedKind, _parser.UnfinishedString, isFinal: false);
        }
    }

    private static string Wanted(JsonElement e) => e.GetProperty("k").GetString() switch
    {
        "text" => $"text:{string.Join(',', e.GetProperty("cps").EnumerateArray().Select(number => number.GetInt32()))}",
        "control" => $"control:{e.GetProperty("c").GetInt32()}",
        "csi" => $"csi:{e.GetProperty("args").GetString()}:{e.GetProperty("final").GetString()}",
        "escape" => $"escape:{e.GetProperty("hex").GetString()}",
        "osc" => $"osc:{e.GetProperty("initial").GetString()}:{e.GetProperty("hex").GetString()}:{e.GetProperty("final").GetInt32()}",
        string kind => $"{kind}:{e.GetProperty("hex").GetString()}:{e.GetProperty("final").GetInt32()}",
        null => "",
    };

    /// <summary>Events in the order in which they came.</summary>
    private sealed class EventLog
    {
        private readonly List<int> _text = [];

        // How much of the string being collected was told already, and whether its number was.
        private int _told;
        private bool _hasToldNumber;

        public List<string> Events { get; } = [];

        public void AddText(int codePoint) => _text.Add(codePoint);

        public void FlushText()
        {
            if (_text.Count > 0)
            {
                Events.Add($"text:{string.Join(',', _text)}");
                _text.Clear();
            }
        }

        public void Add(string entry)
        {
            FlushText();
            Events.Add(entry);
        }

        public void Fragment(ControlString kind, ReadOnlySpan<byte> text, bool isFinal)
        {
            FlushText();
            ReadOnlySpan<byte> part = text[_told..];
            if (part.IsEmpty && !isFinal)
            {
                return;
            }

            string number = "";
            if (kind == ControlString.Osc && !_hasToldNumber)
            {
                int separator = part.IndexOf((byte)';');
                number = Encoding.ASCII.GetString(separator < 0 ? part : part[..separator]);
                part = separator < 0 ? default : part[(separator + 1)..];
                _hasToldNumber = true;
            }

            string middle = kind == ControlString.Osc ? $"{number}:" : "";
            Events.Add($"{kind.ToString().ToLowerInvariant()}:{middle}{Convert.ToHexStringLower(part)}:{(isFinal ? 1 : 0)}");
            _told = isFinal ? 0 : text.Length;
            _hasToldNumber = !isFinal && _hasToldNumber;
        }
    }

    private readonly struct Recorder(EventLog log) : IVtHandler
    {
        public void PrintAscii(ReadOnlySpan<byte> run)
        {
            foreach (byte b in run)
            {
                log.AddText(b);
            }
        }

        public void Print(int codePoint) => log.AddText(codePoint);

        public int PrintText(ReadOnlySpan<byte> input, int i) => i;

        public void Execute(byte control, long position)
        {
            if (control != 0)
            {
                log.Add($"control:{control}");
            }
        }

        public void Escape(int intermediates, byte final) => log.Add($"escape:{(intermediates == 0 ? "" : $"{intermediates:x2}")}{final:x2}");

        public void Csi(in Sequence sequence)
        {
            var args = new StringBuilder();
            args.Append(sequence.Prefix == 0 ? "" : $"L={sequence.Prefix:x2} ");
            for (int i = 0; i < Math.Max(1, sequence.Count); i++)
            {
                args.Append(i > 0 ? "," : "").Append(sequence.IsMissing(i) ? "*" : $"{sequence[i]}").Append(sequence.IsSub(i + 1) ? "+" : "");
            }

            args.Append(sequence.Intermediates == 0 ? "" : $" I={sequence.Intermediates:x2}");
            log.Add($"csi:{args}:{(char)sequence.Final}");
        }

        public void Osc(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator) =>
            log.Fragment(ControlString.Osc, text, isFinal: true);

        public void Dcs(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator) =>
            log.Fragment(ControlString.Dcs, text, isFinal: true);

        public void Other(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> text) => log.Fragment(kind, text, isFinal: true);

        public bool Streams(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> start) => false;

        public void StringPart(ReadOnlySpan<byte> part)
        {
        }

        public void StringEnd(in Sequence sequence)
        {
        }

        public void ControlInString(byte control, ReadOnlySpan<byte> before)
        {
            log.Fragment(ControlString.Osc, before, isFinal: false);
            log.Add($"control:{control}");
        }
    }
}
