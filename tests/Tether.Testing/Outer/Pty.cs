using System.Runtime.InteropServices;

namespace Tether.Testing.Outer;

/// <summary>
/// A pseudo-terminal with one process on it. Its slave side stays open here too, as a terminal window's does under a shell,
/// so the terminal outlives what runs in it.
/// </summary>
internal sealed unsafe class Pty : IDisposable
{
    private readonly int _slave;
    private bool _isDisposed;

    private Pty(int master, int slave, int processId, int status)
    {
        Master = master;
        _slave = slave;
        ProcessId = processId;
        Status = status;
    }

    /// <summary>Non-blocking.</summary>
    public int Master { get; }

    public int ProcessId { get; }

    /// <summary>The reading end of a pipe whose writing end is the process's descriptor 3.</summary>
    public int Status { get; }

    public static Pty Start(string[] command, IReadOnlyDictionary<string, string> environment, string directory, int columns, int rows)
    {
        var master = Libc.Must(Libc.PosixOpenPt(Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec), "posix_openpt");
        Libc.Must(Libc.GrantPt(master), "grantpt");
        Libc.Must(Libc.UnlockPt(master), "unlockpt");
        string path;
        lock (typeof(Pty))
        {
            // ptsname answers in a static buffer.
            path = Marshal.PtrToStringUTF8(Libc.PtsName(master)) ?? throw new InvalidOperationException("ptsname");
        }

        var slave = Libc.Must(Libc.Open(path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.CloseOnExec), "open " + path);
        Resize(master, columns, rows);
        var pipe = stackalloc int[2];
        Libc.Must(Libc.Pipe(pipe), "pipe");
        SetCloseOnExec(pipe[0]);
        SetCloseOnExec(pipe[1]);
        var processId = Spawn(command, environment, directory, path, pipe[1]);
        _ = Libc.Close(pipe[1]);
        const int setFlags = 4;
        Libc.Must(Libc.Fcntl(master, setFlags, Libc.ReadWrite | Libc.NonBlocking), "fcntl");
        return new Pty(master, slave, processId, pipe[0]);
    }

    public void Resize(int columns, int rows) => Resize(Master, columns, rows);

    /// <summary>struct termios as it is now.</summary>
    public byte[] Settings()
    {
        var termios = new byte[Libc.OpaqueSize];
        fixed (byte* pointer = termios)
        {
            Libc.Must(Libc.GetTerminalSettings(_slave, pointer), "tcgetattr");
        }

        return termios;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _ = Libc.Kill(ProcessId, Libc.KillSignal);
        _ = Libc.WaitPid(ProcessId, out _, 0);
        _ = Libc.Close(_slave);
        _ = Libc.Close(Master);
        _ = Libc.Close(Status);
    }

    private static void Resize(int master, int columns, int rows)
    {
        var size = new Libc.WindowSize { Columns = (ushort)columns, Rows = (ushort)rows };
        Libc.Must(Libc.Ioctl(master, Libc.SetWindowSize, ref size), "TIOCSWINSZ");
    }

    private static void SetCloseOnExec(int descriptor)
    {
        const int setDescriptorFlags = 2;
        Libc.Must(Libc.Fcntl(descriptor, setDescriptorFlags, 1), "fcntl");
    }

    private static int Spawn(string[] command, IReadOnlyDictionary<string, string> environment, string directory, string terminal, int status)
    {
        var attributes = stackalloc byte[Libc.OpaqueSize];
        var actions = stackalloc byte[Libc.OpaqueSize];
        var signals = stackalloc byte[Libc.OpaqueSize];
        _ = Libc.SpawnAttributesInit(attributes);
        _ = Libc.SpawnActionsInit(actions);
        _ = Libc.SpawnAttributesSetFlags(attributes, Libc.SpawnFlags);
        _ = Libc.SignalSetFill(signals);
        _ = Libc.SpawnAttributesSetDefaultSignals(attributes, signals);
        _ = Libc.SignalSetEmpty(signals);
        _ = Libc.SpawnAttributesSetSignalMask(attributes, signals);

        // The leader of a new session gets the first terminal that it opens as its controlling terminal.
        _ = Libc.SpawnActionsAddOpen(actions, 0, terminal, Libc.ReadWrite, 0);
        _ = Libc.SpawnActionsAddDup(actions, 0, 1);
        _ = Libc.SpawnActionsAddDup(actions, 0, 2);
        _ = Libc.SpawnActionsAddDup(actions, status, 3);
        _ = Libc.SpawnActionsAddChangeDirectory(actions, directory);

        var arguments = TextArray(command);
        var variables = TextArray([.. environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        try
        {
            fixed (nint* argumentsPointer = arguments, variablesPointer = variables)
            {
                var error = Libc.Spawn(out var processId, command[0], actions, attributes, argumentsPointer, variablesPointer);
                return error == 0 ? processId : throw new InvalidOperationException($"{command[0]}: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
        finally
        {
            Array.ForEach(arguments, Marshal.FreeCoTaskMem);
            Array.ForEach(variables, Marshal.FreeCoTaskMem);
            _ = Libc.SpawnActionsDestroy(actions);
            _ = Libc.SpawnAttributesDestroy(attributes);
        }
    }

    private static nint[] TextArray(string[] texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];
}
