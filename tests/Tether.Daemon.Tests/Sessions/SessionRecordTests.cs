using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Sessions;

/// <summary>A session's record, as other threads ask for it.</summary>
public sealed class SessionRecordTests : IDisposable
{
    private readonly SessionRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_session_to_which_nothing_happens_is_not_woken_to_describe_itself()
    {
        _rig.Print("before");
        var record = await SettledAsync();
        Assert.Equal("before", record.LastLine);
        Assert.Same(record, await _rig.Session.DescribeAsync());
    }

    [Fact]
    public async Task What_was_printed_since_is_described()
    {
        await SettledAsync();
        _rig.Print("after");
        var record = await _rig.Session.DescribeAsync();
        Assert.Equal(("after", 5L), (record!.LastLine, record.Offset));
    }

    [Fact]
    public async Task What_was_done_since_is_described()
    {
        await SettledAsync();
        _rig.Attach(new FakeConnection("ann"));
        var record = await _rig.Session.DescribeAsync();
        Assert.Equal((1, "ann"), (record!.Viewers, record.Controller));
    }

    [Fact]
    public async Task A_session_that_is_over_describes_itself_no_more()
    {
        await SettledAsync();
        _rig.End();
        _rig.AwaitOver();
        Assert.Null(await _rig.Session.DescribeAsync());
    }

    // What settles on a new screen has settled: two records in a row are the same.
    private async Task<SessionRecord> SettledAsync()
    {
        using var patience = new CancellationTokenSource(SessionRig.Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var record = await _rig.Session.DescribeAsync();
            if (ReferenceEquals(record, await _rig.Session.DescribeAsync()))
            {
                return record!;
            }
        }
    }
}
