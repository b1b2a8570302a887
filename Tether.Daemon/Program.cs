using System.Runtime.CompilerServices;
using Tether.Daemon;
using Tether.Daemon.Agents;
using Tether.Daemon.Keeper;
using Tether.Daemon.Native;

// tetherd                     the daemon, until SIGTERM
// tetherd keep --socket PATH  the keeper; the daemon starts it
// tetherd agents …            which agents are known, and whether their screens are read right
// --ready-fd N                say `ready`, or `error` and why, on that descriptor
// --settings DIR              where `.env` is; empty: nowhere. Else in the directory where it starts
var readyDescriptor = int.TryParse(DaemonSettings.ValueOf(args, "--ready-fd"), out var given) ? given : -1;
try
{
    // Each in a method of its own: what a method names is loaded when it is entered.
    return args switch
    {
        ["--version"] => PrintVersion(),
        ["keep", "--socket", var socket, ..] => Keep(socket),
        ["agents", .. var wanted] => Report(wanted),
        _ => Serve(),
    };
}
catch (IOException e)
{
    DetachedProcess.ReportReady(readyDescriptor, $"error {e.Message}");
    Console.Error.WriteLine($"tetherd: {e.Message}");
    return 1;
}

[MethodImpl(MethodImplOptions.NoInlining)]
int PrintVersion()
{
    Console.WriteLine($"tetherd {DaemonSettings.Version}");
    return 0;
}

[MethodImpl(MethodImplOptions.NoInlining)]
int Keep(string socket)
{
    KeeperProcess.Run(socket, () => DetachedProcess.ReportReady(readyDescriptor, "ready"));
    return 0;
}

[MethodImpl(MethodImplOptions.NoInlining)]
int Report(string[] wanted) => AgentsReport.Run(wanted, DaemonSettings.Paths(DaemonSettings.Environment()), Console.Out, TimeProvider.System);

[MethodImpl(MethodImplOptions.NoInlining)]
int Serve()
{
    var (paths, config) = DaemonSettings.Read(DaemonSettings.ValueOf(args, "--settings"));
    if (!DaemonProcess.Run(paths, config, DaemonSettings.Version, () => DetachedProcess.ReportReady(readyDescriptor, "ready")) && readyDescriptor < 0)
    {
        Console.Error.WriteLine($"tetherd: another daemon serves {paths.RuntimeDirectory} already");
    }

    return 0;
}
