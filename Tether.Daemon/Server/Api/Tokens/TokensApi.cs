using Tether.Daemon.Approvals;

namespace Tether.Daemon.Server.Api.Tokens;

/// <summary>Tokens: made, listed and revoked by who may do everything.</summary>
internal sealed class TokensApi(TokenStore store, TimeProvider clock) : IApiModule
{
    public IEnumerable<ApiRoute> Routes =>
    [
        new()
        {
            Method = "GET",
            Path = "/api/tokens",
            Group = "Tokens",
            Scope = ApiScope.Admin,
            Summary = "The tokens that were made, oldest first; never the tokens themselves.",
            Reply = TokensJson.Default.TokenListReply,
            Handle = call => call.AnswerAsync(new TokenListReply { Tokens = [.. store.All.Select(TokenEntry.Of)] }, TokensJson.Default.TokenListReply),
        },
        new()
        {
            Method = "POST",
            Path = "/api/tokens",
            Group = "Tokens",
            Scope = ApiScope.Admin,
            Summary = "Makes a token. It is told in this answer and never again.",
            Body = TokensJson.Default.NewToken,
            Reply = TokensJson.Default.MadeToken,
            Status = 201,
            Refusals = [507],
            Handle = CreateAsync,
        },
        new()
        {
            Method = "DELETE",
            Path = "/api/tokens/{token}",
            Group = "Tokens",
            Scope = ApiScope.Admin,
            Summary = "Revokes a token by its id. What it holds open ends.",
            Reply = TokensJson.Default.Done,
            Refusals = [507],
            Handle = RevokeAsync,
        },
    ];

    private async Task CreateAsync(ApiCall call)
    {
        var asked = await call.BodyAsync(TokensJson.Default.NewToken).ConfigureAwait(false);
        var name = CleanText.Line(asked.Name, TokenStore.LongestName).Trim();
        if (name.Length == 0 || name.Length != asked.Name.Trim().Length)
        {
            throw ApiError.Invalid($"name: one line of 1–{TokenStore.LongestName} characters");
        }

        var scopes = ApiScopes.Parse(asked.Scopes) ?? throw ApiError.Invalid($"scopes: at least one of {string.Join(", ", ApiScopes.Names)}");
        var now = clock.GetUtcNow();
        var until = (asked.ExpiresAt, asked.ExpiresInS) switch
        {
            (not null, not null) => throw ApiError.Invalid("expires_at or expires_in_s, not both"),
            (null, { } seconds) => seconds is > 0 and <= NewToken.LongestSeconds ? now.AddSeconds(seconds) : throw ApiError.Invalid($"expires_in_s: more than 0, at most {NewToken.LongestSeconds}"),
            ({ } at, null) => at > now ? at.ToUniversalTime() : throw ApiError.Invalid("expires_at lies in the past"),
            _ => (DateTimeOffset?)null,
        };
        var (text, token) = Kept(() => store.Create(name, scopes, until));
        await call.AnswerAsync(new MadeToken { Id = token.Id, Name = token.Name, Scopes = token.Scopes, CreatedAt = token.CreatedAt, ExpiresAt = token.ExpiresAt, Token = text }, TokensJson.Default.MadeToken)
            .ConfigureAwait(false);
    }

    private Task RevokeAsync(ApiCall call) => Kept(() => store.Revoke(call.Segment("token")))
        ? call.AnswerAsync(new Done(), TokensJson.Default.Done)
        : throw ApiError.Missing("there is no token of that id; GET /api/tokens lists all");

    private static T Kept<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (IOException e)
        {
            throw new ApiError(507, ApiError.Storage, $"tokens.json cannot be written: {e.Message}");
        }
    }
}
