using Tether.Daemon.Native;

namespace Tether.Daemon.Keeper;

/// <summary>
/// This process's soft limit on open files while a program is spawned, which inherits it. .NET raises its own to the hard limit at its start; a
/// program must find what its user's shell would have given it, for some close every number below it.
/// </summary>
internal readonly unsafe ref struct FileLimit
{
    private readonly Libc.ResourceLimit _own;
    private readonly bool _isChanged;

    /// <param name="soft">0, or more than the hard limit, changes nothing.</param>
    public FileLimit(int soft)
    {
        Libc.ResourceLimit own;
        if (soft > 0 && Libc.getrlimit(Libc.RLIMIT_NOFILE, &own) == 0 && (nuint)soft < own.Soft)
        {
            var lower = own with { Soft = (nuint)soft };
            (_own, _isChanged) = (own, Libc.setrlimit(Libc.RLIMIT_NOFILE, &lower) == 0);
        }
    }

    public void Dispose()
    {
        if (_isChanged)
        {
            var own = _own;
            _ = Libc.setrlimit(Libc.RLIMIT_NOFILE, &own);
        }
    }
}
