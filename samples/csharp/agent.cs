// A supervised agent: registers, asks before it acts, and does what people tell it.
#:property PublishAot=false
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using var http = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("TETHER_API_URL") ?? "http://127.0.0.1:8787") };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("TETHER_AGENT_TOKEN"));

async Task<JsonNode> Call(HttpMethod method, string path, JsonObject? body = null)
{
    using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
    using var reply = (await http.SendAsync(request)).EnsureSuccessStatusCode();
    return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
}

var agent = new JsonObject { ["name"] = "C# sample", ["type"] = "custom", ["icon"] = "♯" };
var session = $"/external/sessions/{(await Call(HttpMethod.Post, "/external/sessions", new() { ["agent_metadata"] = agent }))["session_id"]}";
Task<JsonNode> Post(string what, JsonObject body) => Call(HttpMethod.Post, $"{session}/{what}", body);

await Post("output", new() { ["text"] = "Tell me a command, or quit." });
while (true)
{
    await Post("status", new() { ["status"] = "awaiting_input" });
    JsonNode message;
    while ((string?)(message = await Call(HttpMethod.Get, $"{session}/input?timeout=30"))["type"] != "human_input") { }
    var command = (string)message["data"]!["text"]!;
    if (command == "quit") break;

    await Post("status", new() { ["status"] = "executing" });
    var asked = await Post("approval", new() { ["tool_name"] = "Bash", ["tool_input"] = new JsonObject { ["command"] = command }, ["timeout_s"] = 300 });
    JsonNode answer;
    while ((string?)(answer = await Call(HttpMethod.Get, $"{session}/approval/{asked["request_id"]}?timeout=30"))["type"] == "timeout") { }
    if ((bool)answer["data"]!["approved"]!)
    {
        using var done = Process.Start(new ProcessStartInfo("bash", ["-c", $"{command}\n"]) { RedirectStandardOutput = true })!;
        var output = await done.StandardOutput.ReadToEndAsync();
        await done.WaitForExitAsync();
        await Post("output", new() { ["text"] = $"{output}exit status {done.ExitCode}" });
    }
    else
    {
        await Post("output", new() { ["text"] = $"I did not do it. {answer["data"]!["message"]}" });
    }
}

await Post("output", new() { ["text"] = "Goodbye.", ["is_final"] = true });
