using System.ComponentModel;
using Xunit;

namespace Tether.Daemon.Tests;

/// <summary>A test that acts as another user; skipped, and counted as such, where that is not allowed or its programs are missing.</summary>
internal sealed class OtherUserFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> MayActAsOther = new(() =>
    {
        try
        {
            return SmallDisk.Run("setpriv", "--reuid=65534", "--clear-groups", "curl", "--version");
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public OtherUserFactAttribute()
    {
        if (!MayActAsOther.Value)
        {
            Skip = "Acting as another user takes root, setpriv and curl.";
        }
    }
}
