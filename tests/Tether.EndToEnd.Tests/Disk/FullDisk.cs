using System.Diagnostics;

namespace Tether.EndToEnd.Tests.Disk;

/// <summary>A small file system of its own for a sandbox' data, for as long as it is not disposed.</summary>
internal sealed class FullDisk(Sandbox sandbox) : IAsyncDisposable
{
    private readonly string _path = sandbox.Environment["XDG_DATA_HOME"];

    private string Filling => Path.Combine(_path, "filling");

    /// <param name="sandbox">Whose; nothing runs in it yet.</param>
    /// <param name="size">As mount takes it: `6m`.</param>
    public static async Task<FullDisk> Mount(Sandbox sandbox, string size)
    {
        var disk = new FullDisk(sandbox);
        Assert.True(await Succeeds("mount", "-t", "tmpfs", "-o", $"size={size},mode=0700", "tmpfs", disk._path));
        return disk;
    }

    /// <summary>Takes all that is left of it.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        Assert.Throws<IOException>(() => WriteOn(file));

        static void WriteOn(FileStream file)
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
    }

    public void Free() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in sandbox.Processes)
        {
            process.Kill();
        }

        await Succeeds("umount", "-l", _path);
    }

    private static async Task<bool> Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync().WaitAsync(Patience.Usual);
        return process.ExitCode == 0;
    }
}
