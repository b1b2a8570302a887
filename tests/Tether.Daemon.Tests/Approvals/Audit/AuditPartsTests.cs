using System.Text;
using Tether.Daemon.Approvals.Audit;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Audit;

public sealed class AuditPartsTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string Full => _scratch.File("audit-0000000001.jsonl");

    private string Current => _scratch.File("audit.jsonl");

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_part_that_is_renamed_while_the_parts_are_opened_is_read_once(bool isThereAnother)
    {
        File.WriteAllText(Current, "one\n");
        var listed = 0;
        using var parts = AuditParts.Open(() =>
        {
            string[] found = [.. new[] { Full, Current }.Where(File.Exists)];
            if (listed++ == 0)
            {
                File.Move(Current, Full);
                if (isThereAnother)
                {
                    File.WriteAllText(Current, "two\n");
                }
            }

            return found;
        });

        Assert.Equal(isThereAnother ? "one\ntwo\n" : "one\n", string.Concat(parts.Paths.Select(path => Encoding.UTF8.GetString(parts.Read(path)))));
    }

    [Fact]
    public void A_part_that_is_renamed_later_is_still_read()
    {
        File.WriteAllText(Current, "one\n");
        using var parts = AuditParts.Open(() => [Current]);
        File.Move(Current, Full);
        File.WriteAllText(Current, "two\n");
        Assert.Equal("one\n", Encoding.UTF8.GetString(parts.Read(Current)));
    }

    [Fact]
    public void A_part_that_is_not_there_is_told() => Assert.Throws<FileNotFoundException>(() => AuditParts.Open(() => [Current]));
}
