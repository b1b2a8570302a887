using System.Text;
using System.Text.Json;
using Tether.Protocol.Terminal.Parsing;

namespace Tether.Vt;

/// <summary>
/// Parsing: bytes and the events they give, in the words of libvterm's tests: 8-bit text, and fragments of a string wherever it is
/// interrupted. One parser for a file, so that cases can go on where others stopped; where the one before is not in the file, what it must have
/// ended with is fed first, to a new parser if another case left the old one in the middle (<see cref="LeadIn"/>).
/// </summary>
internal sealed class ParserJudge
{
    private readonly EventLog _log = new();
    private VtParser _parser = new() { IsUtf8 = false };

    public string? Check(byte[] input, JsonElement expected)
    {
        string[] wanted = [.. expected.EnumerateArray().Select(Wanted)];
        bool continues = _parser.SafePosition < _parser.Position;
        string? reason = continues ? Run(input, wanted) : RunAnew(input, expected, wanted);
        if (reason is null || !continues)
        {
            return reason;
        }

        // What was unfinished is not what this case goes on with.
        _parser = new VtParser { IsUtf8 = false };
        _log.Reset();
        _log.Fed.Clear();
        return RunAnew(input, expected, wanted);
    }

    private string? RunAnew(byte[] input, JsonElement expected, string[] wanted)
    {
        if (LeadIn(input, expected) is { Length: > 0 } start)
        {
            Run(start, []);
        }

        return Run(input, wanted);
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
            case "osc" or "dcs" or "apc" or "pm" or "sos":
                return [.. StringStart(first), .. input[0] == '\\' ? "\e"u8 : default];
            default:
                return [];
        }
    }

    private static ReadOnlySpan<byte> StringStart(JsonElement e) => e.GetProperty("k").GetString() switch
    {
        "osc" => e.GetProperty("initial").ValueKind == JsonValueKind.Null ? "\e]0;"u8 : "\e]"u8,
        "dcs" => "\ePA"u8,
        "apc" => "\e_"u8,
        "pm" => "\e^"u8,
        _ => "\eX"u8,
    };

    private string? Run(byte[] input, string[] wanted)
    {
        _log.Events.Clear();
        _log.Fed.AddRange(input);
        var recorder = new Recorder(_log);
        _parser.Feed(input, ref recorder);
        _log.FlushText();
        if (_parser.IsInString)
        {
            _log.Fragment(_parser.UnfinishedKind, _parser.SafePosition, _parser.UnfinishedString, isFinal: false);
        }
        else
        {
            _log.Reset();
        }

        return wanted.SequenceEqual(_log.Events) ? null : $"want {string.Join(' ', wanted)} got {string.Join(' ', _log.Events)}";
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

        /// <summary>All bytes of this parser.</summary>
        public List<byte> Fed { get; } = [];

        /// <summary>Forgets a string that was given up.</summary>
        public void Reset() => (_told, _hasToldNumber) = (0, false);

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

        public void Fragment(ControlString kind, long start, ReadOnlySpan<byte> text, bool isFinal)
        {
            FlushText();
            ReadOnlySpan<byte> part = text[_told..];
            if (part.IsEmpty && !isFinal && (kind != ControlString.Dcs || _hasToldNumber))
            {
                return;
            }

            // Up to its first letter a DCS is a head of its own here, and text there.
            string head = "";
            if (kind == ControlString.Dcs && !_hasToldNumber)
            {
                head = Convert.ToHexStringLower(Head(start));
                _hasToldNumber = true;
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
            Events.Add($"{kind.ToString().ToLowerInvariant()}:{middle}{head}{Convert.ToHexStringLower(part)}:{(isFinal ? 1 : 0)}");
            _told = isFinal ? 0 : text.Length;
            _hasToldNumber = !isFinal && _hasToldNumber;
        }

        private byte[] Head(long start)
        {
            int from = (int)start + (Fed[(int)start] == 0x1B ? 2 : 1);
            return [.. Fed[from..(Fed.FindIndex(from, b => b is >= 0x40 and < 0x7F) + 1)]];
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

        public void Execute(byte control, long start, long end)
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
            log.Fragment(ControlString.Osc, sequence.Start, text, isFinal: true);

        public void Dcs(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator) =>
            log.Fragment(ControlString.Dcs, sequence.Start, text, isFinal: true);

        public void Other(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> text) => log.Fragment(kind, sequence.Start, text, isFinal: true);

        public bool Streams(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> start) => false;

        public void StringPart(ReadOnlySpan<byte> part)
        {
        }

        public void StringEnd(in Sequence sequence)
        {
        }

        public void ControlInString(ControlString kind, in Sequence sequence, byte control, ReadOnlySpan<byte> before)
        {
            log.Fragment(kind, sequence.Start, before, isFinal: false);
            log.Add($"control:{control}");
        }
    }
}
