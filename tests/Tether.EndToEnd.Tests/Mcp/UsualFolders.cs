namespace Tether.EndToEnd.Tests.Mcp;

/// <summary>
/// Most MCP clients hand HOME on to the servers that they start, and none of the variables that say where else a person's folders are: in a sandbox
/// they are where they usually are, too.
/// </summary>
internal static class UsualFolders
{
    public static void Link(Sandbox sandbox)
    {
        var home = sandbox.Environment["HOME"];
        Directory.CreateDirectory(Path.Combine(home, ".local"));
        Directory.CreateSymbolicLink(Path.Combine(home, ".local/share"), sandbox.Environment["XDG_DATA_HOME"]);
        Directory.CreateSymbolicLink(Path.Combine(home, ".config"), sandbox.Environment["XDG_CONFIG_HOME"]);
    }
}
