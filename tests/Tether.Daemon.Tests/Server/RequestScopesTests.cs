using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Tether.Daemon.Server;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Server;

public sealed class RequestScopesTests
{
    [Fact]
    public void Only_these_requests_want_everything()
    {
        var all = typeof(Message).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(attribute => attribute.DerivedType).Where(type => type.IsAssignableTo(typeof(Request)));
        var admin = all.Where(type => RequestScopes.Of((Request)RuntimeHelpers.GetUninitializedObject(type)) == ApiScope.Admin).Select(type => type.Name);
        Assert.Equal(["AddRuleRequest", "DeleteRequest", "HookRequest", "RemoveRuleRequest", "ShutdownRequest"], admin.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_asked_for_counts_too()
    {
        Assert.Equal(ApiScope.Admin, RequestScopes.Of(new ApprovalModeRequest { Session = "a", Mode = ApprovalMode.Bypass }));
        Assert.Equal(ApiScope.Approve, RequestScopes.Of(new ApprovalModeRequest { Session = "a", Mode = ApprovalMode.AcceptEdits }));
        Assert.Equal(ApiScope.Admin, RequestScopes.Of(new CreateRequest { Provider = "claude", Approval = ApprovalMode.Bypass }));
        Assert.Equal(ApiScope.Admin, RequestScopes.Of(new CreateRequest { Provider = "any", Arguments = ["sh"] }));
        Assert.Equal(ApiScope.Admin, RequestScopes.Of(new AnswerRequest { Item = "a", Decision = QueueDecision.Allow, Always = "session" }));
        Assert.Equal(ApiScope.Input, RequestScopes.Of(new AttachRequest { Session = "a" }));
        Assert.Equal(ApiScope.Observe, RequestScopes.Of(new AttachRequest { Session = "a", Mode = AttachMode.Observe }));
    }

    [Fact]
    public void A_ticket_is_for_its_session_alone()
    {
        var rights = new ConnectionRights(ApiScope.Observe | ApiScope.Input, "abc");
        RequestScopes.Check(rights, new AttachRequest { Session = "abc" });
        RequestScopes.Check(rights, new ResizeRequest { Channel = 1 });
        Assert.Equal(ErrorCode.NotAllowed, Assert.Throws<RequestError>(() => RequestScopes.Check(rights, new AttachRequest { Session = "ab" })).Code);
        Assert.Equal(ErrorCode.NotAllowed, Assert.Throws<RequestError>(() => RequestScopes.Check(rights, new ListRequest())).Code);
        Assert.Equal(ErrorCode.NotAllowed, Assert.Throws<RequestError>(() => RequestScopes.Check(rights, new SubscribeRequest())).Code);
        Assert.Equal(ErrorCode.NotAllowed, Assert.Throws<RequestError>(() => RequestScopes.Check(rights, new DeleteRequest { Session = "abc" })).Code);
    }
}
