using Tether.Daemon.Agents.Stores;
using Tether.Protocol.Model;

namespace Tether.Daemon.Tests.Agents.Stores;

/// <summary>A home of its own in which agents have kept sessions: fixtures that the real ones wrote, or lines of a test.</summary>
internal sealed class StoreRig : IDisposable
{
    public const string Directory = "/home/ada/api";

    private readonly ScratchDirectory _scratch = new();

    public StoreRig() => Home = StoreHome.Of(name => name == "HOME" ? _scratch.Path : null);

    public StoreHome Home { get; }

    public string Path => _scratch.Path;

    public static StoreQuery All => new(null, 1000);

    /// <summary>Copies a folder of Fixtures to where the agent would have it, below the home.</summary>
    public void Take(string fixture, string to)
    {
        var from = SourceTree.PathOf($"tests/Tether.Daemon.Tests/Agents/Stores/Fixtures/{fixture}");
        foreach (var file in System.IO.Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            _scratch.Write(System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file)), File.ReadAllText(file));
        }
    }

    public string Write(string name, params string[] lines) => _scratch.Write(name, string.Concat(lines.Select(line => line + "\n")));

    public static void Append(string path, params string[] lines) => File.AppendAllText(path, string.Concat(lines.Select(line => line + "\n")));

    /// <summary>The transcript as `role: text` lines, tools as `tool NAME: text`.</summary>
    public static string[] Said(Transcript transcript, int from = 0) => [.. transcript.Read(from).Select(Line)];

    public static string[] Said(IAgentStore store, string id)
    {
        var transcript = store.OpenTranscript(store.Find(id).Sessions[0]);
        transcript.Refresh();
        return Said(transcript);
    }

    public void Dispose() => _scratch.Dispose();

    private static string Line(TranscriptEntry entry)
    {
        var who = entry.SubAgent is null ? "" : $"[{entry.SubAgent}] ";
        var role = entry.Role.ToString().ToLowerInvariant();
        return $"{who}{role}{(entry.Tool is null ? "" : $" {entry.Tool}")}{(entry.IsError ? " (error)" : "")}: {entry.Text}";
    }
}
