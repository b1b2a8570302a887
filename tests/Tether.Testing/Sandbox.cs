using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Protocol.Model;
using Tether.Testing.Outer;
using Tether.Testing.Wire;

namespace Tether.Testing;

/// <summary>
/// A person's account of their own, for one test: a home, configuration, data and runtime folder, and the built programs on the PATH.
/// The first command starts a daemon in it; disposing ends every process that was started in it, and no other.
/// </summary>
public sealed class Sandbox : IAsyncDisposable
{
    // The caller's variables that a command line needs; everything else would make tests depend on who runs them.
    private static readonly string[] Inherited = ["PATH", "DOTNET_ROOT", "USER", "LOGNAME"];

    private readonly Dictionary<string, string> _environment;
    private readonly List<OuterTerminal> _terminals = [];

    public Sandbox()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("tether-test-").FullName;
        var caller = Inherited
            .Select(name => (name, value: System.Environment.GetEnvironmentVariable(name)))
            .Where(pair => !string.IsNullOrEmpty(pair.value));
        _environment = caller.ToDictionary(pair => pair.name, pair => pair.value!);
        _environment["PATH"] = $"{Programs}:{_environment.GetValueOrDefault("PATH", "/usr/bin:/bin")}";
        _environment["HOME"] = Below("home");
        _environment["XDG_RUNTIME_DIR"] = Below("run");
        _environment["XDG_CONFIG_HOME"] = Below("config");
        _environment["XDG_DATA_HOME"] = Below("data");
        _environment["SHELL"] = "/bin/bash";
        _environment["LANG"] = "C.UTF-8";
        _environment["TERM"] = "xterm-256color";
        _environment["PS1"] = "ready> ";

        // Many run at once, and there is one usual port.
        _environment["TETHER_HTTP"] = "0";
        WorkingDirectory = Below("work");
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "config", "tether"));
        WriteProviders(new JsonObject { ["any"] = new JsonObject { ["command"] = new JsonArray("env"), ["arguments"] = true } });
        foreach (var startup in (string[])[".bashrc", ".bash_profile"])
        {
            File.WriteAllText(Path.Combine(_environment["HOME"], startup), "PS1='ready> '\nHISTFILE=\nbind 'set enable-bracketed-paste off' 2>/dev/null\n");
        }
    }

    /// <summary>The folder with the built `tether` and `tetherd`: TETHER_BIN, else what scripts/tether built.</summary>
    public static string Programs { get; } = FindPrograms();

    /// <summary>The client that everything here runs.</summary>
    public string Tether { get; private set; } = Path.Combine(Programs, "tether");

    public string Directory { get; }

    /// <summary>Where commands and sessions start.</summary>
    public string WorkingDirectory { get; }

    public IReadOnlyDictionary<string, string> Environment => _environment;

    public TetherPaths Paths => TetherPaths.From(_environment.GetValueOrDefault, Libc.GetUserId());

    /// <summary>The processes that were started in this sandbox and still run.</summary>
    public IReadOnlyList<SandboxProcess> Processes => SandboxProcess.Of(Directory);

    /// <summary>Puts a copy of both programs where only this sandbox finds them, as scripts/install does: by renaming folders. Called again, it replaces them.</summary>
    public async Task Install()
    {
        var installed = Below("installed");
        await Copy(Programs, installed + ".new");
        if (System.IO.Directory.Exists(installed))
        {
            System.IO.Directory.Move(installed, installed + ".old");
        }

        System.IO.Directory.Move(installed + ".new", installed);
        if (System.IO.Directory.Exists(installed + ".old"))
        {
            System.IO.Directory.Delete(installed + ".old", recursive: true);
        }

        if (Path.GetDirectoryName(Tether) != installed)
        {
            _environment["PATH"] = $"{installed}:{_environment["PATH"]}";
            Tether = Path.Combine(installed, "tether");
        }
    }

    public void Set(string variable, string value) => _environment[variable] = value;

    public void Unset(string variable) => _environment.Remove(variable);

    public void WriteProviders(JsonObject providers) => Write("config/tether/providers.json", providers.ToJsonString());

    public void WriteConfig(string lines) => Write("config/tether/config.env", lines);

    public string Write(string path, string text)
    {
        var full = Path.Combine(Directory, path);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Runs `tether` with these arguments, without a terminal, to its end.</summary>
    public Task<CliResult> Run(params string[] arguments) => Cli.Run(this, arguments);

    /// <summary>The same, and fails unless it succeeds; returns what it printed.</summary>
    public async Task<string> Do(params string[] arguments) => (await Cli.Run(this, arguments)).Succeeded();

    /// <summary>The same for a command that prints JSON.</summary>
    public async Task<JsonNode> Json(params string[] arguments)
    {
        var text = await Do(arguments);
        try
        {
            return JsonNode.Parse(text) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"tether {string.Join(' ', arguments)} printed no JSON: {e.Message}\n{text}", e);
        }
    }

    /// <summary>Starts a program in a new detached session and returns the session's id.</summary>
    public Task<string> Detached(string title, params string[] program) => Detached(title, 80, 24, program);

    public async Task<string> Detached(string title, int columns, int rows, params string[] program)
    {
        string[] size = ["--cols", $"{columns}", "--rows", $"{rows}"];
        var printed = await Do(["run", "any", "-d", "--title", title, .. size, "--", .. program]);
        return printed.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)[0];
    }

    /// <summary>Opens a terminal window and runs `tether` with these arguments in it.</summary>
    public OuterTerminal Open(params string[] arguments) => Open(80, 24, arguments);

    public OuterTerminal Open(int columns, int rows, params string[] arguments) => OpenProgram(columns, rows, [Tether, .. arguments]);

    /// <summary>Opens a terminal window and runs any program in it.</summary>
    public OuterTerminal OpenProgram(int columns, int rows, params string[] command)
    {
        var terminal = OuterTerminal.Start(this, columns, rows, command);
        _terminals.Add(terminal);
        return terminal;
    }

    /// <summary>Asks the daemon over the local socket, and starts it first when none runs.</summary>
    public async Task<JsonObject> Ask(string type, JsonObject? members, string expected)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var peer = await Peer.Local(this);
                return await peer.Ask(type, members, expected);
            }
            catch (Exception e) when (attempt < 3 && e is SocketException or Peer.ClosedException)
            {
                // No daemon, or one that is just going: any command starts the next.
                await Do("ls", "--json");
            }
        }
    }

    /// <summary>The daemon's own report.</summary>
    public async Task<DaemonStatus> Status() => DaemonStatus.From(await Ask("status", null, "status-report"));

    /// <summary>The record of one session, running or ended.</summary>
    public async Task<JsonObject> Session(string id)
    {
        var reply = await Ask("list", new JsonObject { ["all"] = true }, "sessions");
        return reply["sessions"]!.AsArray().Select(entry => entry!.AsObject()).Single(entry => entry["id"]!.GetValue<string>() == id);
    }

    public async Task<string> StateOf(string id) => (await Session(id))["state"]!.GetValue<string>();

    public async Task<int> ProcessOf(string id) => (await Session(id))["processId"]!.GetValue<int>();

    /// <summary>Who is attached, in the order they came.</summary>
    public async Task<JsonArray> Clients(string id) =>
        (await Ask("clients", new JsonObject { ["session"] = id }, "clients-list"))["clients"]!.AsArray();

    public Task UntilState(string id, string state) => Patience.Until(async () => await StateOf(id) == state, $"session {id} {state}");

    public Task UntilClients(string id, int count) =>
        Patience.Until(async () => (await Clients(id)).Count == count, $"{count} clients of session {id}");

    /// <summary>Completes when a row of the session's screen matches, whoever is attached.</summary>
    public Task UntilShows(string id, string pattern, TimeSpan? within = null) => Wait(id, "text", pattern, within);

    public Task UntilExit(string id, TimeSpan? within = null) => Wait(id, "exit", null, within);

    public async ValueTask DisposeAsync()
    {
        foreach (var terminal in _terminals)
        {
            await terminal.DisposeAsync();
        }

        // One that dies may have started another meanwhile, behind the place where the list of processes was being read: until two
        // lists in a row are empty.
        var emptyLists = 0;
        await Patience.Until(() => (emptyLists = KillAll() ? emptyLists + 1 : 0) == 2, "the end of every process of the sandbox");
        for (var attempt = 0; attempt < 3 && !TryDelete(); attempt++)
        {
            // What was written by a process at its very end is there only now.
        }
    }

    private bool TryDelete()
    {
        try
        {
            System.IO.Directory.Delete(Directory, recursive: true);
            return true;
        }
        catch (IOException)
        {
            // After the last attempt the folder may stay: a file system that a test mounted is still busy.
            return false;
        }
    }

    private async Task Wait(string id, string what, string? pattern, TimeSpan? within)
    {
        var members = new JsonObject { ["session"] = id, ["for"] = what, ["pattern"] = pattern, ["timeoutSeconds"] = (within ?? Patience.Usual).TotalSeconds };
        var outcome = (await Ask("wait", members, "waited"))["outcome"]!.GetValue<string>();
        if (outcome != what)
        {
            var screen = (await Ask("capture", new JsonObject { ["session"] = id }, "captured"))["text"]!.GetValue<string>();
            throw new TimeoutException($"session {id} never came to {what} {pattern}, but to {outcome}; its screen:\n{screen}");
        }
    }

    // True when there was none.
    private bool KillAll()
    {
        var processes = Processes;
        foreach (var process in processes)
        {
            process.Kill();
        }

        return processes.Count == 0;
    }

    private string Below(string name) =>
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    private static async Task Copy(string from, string to)
    {
        using var copy = System.Diagnostics.Process.Start("cp", ["-R", from, to]);
        await copy.WaitForExitAsync().WaitAsync(Patience.Usual);
        if (copy.ExitCode != 0)
        {
            throw new IOException($"cp -R {from} {to} ended with {copy.ExitCode}");
        }
    }

    private static string FindPrograms()
    {
        if (System.Environment.GetEnvironmentVariable("TETHER_BIN") is { Length: > 0 } given)
        {
            return Path.GetFullPath(given);
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tether.sln")))
        {
            folder = folder.Parent;
        }

        var built = Path.Combine(folder?.FullName ?? "", "artifacts", "tether");
        return File.Exists(Path.Combine(built, "tether"))
            ? built
            : throw new InvalidOperationException($"no tether in {built}: run scripts/test, or scripts/tether once, or set TETHER_BIN");
    }
}
