using System.Text;
using Tether.Daemon.Journal;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Tests.Journal;

/// <summary>A journal being written as a session's thread does it, and what must be in it.</summary>
internal sealed unsafe class JournalRig : IDisposable
{
    private static readonly TerminalOptions Options = new() { Columns = 80, Rows = 24, ScrollbackRows = 200 };

    private readonly Random _random;

    public JournalRig(string directory, int seed = 1, JournalLimits? limits = null)
    {
        _random = new Random(seed);
        Directory = directory;
        Limits = limits ?? new JournalLimits(ScrollbackRows: 200, TotalBytes: 1 << 30, SegmentBytes: 200_000);
        Journal = SessionJournal.Create(directory, Limits, Emulator, 1, Problems.Add);
    }

    public string Directory { get; private set; }

    public JournalLimits Limits { get; }

    public List<string> Problems { get; } = [];

    public SessionJournal Journal { get; private set; }

    /// <summary>Has had every byte and resize; what a restored one must look like.</summary>
    public TerminalEmulator Emulator { get; private set; } = new(Options);

    public MemoryStream Written { get; } = new();

    /// <summary>The program prints, and the pty gives it in pieces of any size.</summary>
    public void Print(ReadOnlySpan<byte> bytes)
    {
        Written.Write(bytes);
        while (!bytes.IsEmpty)
        {
            var buffer = Journal.Reserve(out var room);
            var count = Math.Min(bytes.Length, _random.Next(1, Math.Min(room, 4096) + 1));
            bytes[..count].CopyTo(new Span<byte>(buffer, count));
            Journal.Commit(count, Written.Length);
            Emulator.Feed(new ReadOnlySpan<byte>(buffer, count));
            Journal.Answered = Journal.End;
            Journal.MakeRoom(Emulator, Written.Length);
            bytes = bytes[count..];
        }
    }

    public void Print(string text) => Print(Encoding.UTF8.GetBytes(text));

    /// <summary>So many bytes of lines, colours, wide characters and cursor jumps.</summary>
    public void PrintSomething(int bytes)
    {
        var text = new StringBuilder();
        while (text.Length < bytes)
        {
            text.Append(_random.Next(6) switch
            {
                0 => $"\e[{_random.Next(30, 38)}m",
                1 => "中文 ünï ",
                2 => $"\e[{_random.Next(1, 25)};{_random.Next(1, 81)}H",
                3 => $"\e]2;title {_random.Next(100)}\a",
                _ => $"line {_random.Next(1_000_000)} of many\r\n",
            });
        }

        Print(text.ToString());
    }

    public void Resize(int columns, int rows)
    {
        Journal.RecordSize(columns, rows, Written.Length);
        Emulator.Resize(columns, rows);
    }

    /// <summary>
    /// What is on the disk now is what a killed daemon would leave: another one takes it over, from a copy, while nothing was put in order.
    /// </summary>
    /// <param name="to">The copy's folder.</param>
    /// <param name="damage">What else happens to the files first.</param>
    public void Crash(string to, Action<string>? damage = null)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        Journal.Dispose();
        Directory = to;
        damage?.Invoke(to);
        Emulator = new TerminalEmulator(Options);
        Journal = JournalRestore.TakeOver(to, Limits, Emulator, Written.Length, Problems.Add);
    }

    /// <summary>A terminal that was there from the beginning.</summary>
    public TerminalEmulator Witness()
    {
        var witness = new TerminalEmulator(Options);
        witness.Feed(Written.ToArray());
        return witness;
    }

    /// <summary>The output that the segments hold, each byte once; a hole is told as text.</summary>
    public byte[] Stored() => Stored(Directory);

    public static byte[] Stored(string directory)
    {
        var all = new List<byte>();
        long next = 0;
        foreach (var segment in JournalReader.Segments(directory))
        {
            JournalReader.Visit(segment.Path, (in JournalRecord record, ReadOnlySpan<byte> payload) =>
            {
                if (record.Kind == JournalRecordKind.Hole)
                {
                    next = BitConverter.ToInt64(payload);
                    all.AddRange(Encoding.UTF8.GetBytes($"<hole {record.Offset}-{next}>"));
                }
                else if (record.Kind == JournalRecordKind.Output && record.Offset + payload.Length > next)
                {
                    if (record.Offset > next && all.Count > 0)
                    {
                        all.AddRange("<missing>"u8);
                    }

                    all.AddRange(payload[(int)Math.Max(0, next - record.Offset)..]);
                    next = record.Offset + payload.Length;
                }

                return true;
            });
        }

        return [.. all];
    }

    public static List<JournalRecord> Records(string directory)
    {
        var records = new List<JournalRecord>();
        foreach (var segment in JournalReader.Segments(directory))
        {
            JournalReader.Visit(segment.Path, (in JournalRecord record, ReadOnlySpan<byte> payload) =>
            {
                records.Add(record);
                return true;
            });
        }

        return records;
    }

    public static string Screen(TerminalEmulator emulator) => string.Join('\n', Enumerable.Range(0, emulator.Rows)
        .Select(row => emulator.GetText(emulator.RowAt(emulator.TopRow + row)))) + $"\n{emulator.Cursor} {emulator.Columns}×{emulator.Rows} “{emulator.Title}”";

    public void Dispose() => Journal.Dispose();
}
