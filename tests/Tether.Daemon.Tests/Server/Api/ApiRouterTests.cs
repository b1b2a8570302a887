using Tether.Daemon.Server.Api;
using Xunit;

namespace Tether.Daemon.Tests.Server.Api;

public sealed class ApiRouterTests
{
    private static ApiRoute Route(string method, string path) => new() { Method = method, Path = path, Scope = ApiScope.Observe, Summary = "", Group = "", Handle = _ => Task.CompletedTask };

    [Fact]
    public void What_is_written_out_goes_before_what_is_in_braces()
    {
        var router = new ApiRouter([Route("GET", "/api/{any}"), Route("GET", "/api/health"), Route("GET", "/api/{any}/deep")]);
        Assert.Equal("/api/health", router.Find(["api", "health"])!["GET"].Path);
        Assert.Equal("/api/{any}", router.Find(["api", "other"])!["GET"].Path);
        Assert.Equal("/api/{any}/deep", router.Find(["api", "health", "deep"])!["GET"].Path);
        Assert.Null(router.Find(["api"]));
        Assert.Null(router.Find(["api", "health", "deeper"]));
    }

    [Fact]
    public void Each_method_of_a_path_may_have_names_of_its_own()
    {
        var router = new ApiRouter([Route("GET", "/x/{id}"), Route("PUT", "/x/{name}")]);
        var routes = router.Find(["x", "7"])!;
        Assert.Equal("7", ApiRouter.ValuesOf(routes["GET"], ["x", "7"])["id"]);
        Assert.Equal("7", ApiRouter.ValuesOf(routes["PUT"], ["x", "7"])["name"]);
    }

    [Fact]
    public void Two_routes_are_never_the_same() =>
        Assert.Throws<InvalidOperationException>(() => new ApiRouter([Route("GET", "/x/{id}"), Route("GET", "/x/{name}")]));
}
