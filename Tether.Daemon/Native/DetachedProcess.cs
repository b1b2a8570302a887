using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace Tether.Daemon.Native;

/// <summary>Starts this program again with other arguments, in a session of its own, so that it outlives the one that started it.</summary>
internal static unsafe partial class DetachedProcess
{
    /// <summary>The descriptor on which the started program says `ready` or why it cannot be.</summary>
    public const int ReadyDescriptor = 3;

    private const int OpaqueSize = 512;

    private static readonly List<int> Started = [];

    /// <summary>Starts it with /dev/null as its standard descriptors and waits for its line on <see cref="ReadyDescriptor"/>.</summary>
    /// <returns>That line; empty when it ended without one.</returns>
    /// <exception cref="NativeError">It could not be started.</exception>
    public static string StartSelf(params string[] arguments)
    {
        Reap();
        var pipe = stackalloc int[2];
        NativeError.Check(pipe2(pipe, Libc.O_CLOEXEC), "pipe2");
        try
        {
            Spawn(pipe[1], [.. OwnCommand(), .. arguments]);
            _ = Libc.close(pipe[1]);
            return ReadLine(pipe[0]);
        }
        catch (NativeError)
        {
            _ = Libc.close(pipe[1]);
            throw;
        }
        finally
        {
            _ = Libc.close(pipe[0]);
        }
    }

    /// <summary>Takes leave of those started that have ended, so that they do not stay in the process table.</summary>
    public static void Reap()
    {
        lock (Started)
        {
            Started.RemoveAll(static processId =>
            {
                int status;
                return Libc.waitpid(processId, &status, Libc.WNOHANG) != 0;
            });
        }
    }

    /// <summary>Says a line on the ready descriptor, once, if there is one.</summary>
    public static void ReportReady(int descriptor, string line)
    {
        if (descriptor < 0)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(line.Replace('\n', ' ') + "\n");
        fixed (byte* start = bytes)
        {
            _ = Libc.write(descriptor, start, bytes.Length);
        }

        _ = Libc.close(descriptor);
    }

    // Under `dotnet tetherd.dll` the process is dotnet and its first argument the program.
    private static string[] OwnCommand()
    {
        var process = Environment.ProcessPath ?? throw new InvalidOperationException("the path of this program is unknown");
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, Environment.GetCommandLineArgs()[0]] : [process];
    }

    private static void Spawn(int readyPipe, string[] command)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var allSignals = stackalloc byte[128];
        new Span<byte>(allSignals, 128).Fill(0xff);
        _ = Libc.posix_spawn_file_actions_init(actions);
        _ = Libc.posix_spawnattr_init(attributes);
        _ = Libc.posix_spawnattr_setflags(attributes, Libc.POSIX_SPAWN_SETSID | Libc.POSIX_SPAWN_SETSIGDEF);
        _ = Libc.posix_spawnattr_setsigdefault(attributes, allSignals);
        fixed (byte* devNull = "/dev/null\0"u8, root = "/\0"u8)
        {
            for (var fd = 0; fd < ReadyDescriptor; fd++)
            {
                _ = Libc.posix_spawn_file_actions_addopen(actions, fd, devNull, Libc.O_RDWR, 0);
            }

            _ = Libc.posix_spawn_file_actions_adddup2(actions, readyPipe, ReadyDescriptor);
            _ = Libc.posix_spawn_file_actions_addclosefrom_np(actions, ReadyDescriptor + 1);
            _ = Libc.posix_spawn_file_actions_addchdir_np(actions, root);
        }

        using var arguments = new NativeTextArray(command);
        using var environment = new NativeTextArray(OwnEnvironment());
        int processId;
        var result = Libc.posix_spawn(&processId, arguments.Pointer[0], actions, attributes, arguments.Pointer, environment.Pointer);
        _ = Libc.posix_spawn_file_actions_destroy(actions);
        _ = Libc.posix_spawnattr_destroy(attributes);
        if (result != 0)
        {
            throw new NativeError($"start {command[0]}", result);
        }

        lock (Started)
        {
            Started.Add(processId);
        }
    }

    private static string ReadLine(int descriptor)
    {
        var line = new byte[1024];
        var length = 0;
        fixed (byte* start = line)
        {
            nint count;
            while (length < line.Length
                && ((count = Libc.read(descriptor, start + length, line.Length - length)) > 0 || Marshal.GetLastPInvokeError() == Libc.EINTR && count < 0))
            {
                length += (int)Math.Max(count, 0);
            }
        }

        return Encoding.UTF8.GetString(line, 0, length).TrimEnd('\n');
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* descriptors, int flags);

    private static List<string> OwnEnvironment()
    {
        List<string> environment = [];
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment.Add($"{entry.Key}={entry.Value}");
        }

        return environment;
    }
}
