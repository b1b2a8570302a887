using System.Collections;
using System.Reflection;
using Tether.Daemon;
using Tether.Daemon.Agents;
using Tether.Daemon.Configuration;
using Tether.Daemon.Keeper;
using Tether.Daemon.Native;
using Tether.Protocol.Model;

// tetherd                     the daemon, until SIGTERM
// tetherd keep --socket PATH  the keeper; the daemon starts it
// tetherd agents …            which agents are known, and whether their screens are read right
// --ready-fd N                say `ready`, or `error` and why, on that descriptor
// --settings DIR              where `.env` is; empty: nowhere. Else in the directory where it starts
var version = typeof(DaemonProcess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
if (args is ["--version"])
{
    Console.WriteLine($"tetherd {version}");
    return 0;
}

var readyDescriptor = Array.IndexOf(args, "--ready-fd") is var at and >= 0 && at + 1 < args.Length && int.TryParse(args[at + 1], out var given) ? given : -1;
try
{
    if (args is ["keep", "--socket", var socket, ..])
    {
        KeeperProcess.Run(socket, () => DetachedProcess.ReportReady(readyDescriptor, "ready"));
        return 0;
    }

    // A plain loop: what a query over it would have compiled costs milliseconds at each start.
    var environment = new Dictionary<string, string>();
    foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
    {
        environment[(string)entry.Key] = (string?)entry.Value ?? "";
    }

    var paths = TetherPaths.From(name => environment.GetValueOrDefault(name), Libc.getuid(), RuntimeNote.Read);
    if (args is ["agents", .. var wanted])
    {
        return AgentsReport.Run(wanted, paths, Console.Out, TimeProvider.System);
    }

    var settings = Array.IndexOf(args, "--settings") is var named and >= 0 && named + 1 < args.Length ? args[named + 1] : Environment.CurrentDirectory;
    var config = ConfigReader.Read(environment, settings.Length > 0 ? settings : null, paths.ConfigFile);
    if (!DaemonProcess.Run(paths, config, version, () => DetachedProcess.ReportReady(readyDescriptor, "ready")) && readyDescriptor < 0)
    {
        Console.Error.WriteLine($"tetherd: another daemon serves {paths.RuntimeDirectory} already");
    }

    return 0;
}
catch (IOException e)
{
    DetachedProcess.ReportReady(readyDescriptor, $"error {e.Message}");
    Console.Error.WriteLine($"tetherd: {e.Message}");
    return 1;
}
