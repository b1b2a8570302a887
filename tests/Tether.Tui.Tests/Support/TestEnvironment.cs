using System.Runtime.CompilerServices;
using Tether.Tui.Connection;

namespace Tether.Tui.Tests.Support;

/// <summary>The folders of this test run, apart from any real daemon's.</summary>
internal static class TestEnvironment
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("tether-tui-").FullName;

    /// <summary>Where clients under test look for their daemon.</summary>
    public static string Socket => ClientEnvironment.Paths.LocalSocket;

    [ModuleInitializer]
    internal static void Prepare()
    {
        foreach (var name in (string[])["TETHER_RUNTIME_DIR", "TETHER_DATA_DIR", "TETHER_CONFIG_DIR"])
        {
            Environment.SetEnvironmentVariable(name, Folder);
        }

        Environment.SetEnvironmentVariable("PATH", Folder);
        Environment.SetEnvironmentVariable("TETHER_SESSION", null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Puts a program into the one folder of PATH.</summary>
    public static void Link(string program) => File.CreateSymbolicLink(Path.Combine(Folder, Path.GetFileName(program)), program);

    public static string NewPath() => Path.Combine(Folder, Path.GetRandomFileName());
}
