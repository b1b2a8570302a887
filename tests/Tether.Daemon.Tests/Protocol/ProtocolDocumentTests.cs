using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Protocol;

/// <summary>PROTOCOL.md says exactly what the wire has: each message with each of its members, each code, frame and record kind.</summary>
public sealed partial class ProtocolDocumentTests
{
    // What a sort of message has in common is said once, not with each.
    private static readonly string[] Common = ["type", "id", "re"];

    private static readonly string Document = SourceTree.Read("PROTOCOL.md");

    public static TheoryData<Type, string> Messages
    {
        get
        {
            var data = new TheoryData<Type, string>();
            foreach (var message in typeof(Message).GetCustomAttributes<JsonDerivedTypeAttribute>())
            {
                data.Add(message.DerivedType, (string)message.TypeDiscriminator!);
            }

            return data;
        }
    }

    [Fact]
    public void Every_message_has_a_section_and_every_section_a_message() => Assert.Equal(
        Messages.Select(row => (string)((object[])row)[1]).Order(StringComparer.Ordinal),
        MessageHeading().Matches(Document).Select(match => match.Groups["type"].Value).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_messages_section_lists_its_members(Type message, string type)
    {
        var heading = MessageHeading().Matches(Document).Single(match => match.Groups["type"].Value == type);
        var isAbout = heading.Groups["sort"].Value;
        Assert.Equal(typeof(Request).IsAssignableFrom(message), isAbout.StartsWith("request", StringComparison.Ordinal));
        Assert.Equal(typeof(Reply).IsAssignableFrom(message), isAbout.StartsWith("reply", StringComparison.Ordinal));
        Assert.Equal(typeof(SessionRequest).IsAssignableFrom(message), isAbout.Contains("about a session", StringComparison.Ordinal));
        var isChannels = typeof(ChannelRequest).IsAssignableFrom(message) || typeof(ChannelNotice).IsAssignableFrom(message);
        Assert.Equal(isChannels, isAbout.Contains("about a channel", StringComparison.Ordinal));

        var inherited = Common.Concat(isChannels ? ["channel"] : typeof(SessionRequest).IsAssignableFrom(message) ? ["session"] : (string[])[]);
        Assert.Equal(Members(message).Except(inherited), Rows(heading.Index + heading.Length));
    }

    [Fact]
    public void The_records_list_their_members()
    {
        Assert.Equal(Members(typeof(SessionRecord)), Rows(After("### Session record\n")));
        Assert.Equal(Members(typeof(SessionUsage)), Rows(After("### Session usage\n")));
        Assert.Equal(Members(typeof(ExternalAgent)), Rows(After("### External agent\n")));
        Assert.Equal(Members(typeof(ViewerRecord)), Rows(After("### Viewer record\n")));
    }

    [Fact]
    public void Every_error_code_is_listed_and_every_listed_one_exists()
    {
        var codes = typeof(ErrorCode).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(codes.Order(StringComparer.Ordinal), Rows(After("## 11. Errors\n")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_frame_and_of_record_is_listed()
    {
        Assert.Equal(Enum.GetValues<FrameKind>().Select(kind => ((int)kind, kind.ToString())), Kinds(After("\n## 3. Frames\n")));
        Assert.Equal(Enum.GetValues<JournalRecordKind>().Select(kind => ((int)kind, kind.ToString())), Kinds(After("\n## 8. History\n")));
    }

    [Fact]
    public void Every_event_kind_that_the_wire_names_is_listed()
    {
        var source = SourceTree.Read("Tether.Protocol/Wire/ConnectionMessages.cs");
        var kinds = EventKinds().Match(source).Groups["kinds"].Value.Split([',', ' ', '/', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var row = Document[After("| `kind` | text, required |")..].Split('\n')[0];
        Assert.Equal(kinds, Quoted().Matches(row).Select(match => match.Groups["word"].Value));
    }

    [Fact]
    public void The_limits_are_the_codes_own()
    {
        Assert.Contains($"a frame, head included | {FrameHeader.MaxFrame >> 20} MiB |", Document, StringComparison.Ordinal);
        Assert.Contains($"a message | {LocalFrame.MaxJson >> 20} MiB |", Document, StringComparison.Ordinal);
        Assert.Contains($"A head of {FrameHeader.Size} bytes", Document, StringComparison.Ordinal);
        Assert.Contains($"a head of {JournalRecord.HeadSize} bytes", Document, StringComparison.Ordinal);
        Assert.Contains($"a head of {LocalFrame.HeadSize} bytes", Document, StringComparison.Ordinal);
        Assert.Contains($"at most {JournalRecord.MaxPayload >> 20} MiB", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_messages_can_be_read()
    {
        var examples = Document[After("## 13. A conversation\n")..].Split('\n')
            .Where(line => line.Length > 2 && line[2..].StartsWith('{') && !line.Contains('…', StringComparison.Ordinal) && !line.Contains("{ ", StringComparison.Ordinal));
        Assert.All(examples, line => WireJson.Decode(System.Text.Encoding.UTF8.GetBytes(line[2..])));
        Assert.NotEmpty(examples);
    }

    private static int After(string text)
    {
        var index = Document.IndexOf(text, StringComparison.Ordinal);
        Assert.True(index >= 0, $"PROTOCOL.md has no “{text}”");
        return index + text.Length;
    }

    /// <summary>The first column of the tables between a place and the next heading.</summary>
    private static string[] Rows(int start) => [.. Row().Matches(Section(start)).Select(match => match.Groups["name"].Value)];

    private static (int, string)[] Kinds(int start)
    {
        var section = Document[start..Document.IndexOf("\n## ", start, StringComparison.Ordinal)];
        return [.. KindRow().Matches(section).Select(match => (int.Parse(match.Groups["kind"].Value), match.Groups["name"].Value))];
    }

    private static string Section(int start)
    {
        var end = Heading().Match(Document, start);
        return Document[start..(end.Success ? end.Index : Document.Length)];
    }

    private static IEnumerable<string> Members(Type type) =>
        ((JsonTypeInfo)WireJson.Default.GetTypeInfo(type)!).Properties.Select(property => property.Name);

    [GeneratedRegex(@"^#### `(?<type>[a-z-]+)` \((?<sort>[^)]+)\)$", RegexOptions.Multiline)]
    private static partial Regex MessageHeading();

    [GeneratedRegex("^#{2,4} ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `(?<name>[A-Za-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<kind>\d+) \| (?<name>[A-Z]\w+) \|", RegexOptions.Multiline)]
    private static partial Regex KindRow();

    [GeneratedRegex(@"Kinds: (?<kinds>[^.]+)\.")]
    private static partial Regex EventKinds();

    [GeneratedRegex("`(?<word>[a-z-]+)`")]
    private static partial Regex Quoted();
}
