using System.Text.Json;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Claude;

/// <summary>What Claude itself offers to remember: `permission_suggestions`, given back as `updatedPermissions`.</summary>
internal static class ClaudeOffers
{
    private const string Prefix = "agent-";

    public static AlwaysOffer[] Of(JsonElement payload) =>
        [.. payload.Items("permission_suggestions").Select((suggestion, index) => new AlwaysOffer { Id = $"{Prefix}{index + 1}", Text = Describe(suggestion) })];

    /// <summary>The suggestion that an offer stands for; null when it stands for none.</summary>
    public static JsonElement? Find(JsonElement payload, string? offer) =>
        offer?.StartsWith(Prefix, StringComparison.Ordinal) is true && int.TryParse(offer.AsSpan(Prefix.Length), out var number)
            ? payload.Items("permission_suggestions").Skip(number - 1).Select(suggestion => (JsonElement?)suggestion).FirstOrDefault()
            : null;

    private static string Describe(JsonElement suggestion)
    {
        var what = suggestion.Text("type") switch
        {
            "addRules" or "replaceRules" => $"{suggestion.Text("behavior") ?? "allow"} {string.Join(", ", suggestion.Items("rules").Select(Rule))}",
            "addDirectories" => $"work in {string.Join(", ", suggestion.Texts("directories"))}",
            "setMode" => $"switch to {suggestion.Text("mode")}",
            var other => other ?? "remember this",
        };
        return $"Claude: {what}, {Where(suggestion.Text("destination"))}";
    }

    private static string Rule(JsonElement rule) => rule.Text("ruleContent") is { } content ? $"{rule.Text("toolName")}({content})" : rule.Text("toolName") ?? "";

    private static string Where(string? destination) => destination switch
    {
        "session" => "in this session",
        "localSettings" => "in this project, for you",
        "projectSettings" => "in this project, for all",
        "userSettings" => "in all projects",
        var other => other ?? "in this session",
    };
}
