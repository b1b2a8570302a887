using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tether.Daemon.Storage;

/// <summary>
/// Chooses the SQLite that is used: the system's, which gets its security fixes, unless it is missing or older than the bundled one.
/// </summary>
internal static unsafe class SqliteLibrary
{
    // What SQLitePCLRaw.lib.e_sqlite3 2.0.6 holds: 3.35.5.
    private const int BundledVersion = 3_035_005;

    private static readonly string[] SystemNames = OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"] : ["libsqlite3.so.0"];

    private static readonly Lazy<bool> Chosen = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    });

    /// <summary>Before the first use of SQLite, as often as one likes.</summary>
    public static void Choose() => _ = Chosen.Value;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var systemName in SystemNames)
        {
            if (NativeLibrary.TryLoad(systemName, out var library))
            {
                if (Version(library) >= BundledVersion)
                {
                    return library;
                }

                NativeLibrary.Free(library);
            }
        }

        // Zero means the usual search, which finds the bundled one.
        return 0;
    }

    private static int Version(nint library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var function) ? ((delegate* unmanaged<int>)function)() : 0;
}
