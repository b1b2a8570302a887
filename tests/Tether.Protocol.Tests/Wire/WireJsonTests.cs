using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Protocol.Tests.Wire;

public sealed class WireJsonTests
{
    public static TheoryData<Message> Messages =>
    [
        new OkReply(),
        new SuggestRequest(),
        new OkReply { Re = 7 },
        new RenameRequest { Id = 3, Session = "über", Title = "a \"b\"\n" },
        new SessionReply { Re = 1, Session = new SessionRecord { Id = "abcdefgh", Title = "t", Provider = "shell", Directory = "/", Tags = ["x"] } },
        new ItemNotice { Item = new QueueItem { Id = "i", Kind = QueueKind.Plan, Session = "s", Agent = "a", Title = "t", AskedAt = DateTimeOffset.UnixEpoch } },
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_written_as_the_attributes_say_and_read_again(Message message)
    {
        var json = WireJson.Encode(message);
        Assert.Equal(JsonSerializer.Serialize(message, WireJson.Default.Message), Encoding.UTF8.GetString(json));
        var read = WireJson.Decode(json);
        Assert.IsType(message.GetType(), read);
        Assert.Equal(json, WireJson.Encode(read));
    }

    [Fact]
    public void Every_message_has_one_name_that_table_and_attributes_agree_on()
    {
        var attributes = typeof(Message).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(attribute => ((string)attribute.TypeDiscriminator!, attribute.DerivedType));
        Assert.Equal(attributes, MessageTypes.All);
        var kinds = typeof(Message).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Message)) && !type.IsAbstract);
        Assert.Equal(kinds.Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))), MessageTypes.All.Select(pair => pair.Type).OrderBy(type => type.Name, StringComparer.Ordinal));
        Assert.All(MessageTypes.All, pair => Assert.NotNull(WireJson.Default.GetTypeInfo(pair.Type)));
    }

    [Theory]
    [InlineData("""{"id":4,"type":"rename","session":"s","title":"t"}""")]
    [InlineData("""{"type":"rename","new":{"type":"list","x":[1,{}]},"id":4,"title":"t","session":"s"}""")]
    [InlineData("""{"new":{"type":"list","x":[1,{}]},"id":4,"title":"t","session":"s","t\u0079pe":"rename"}""")]
    public void The_type_may_stand_anywhere_and_unknown_members_are_no_matter(string json) =>
        Assert.Equal(new RenameRequest { Id = 4, Session = "s", Title = "t" }, WireJson.Decode(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"hello\"")]
    [InlineData("{}")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"nonsense"}""")]
    [InlineData("""{"type":"rename","id":1}""")]
    [InlineData("""{"type":"list"} x""")]
    [InlineData("""{"type":"list",""")]
    [InlineData("""{"id":{"type":"list"}""")]
    public void What_is_no_message_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => WireJson.Decode(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{\"type\":\"li\u00ffst\"}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    [InlineData("{\"t\u00ff\":1,\"type\":\"list\"}x")]
    [InlineData("{\"\\ud800\":1,\"type\":\"nonsense\"}")]
    public void Text_that_is_no_text_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => WireJson.Decode(Encoding.Latin1.GetBytes(json)));
}
