using System.Diagnostics;
using Xunit;

namespace Tether.Daemon.Tests;

/// <summary>A file system of its own that becomes full soon.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string path, int kibibytes)
    {
        Path = path;
        Directory.CreateDirectory(path);
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", path))
        {
            throw new InvalidOperationException($"No tmpfs at {path}.");
        }
    }

    public string Path { get; }

    public void Dispose() => Run("umount", "-l", Path);

    internal static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>; skipped, and counted as such, where mounting is not allowed.</summary>
internal sealed class TmpfsFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> MayMount = new(() =>
    {
        using var scratch = new ScratchDirectory();
        try
        {
            using var disk = new SmallDisk(scratch.File("disk"), 64);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    public TmpfsFactAttribute()
    {
        if (!MayMount.Value)
        {
            Skip = "Mounting a small file system takes root.";
        }
    }
}
