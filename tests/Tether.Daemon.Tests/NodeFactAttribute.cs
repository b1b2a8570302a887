using Xunit;

namespace Tether.Daemon.Tests;

/// <summary>A test of what runs in node; skipped, and counted as such, where there is none.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "node"))))
        {
            Skip = "needs node";
        }
    }
}
