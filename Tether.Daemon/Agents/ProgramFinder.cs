using System.Runtime.InteropServices;

namespace Tether.Daemon.Agents;

/// <summary>Where a program was found, or the directories it was not found in.</summary>
internal sealed record ProgramSearch(string? Program, IReadOnlyList<string> Searched);

/// <summary>Finds a program as a shell would: by its path, or along PATH.</summary>
internal static partial class ProgramFinder
{
    private const int MayExecute = 1;

    /// <param name="command">A name, or a path when it has a slash.</param>
    /// <param name="path">PATH of the session's environment.</param>
    /// <param name="directory">The session's, from which relative paths count.</param>
    public static ProgramSearch Find(string command, string? path, string directory)
    {
        if (command.Contains('/', StringComparison.Ordinal))
        {
            var program = Path.GetFullPath(command, directory);
            return new ProgramSearch(IsExecutable(program) ? program : null, [Path.GetDirectoryName(program) ?? "/"]);
        }

        var searched = new List<string>();
        foreach (var item in command.Length == 0 ? [] : (path ?? "").Split(':'))
        {
            // An empty item means the present directory.
            var folder = Path.GetFullPath(item.Length == 0 ? "." : item, directory);
            var program = Path.Combine(folder, command);
            if (IsExecutable(program))
            {
                return new ProgramSearch(program, searched);
            }

            if (!searched.Contains(folder))
            {
                searched.Add(folder);
            }
        }

        return new ProgramSearch(null, searched);
    }

    public static bool IsExecutable(string path) => File.Exists(path) && access(path, MayExecute) == 0;

    public static bool MayEnter(string directory) => access(directory, MayExecute) == 0;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int access(string path, int mode);
}
