using Tether.Daemon.Agents.Status;
using Tether.Protocol.Model;
using Xunit;

namespace Tether.Daemon.Tests.Agents.Status;

public sealed class ProgramRecordTests
{
    [Theory]
    [InlineData("state=idle:app=codex", AgentState.Waiting)]
    [InlineData("state=working:app=pi", AgentState.Working)]
    [InlineData("state=blocked:app=codex:kind=permission", AgentState.NeedsApproval)]
    [InlineData("state=blocked:kind=question", AgentState.NeedsAnswer)]
    [InlineData("state=blocked:kind=auth", AgentState.LoginNeeded)]
    [InlineData("state=blocked", AgentState.NeedsAnswer)]
    [InlineData("state=done", AgentState.Done)]
    [InlineData("state=error", AgentState.Failed)]
    public void A_record_says_what_its_program_is_up_to(string text, AgentState state) => Assert.Equal(state, ProgramRecord.Parse(text)!.AgentState);

    [Fact]
    public void Its_message_is_decoded_and_freed_of_controls()
    {
        var message = Convert.ToBase64String("approve Bash:\e[31m\ntouch a"u8);
        Assert.Equal("approve Bash: [31m touch a", ProgramRecord.Parse($"state=blocked:kind=permission:msg={message}")!.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("app=codex")]
    [InlineData("state=dancing")]
    [InlineData("state")]
    public void What_has_no_state_is_no_record(string text) => Assert.Null(ProgramRecord.Parse(text));

    [Fact]
    public void Strange_members_are_left_out()
    {
        var record = ProgramRecord.Parse("state=working:progress=900:msg=%%%:x:=y:progress=40")!;
        Assert.Equal((40, ""), (record.Progress, record.Message));
    }

    [Fact]
    public void Too_much_is_no_record() => Assert.Null(ProgramRecord.Parse("state=working:id=" + new string('x', 5000)));

    [Fact]
    public void Who_asks_comes_before_who_works()
    {
        var records = new ProgramRecords();
        Take(records, "state=working:id=main", "state=blocked:kind=permission:id=main/a", "state=done:id=b");
        Assert.Equal("main/a", records.Foremost!.Id);
        Take(records, "state=clear:id=main");
        Assert.Equal("b", records.Foremost!.Id);
        Take(records, "state=clear");
        Assert.Null(records.Foremost);
    }

    [Fact]
    public void A_new_prompt_of_the_shell_ends_what_was_at_work_and_keeps_what_was_done()
    {
        var records = new ProgramRecords();
        Take(records, "state=working:id=a", "state=error:id=b");
        records.Prompted();
        Assert.Equal("b", records.Foremost!.Id);
    }

    [Fact]
    public void A_flood_of_ids_is_bounded()
    {
        var records = new ProgramRecords();
        for (var i = 0; i < 1000; i++)
        {
            Take(records, $"state=idle:id={i}");
        }

        Take(records, "state=blocked:id=late", "state=working:id=7");
        Assert.Equal("7", records.Foremost!.Id);
    }

    private static void Take(ProgramRecords records, params string[] texts) => Array.ForEach(texts, text => records.Take(ProgramRecord.Parse(text)!));
}
