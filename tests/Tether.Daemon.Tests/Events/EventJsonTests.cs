using System.Text;
using System.Text.Json;
using Tether.Daemon.Events;
using Xunit;

namespace Tether.Daemon.Tests.Events;

public sealed class EventJsonTests
{
    [Theory]
    [InlineData("""{"text":"plain ü"}""", """{"text":"plain ü"}""")]
    [InlineData("{\r\n \"text\": [1,\n2]}", """{   "text": [1, 2]}""")]
    [InlineData("""{"text":"\ud800"}""", """{"text":"\ufffd"}""")]
    [InlineData("""{"text":"\uDC00x"}""", """{"text":"\ufffdx"}""")]
    [InlineData("""{"text":"\ud83e\udd16"}""", """{"text":"\ud83e\udd16"}""")]
    [InlineData("""{"text":"\ud800\ud83e\udd16\u0041"}""", """{"text":"\ufffd\ud83e\udd16\u0041"}""")]
    [InlineData("""{"text":"\\\\ud800 \\n"}""", """{"text":"\\\\ud800 \\n"}""")]
    [InlineData("""{"text":"\\\"\ud800"}""", """{"text":"\\\"\ufffd"}""")]
    public void Data_is_cleaned_so_that_it_is_one_line_and_every_text_can_be_read(string data, string clean)
    {
        var cleaned = EventJson.Clean(Encoding.UTF8.GetBytes(data));
        Assert.Equal(clean, Encoding.UTF8.GetString(cleaned.Span));
        foreach (var member in JsonElement.Parse(cleaned.Span).EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String))
        {
            Assert.NotNull(member.Value.GetString());
        }
    }
}
