using Tether.Tui.Dashboard.Model;
using Xunit;

namespace Tether.Tui.Tests.Dashboard.Model;

public sealed class LookedFileTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, 123, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("tether-looked").FullName;

    private string Path => System.IO.Path.Combine(_directory, "dashboard", "looked.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_book_comes_back_as_it_was_written()
    {
        var book = Book(("a", new Look(Noon, 1L << 40, 12)), ("b", new Look(Noon.AddDays(-3), 0)));
        book.Left(Noon.AddHours(1));

        Assert.Null(new LookedFile(Path).Write(book));
        var (read, warning) = new LookedFile(Path).Read();

        Assert.Null(warning);
        Assert.Equal(book.Looks.OrderBy(look => look.Key), read.Looks.OrderBy(look => look.Key));
        Assert.Equal(book.LeftAt, read.LeftAt);
        Assert.False(read.IsChanged);
    }

    [Fact]
    public void Only_its_owner_can_read_it()
    {
        new LookedFile(Path).Write(Book(("a", new Look(Noon, 1))));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal(["looked.json"], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).Select(System.IO.Path.GetFileName));
    }

    [Fact]
    public void A_missing_file_is_an_empty_book()
    {
        var (book, warning) = new LookedFile(Path).Read();

        Assert.Empty(book.Looks);
        Assert.Null(book.LeftAt);
        Assert.Null(warning);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{\"looks\":[{\"session\":\"a\",\"at\":\"2026-13-41T99:00:00Z\"}]}")]
    [InlineData("{\"looks\":[{\"at\":\"2026-11-20T12:00:00Z\"}]}")]
    [InlineData("{\"looks\":[{\"session\":\"a\",\"offset\":99999999999999999999}]}")]
    [InlineData("{\"looks\":[{\"session\":\"a\",\"at\":\"2026-11-")]
    public void A_damaged_file_is_an_empty_book_and_a_warning(string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, text);

        var (book, warning) = new LookedFile(Path).Read();

        Assert.Empty(book.Looks);
        Assert.Contains(Path, warning);
        Assert.Null(new LookedFile(Path).Write(Book(("a", new Look(Noon, 1)))));
        Assert.Single(new LookedFile(Path).Read().Book.Looks);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_a_warning_and_no_failure()
    {
        File.WriteAllText(System.IO.Path.Combine(_directory, "dashboard"), "a file in the way");

        Assert.Contains(Path, new LookedFile(Path).Write(Book(("a", new Look(Noon, 1)))));
    }

    [Fact]
    public void What_did_not_change_is_not_written()
    {
        new LookedFile(Path).Write(new LookedBook());

        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void Two_dashboards_keep_the_newer_look_of_each_session()
    {
        new LookedFile(Path).Write(Book(("a", new Look(Noon, 1)), ("b", new Look(Noon.AddMinutes(9), 9)), ("gone", new Look(Noon, 1))));
        var other = Book(("a", new Look(Noon.AddMinutes(5), 5)), ("b", new Look(Noon, 1)), ("gone", new Look(Noon, 1)));
        other.Prune(new HashSet<string> { "a", "b" });

        new LookedFile(Path).Write(other);

        var looks = new LookedFile(Path).Read().Book.Looks;
        Assert.Equal([("a", 5L), ("b", 9L)], looks.Select(look => (look.Key, look.Value.Offset)).Order());
    }

    private static LookedBook Book(params (string Session, Look Look)[] looks)
    {
        var book = new LookedBook();
        foreach (var (session, look) in looks)
        {
            book.Looked(session, look);
        }

        return book;
    }
}
