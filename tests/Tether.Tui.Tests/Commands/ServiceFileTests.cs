using System.Xml.Linq;
using Tether.Tui.Commands;
using Xunit;

namespace Tether.Tui.Tests.Commands;

public sealed class ServiceFileTests
{
    [Fact]
    public void Stopping_the_service_leaves_the_keeper_alone()
    {
        var unit = ServiceFile.SystemdUnit("/opt/my tools/tetherd", "0.0.0.0", 7070);
        Assert.Contains("\nKillMode=process\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nExecStart=/opt/my\\x20tools/tetherd\n", unit, StringComparison.Ordinal);
        Assert.Contains("\nEnvironment=\"TETHER_AGENT_HOST=0.0.0.0\"\nEnvironment=\"TETHER_AGENT_PORT=7070\"\n", unit, StringComparison.Ordinal);
    }

    [Fact]
    public void The_launch_agent_is_xml() =>
        Assert.Contains("/a&b/tetherd", XDocument.Parse(ServiceFile.LaunchAgent("/a&b/tetherd", null, null)).ToString().Replace("&amp;", "&", StringComparison.Ordinal), StringComparison.Ordinal);
}
