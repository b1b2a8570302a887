using System.Text.Json.Nodes;
using Tether.Protocol.Wire;
using Tether.Tui.Output;
using Xunit;

namespace Tether.Tui.Tests.Output;

public sealed class JsonTests
{
    [Fact]
    public void A_reply_is_printed_without_the_number_of_its_request()
    {
        var json = JsonNode.Parse(Json.Text(new OkReply { Re = 1 }, WireJson.Default.OkReply))!.AsObject();
        Assert.False(json.ContainsKey("re"));
    }
}
