using System.Text.Encodings.Web;
using System.Text.Json;
using Tether.Vt;

return args switch
{
    ["--screen"] => WriteScreens(),
    ["--against", var command] => new PeerComparison(command).Run(Console.In),
    ["--cases", .. { Length: > 0 } files] => SnapshotCheck.WriteCases(files),
    ["--queries", .. { Length: > 0 } files] => QueryList.Run(files),
    ["--snapshots", .. { Length: > 0 } files] => SnapshotCheck.Run(files),
    ["-v", .. { Length: > 0 } files] => new Judge(isVerbose: true).Run(files),
    [not ("-v" or "-h" or "--help"), ..] => new Judge(isVerbose: false).Run(args),
    _ => Usage(),
};

static int WriteScreens()
{
    using Stream output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
    while (Console.In.ReadLine() is { } line)
    {
        if (line.Length == 0)
        {
            continue;
        }

        using JsonDocument document = JsonDocument.Parse(line);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ScreenSnapshot.Write(json, CaseRunner.Run(new Case(document.RootElement)));
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("usage: vt --screen < cases.jsonl > snapshots.jsonl");
    Console.Error.WriteLine("       vt --against COMMAND < cases.jsonl      compares with a terminal that answers as vt --screen does");
    Console.Error.WriteLine("       vt [-v] FILE...          judges files of cases");
    Console.Error.WriteLine("       vt --snapshots FILE...   checks that a snapshot of each case's screen gives the same screen");
    Console.Error.WriteLine("       vt --queries FILE...     prints each query and its answer");
    Console.Error.WriteLine("       vt --cases FILE...       writes those snapshots as new cases, to be judged by other terminals");
    return 2;
}
