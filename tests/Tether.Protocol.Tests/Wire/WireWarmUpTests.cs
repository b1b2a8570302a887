using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Protocol.Tests.Wire;

public sealed class WireWarmUpTests
{
    [Fact]
    public void What_it_reads_are_requests_as_they_are_today() => WireWarmUp.Run();
}
