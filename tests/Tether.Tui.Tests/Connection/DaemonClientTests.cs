using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Tests.Support;
using Xunit;

namespace Tether.Tui.Tests.Connection;

public sealed class DaemonClientTests
{
    private static readonly HelloRequest Hello = new() { Versions = [1], Client = "test" };

    [Fact]
    public void The_hello_goes_out_with_the_first_request_and_only_once()
    {
        var path = TestEnvironment.NewPath();
        using var daemon = new FakeDaemon(path);
        using var client = new DaemonClient(LocalConnection.TryOpen(path, Hello)!);
        Assert.Single(client.Ask<SessionsReply>(new ListRequest()).Sessions);
        client.Ask<OkReply>(new StopRequest { Session = "x" });
        Assert.Equal("test", client.Connection.Welcome!.Daemon);
        Assert.IsType<HelloRequest>(daemon.Next<Request>());
        Assert.IsType<ListRequest>(daemon.Next<Request>());
        Assert.IsType<StopRequest>(daemon.Next<Request>());
        Assert.Empty(daemon.Received);
    }

    [Theory]
    [InlineData(ErrorCode.UnknownSession, ExitCodes.NoSession)]
    [InlineData(ErrorCode.Ambiguous, ExitCodes.NoSession)]
    [InlineData(ErrorCode.NotRunning, ExitCodes.WrongState)]
    [InlineData(ErrorCode.ControlTaken, ExitCodes.WrongState, "why; --take types all the same and tells them")]
    [InlineData(ErrorCode.NotInstalled, ExitCodes.NotInstalled)]
    [InlineData(ErrorCode.UnknownProvider, ExitCodes.Usage)]
    [InlineData(ErrorCode.Internal, ExitCodes.Failure)]
    public void A_refusal_is_an_exit_status_and_a_message(string code, int status, string message = "why")
    {
        var path = TestEnvironment.NewPath();
        using var daemon = new FakeDaemon(path);
        daemon.Reply = request => [new ErrorReply { Re = request.Id, Code = code, Message = "why" }];
        using var client = new DaemonClient(LocalConnection.TryOpen(path, Hello)!);
        var refusal = Assert.Throws<DaemonException>(() => client.Ask<OkReply>(new ShutdownRequest()));
        Assert.Equal((status, message, code), (refusal.ExitCode, refusal.Message, refusal.Code));
    }

    [Fact]
    public void Answers_may_come_in_any_order()
    {
        var path = TestEnvironment.NewPath();
        using var daemon = new FakeDaemon(path);
        daemon.Reply = request => request.Id < 2 ? [] : [new OkReply { Re = 2 }, new OkReply { Re = 1 }];
        using var client = new DaemonClient(LocalConnection.TryOpen(path, Hello)!);
        var (first, second) = (client.Send(new StopRequest { Session = "a" }), client.Send(new StopRequest { Session = "b" }));
        var answers = new AnswerCollector(client);
        Assert.Equal(first, answers.Await(first).Re);
        Assert.Equal(second, answers.Await(second).Re);
    }

    [Fact]
    public void Nobody_listening_is_no_connection() => Assert.Null(LocalConnection.TryOpen(TestEnvironment.NewPath(), Hello));
}
