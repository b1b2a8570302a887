using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Tether.EndToEnd.Tests.Api;

/// <summary>Commits, branches and pushes over the API, in repositories that mean well and in one that does not.</summary>
public sealed class GitChangesTests
{
    [EndToEndFact("git")]
    public async Task What_has_changed_is_committed_on_a_branch_of_its_own()
    {
        await using var api = await ApiSandbox.Start();
        var (id, directory) = await Repository(api);
        Assert.Equal("work/one", (string?)(await Post(api, id, "branch", """{"name":"work/one"}""", HttpStatusCode.Created))["branch"]);
        await Write(directory, "file", "two\n");
        await Write(directory, "below/new", "new\n");
        var unstaged = await api.Ask("GET", $"/api/sessions/{id}/git/diff");
        Assert.Equal((" file | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n", false), ((string?)unstaged["stat"], (bool)unstaged["truncated"]!));
        Assert.StartsWith("diff --git a/file b/file\n", (string?)unstaged["patch"], StringComparison.Ordinal);
        var made = await Post(api, id, "commit", """{"message":"# Second\n\nwith a body"}""", HttpStatusCode.Created);
        Assert.Equal(("# Second", "Ada"), ((string?)made["message"], (string?)made["author"]));
        Assert.False((bool)(await api.Ask("GET", $"/api/sessions/{id}/git"))["dirty"]!);
        await Post(api, id, "commit", """{"message":"nothing"}""", HttpStatusCode.Conflict);
        Assert.Equal("main", (string?)(await Post(api, id, "checkout", """{"branch":"main"}""", HttpStatusCode.OK))["branch"]);
        Assert.Equal("one\n", await File.ReadAllTextAsync(Path.Combine(directory, "file")));

        await Write(directory, "a", "staged\n");
        await Git(directory, "add", "a");
        await Write(directory, "b", "not staged\n");
        await Post(api, id, "commit", """{"message":"only a","add_all":false}""", HttpStatusCode.Created);
        Assert.Equal(1, (int)(await api.Ask("GET", $"/api/sessions/{id}/git"))["untracked_count"]!);
    }

    [EndToEndFact("git")]
    public async Task Only_what_is_in_the_sessions_own_directory_is_added()
    {
        await using var api = await ApiSandbox.Start();
        var (_, directory) = await Repository(api);
        await Write(directory, "inner/mine", "mine\n");
        await Write(directory, "outer", "not mine\n");
        var id = (string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell", ["directory"] = Path.Combine(directory, "inner") }))["id"]!;
        await Post(api, id, "commit", """{"message":"inner"}""", HttpStatusCode.Created);
        Assert.Equal("inner/mine\n", await Git(directory, "show", "--name-only", "--format="));
    }

    [EndToEndFact("git")]
    public async Task A_repository_runs_nothing_of_its_own_whether_it_is_asked_or_changed()
    {
        await using var api = await ApiSandbox.Start();
        var (id, directory) = await Repository(api);
        var spy = Path.Combine(api.Home, "spy");
        var ran = Path.Combine(api.Home, "ran");
        await File.WriteAllTextAsync(spy, $"#!/bin/sh\necho \"$0\" >>{ran}\ncat\n");
        File.SetUnixFileMode(spy, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var hooks = Path.Combine(directory, ".git", "hooks");
        Directory.Delete(hooks, recursive: true);
        Directory.CreateDirectory(hooks);
        foreach (var hook in (string[])["pre-commit", "commit-msg", "post-commit", "post-checkout", "reference-transaction", "post-index-change", "prepare-commit-msg"])
        {
            File.Copy(spy, Path.Combine(hooks, hook));
        }

        // A submodule whose filter would be run by who looks whether it has changed.
        await Git(directory, "-c", "protocol.file.allow=always", "submodule", "add", "-q", await Submodule(api), "sub");
        await Git(directory, "-c", "core.hooksPath=/dev/null", "-c", "user.name=Ada", "-c", "user.email=a@b", "commit", "-qam", "with a submodule");
        var inner = Path.Combine(directory, ".git/modules/sub");
        foreach (var (where, attributes) in ((string, string)[])[(directory, Path.Combine(directory, ".git/info/attributes")), (Path.Combine(directory, "sub"), Path.Combine(inner, "info/attributes"))])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(attributes)!);
            await File.WriteAllTextAsync(attributes, "* filter=Spy.x diff=spy\n");
            foreach (var setting in (string[])["filter.Spy.x.clean", "filter.Spy.x.smudge", "filter.Spy.x.process", "diff.spy.command", "diff.spy.textconv", "core.fsmonitor", "core.pager"])
            {
                await Git(where, "config", setting, spy);
            }
        }

        await Write(directory, "file", "two\n");
        await Write(directory, "sub/file", "owt\n");
        File.Delete(ran);
        foreach (var path in (string[])["git", "git/log", "git/diff", "git/diff?staged=true", "diff"])
        {
            await api.Ask("GET", $"/api/sessions/{id}/{path}");
        }

        await api.Ask("GET", $"/api/directories/diff?path={directory}");
        await Post(api, id, "branch", """{"name":"other"}""", HttpStatusCode.Created);
        await Post(api, id, "commit", """{"message":"two"}""", HttpStatusCode.Created);
        await Post(api, id, "checkout", """{"branch":"main"}""", HttpStatusCode.OK);
        Assert.Equal("one\n", await File.ReadAllTextAsync(Path.Combine(directory, "file")));
        Assert.False(File.Exists(ran), File.Exists(ran) ? await File.ReadAllTextAsync(ran) : "");

        foreach (var setting in (string[])["credential.helper", "gpg.program", "core.sshCommand", "remote.origin.receivepack", "credential.https://x.example.helper"])
        {
            await Git(directory, "config", setting, spy);
            foreach (var (route, body) in ((string, string)[])[("commit", """{"message":"x"}"""), ("push", "{}")])
            {
                Assert.Contains(setting.ToLowerInvariant(), ((string)(await Post(api, id, route, body, HttpStatusCode.UnprocessableEntity))["error"]!["message"]!).ToLowerInvariant(), StringComparison.Ordinal);
            }

            await Git(directory, "config", "--unset", setting);
        }

        Assert.False(File.Exists(ran));
        await Write(api.Home, "secret", "nobody's business\n");
        foreach (var elsewhere in (string[])[api.Home, api.Sandbox.WorkingDirectory])
        {
            await Git(directory, "config", "core.worktree", elsewhere);
            await Post(api, id, "commit", """{"message":"x"}""", HttpStatusCode.UnprocessableEntity);
            foreach (var path in (string[])[$"sessions/{id}/git", $"sessions/{id}/git/diff", $"sessions/{id}/diff", $"directories/diff?path={directory}"])
            {
                using var answer = await api.Send("GET", "/api/" + path, api.Token);
                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            }
        }
    }

    [EndToEndFact("git")]
    public async Task Names_that_are_options_addresses_or_no_branches_are_refused()
    {
        await using var api = await ApiSandbox.Start();
        var (id, _) = await Repository(api);
        foreach (var name in (string[])["-c", "--orphan", "", "a b", "a..b", "@{-1}", "@", "/x", "x.lock", "-", "a\\u0007", "HEAD~1:x"])
        {
            await Post(api, id, "branch", $$"""{"name":"{{name}}"}""", HttpStatusCode.UnprocessableEntity);
            await Post(api, id, "checkout", $$"""{"branch":"{{name}}"}""", HttpStatusCode.UnprocessableEntity);
        }

        await Post(api, id, "checkout", """{"branch":"nowhere"}""", HttpStatusCode.UnprocessableEntity);
        foreach (var remote in (string[])["origin", "https://example.com/x", "/etc", "ext::sh -c id", "--all", "../x"])
        {
            await Post(api, id, "push", $$"""{"remote":"{{remote}}"}""", HttpStatusCode.UnprocessableEntity);
        }

        foreach (var body in (string[])["""{"message":" "}""", """{"message":null}""", "{}", """{"message":"a\u0000b"}"""])
        {
            await Post(api, id, "commit", body, HttpStatusCode.UnprocessableEntity);
        }
    }

    [EndToEndFact("git")]
    public async Task A_branch_is_pushed_to_a_server_but_to_no_path_of_this_machine()
    {
        await using var api = await ApiSandbox.Start();
        var (id, directory) = await Repository(api);
        var server = Directory.CreateDirectory(Path.Combine(api.Sandbox.Directory, "server")).FullName;
        await Git(server, "init", "-q", "--bare", "-b", "main", "bare.git");
        using var daemon = ServeGit(server, out var port);
        try
        {
            await Git(directory, "remote", "add", "origin", $"git://127.0.0.1:{port}/bare.git");
            await Patience.Until(() => Listens(port), "git's own server");
            var pushed = await Post(api, id, "push", "{}", HttpStatusCode.OK);
            Assert.Equal((true, "origin", "main"), ((bool)pushed["success"]!, (string?)pushed["remote"], (string?)pushed["branch"]));
            Assert.Equal(await Git(directory, "rev-parse", "HEAD"), await Git(Path.Combine(server, "bare.git"), "rev-parse", "main"));
            Assert.Equal("origin/main", (string?)(await api.Ask("GET", $"/api/sessions/{id}/git"))["remote_branch"]);
        }
        finally
        {
            daemon.Kill(entireProcessTree: true);
        }

        await Git(directory, "remote", "add", "path", Path.Combine(server, "bare.git"));
        await Post(api, id, "push", """{"remote":"path"}""", HttpStatusCode.UnprocessableEntity);
        var (_, token) = await api.NewToken(null, "input", "approve");
        using var refused = await api.Send("POST", $"/api/sessions/{id}/git/push", token, "{}");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static async Task<(string Id, string Directory)> Repository(ApiSandbox api)
    {
        var directory = Directory.CreateDirectory(Path.Combine(api.Home, "repository")).FullName;
        await File.WriteAllTextAsync(Path.Combine(api.Home, ".gitconfig"), "[user]\nname = Ada\nemail = ada@example.com\n");
        await Git(directory, "init", "-q", "-b", "main");
        await Write(directory, "file", "one\n");
        await Git(directory, "add", ".");
        await Git(directory, "-c", "user.name=Ada", "-c", "user.email=a@b", "commit", "-qm", "First");
        return ((string)(await api.Ask("POST", "/api/sessions", new JsonObject { ["provider"] = "shell", ["directory"] = directory }))["id"]!, directory);
    }

    private static async Task<string> Submodule(ApiSandbox api)
    {
        var directory = Directory.CreateDirectory(Path.Combine(api.Home, "submodule")).FullName;
        await Git(directory, "init", "-q", "-b", "main");
        await Write(directory, "file", "two\n");
        await Git(directory, "add", ".");
        await Git(directory, "-c", "user.name=Ada", "-c", "user.email=a@b", "commit", "-qm", "First");
        return directory;
    }

    private static Process ServeGit(string directory, out int port)
    {
        port = ApiSandbox.FreePort();
        return Process.Start(new ProcessStartInfo("git", ["daemon", "--listen=127.0.0.1", $"--port={port}", $"--base-path={directory}", "--export-all", "--enable=receive-pack", directory]) { RedirectStandardError = true })!;
    }

    private static async Task<bool> Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task Write(string directory, string name, string text)
    {
        var path = Path.Combine(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
    }

    private static async Task<string> Git(string directory, params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", directory, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (git.StandardOutput.ReadToEndAsync(), git.StandardError.ReadToEndAsync());
        await git.WaitForExitAsync().WaitAsync(Patience.Ample);
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', words)}: {await error}");
        return await output;
    }

    private static async Task<JsonNode> Post(ApiSandbox api, string id, string route, string body, HttpStatusCode status)
    {
        using var answer = await api.Send("POST", $"/api/sessions/{id}/git/{route}", api.Token, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{route} {body}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
