// A supervised agent: registers, asks before it acts, and does what people tell it.
#:property PublishAot=false
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

using var http = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("TETHER_API_URL") ?? "http://127.0.0.1:8787") };
http.DefaultRequestHeaders.Authorization = new("Bearer", Environment.GetEnvironmentVariable("TETHER_AGENT_TOKEN"));
async Task<JsonNode> Get(string path) => (await http.GetFromJsonAsync<JsonNode>(path))!;
async Task<JsonNode> Post(string path, JsonObject body) =>
    (await (await http.PostAsJsonAsync(path, body)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!;

var agent = new JsonObject { ["name"] = "C# sample", ["type"] = "custom", ["icon"] = "♯" };
var session = $"/external/sessions/{(await Post("/external/sessions", new() { ["agent_metadata"] = agent }))["session_id"]}";
Task Say(string text) => Post($"{session}/output", new() { ["text"] = text });

await Say("Tell me a command, or quit.");
while (true)
{
    await Post($"{session}/status", new() { ["status"] = "awaiting_input" });
    JsonNode message, answer;
    do message = await Get($"{session}/input?timeout=30"); while ((string?)message["type"] != "human_input");
    var command = (string)message["data"]!["text"]!;
    if (command == "quit") break;

    await Post($"{session}/status", new() { ["status"] = "executing" });
    var asked = await Post($"{session}/approval", new() { ["tool_name"] = "Bash", ["tool_input"] = new JsonObject { ["command"] = command }, ["timeout_s"] = 300 });
    do answer = await Get($"{session}/approval/{asked["request_id"]}?timeout=30"); while ((string?)answer["type"] == "timeout");
    if ((bool)answer["data"]!["approved"]!)
    {
        using var done = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await done.StandardOutput.ReadToEndAsync();
        await done.WaitForExitAsync();
        await Say($"{output}exit status {done.ExitCode}");
    }
    else await Say($"I did not do it. {answer["data"]!["message"]}");
}
await Say("Goodbye.");
