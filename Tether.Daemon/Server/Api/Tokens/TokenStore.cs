using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tether.Daemon.Approvals.Policy;

namespace Tether.Daemon.Server.Api.Tokens;

/// <summary>
/// The tokens that were made, in tokens.json: their owner's only, written whole or not at all, on the disk before a change is told. Holds no token itself.
/// Any thread may call.
/// </summary>
internal sealed class TokenStore
{
    public const int Most = 1000, LongestName = 64;

    private const string Prefix = "tether_";
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int Bytes = 32;

    // Tokens are used often, and who used one is of no interest to the second.
    private static readonly TimeSpan UseGrain = TimeSpan.FromMinutes(1);

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    // One writes the file at a time; taken before _gate, which nobody holds while the disk is waited for.
    private readonly Lock _file = new();

    // ---- under _gate ----
    private List<(ApiToken Token, byte[] Hash)> _tokens = [];

    public TokenStore(string path, TimeProvider time)
    {
        (_path, _time) = (path, time);
        Load();
    }

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "tokens.json");

    /// <summary>Why no made token counts: the file cannot be read. Null when it was.</summary>
    public string? Problem { get; private set; }

    /// <summary>Done once all uses until now are on the disk, or cannot be.</summary>
    public Task Written { get; private set; } = Task.CompletedTask;

    /// <summary>Told the id of a token that was revoked, so that what it opened closes.</summary>
    public event Action<string>? Revoked;

    /// <summary>Those that count and those that have expired, oldest first.</summary>
    public IReadOnlyList<ApiToken> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _tokens.Select(pair => pair.Token)];
            }
        }
    }

    /// <summary>Whether anybody could come in with one.</summary>
    public bool HasAny => All.Any(token => !(token.ExpiresAt <= _time.GetUtcNow()));

    /// <summary>The token that this is, if it counts; marks it as used. Takes as long whichever it is.</summary>
    public ApiToken? Find(string given)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(given));
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            var found = -1;
            for (var i = 0; i < _tokens.Count; i++)
            {
                found = CryptographicOperations.FixedTimeEquals(_tokens[i].Hash, hash) ? i : found;
            }

            if (found < 0 || _tokens[found].Token.ExpiresAt <= now)
            {
                return null;
            }

            var token = _tokens[found].Token;
            if (!(now - token.LastUsedAt < UseGrain))
            {
                _tokens[found] = (token with { LastUsedAt = now }, _tokens[found].Hash);
                Written = Task.WhenAll(Written, Task.Run(WriteUse));
            }

            return token;
        }
    }

    /// <summary>Whether a token of that id is there, and not revoked.</summary>
    public bool Counts(string id)
    {
        lock (_gate)
        {
            return _tokens.Exists(pair => pair.Token.Id == id);
        }
    }

    /// <summary>Makes a token; it is told here and never again.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    /// <exception cref="ApiError">There are too many.</exception>
    public (string Text, ApiToken Token) Create(string name, ApiScope scopes, DateTimeOffset? expiresAt)
    {
        var text = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var token = new ApiToken
        {
            Id = "t-" + RandomNumberGenerator.GetString(Letters, 8),
            Name = name,
            Scopes = ApiScopes.NamesOf(scopes),
            Hash = Convert.ToHexStringLower(hash),
            CreatedAt = _time.GetUtcNow(),
            ExpiresAt = expiresAt,
        };
        lock (_file)
        {
            if (Problem is not null)
            {
                throw new IOException(Problem);
            }

            var kept = Tokens();
            if (kept.Count >= Most)
            {
                throw ApiError.Invalid($"{Most} tokens are kept already; revoke some");
            }

            Keep([.. kept, (token, hash)]);
        }

        return (text, token);
    }

    /// <summary>False when there is none by that id.</summary>
    /// <exception cref="IOException">It could not be removed, and counts still.</exception>
    public bool Revoke(string id)
    {
        lock (_file)
        {
            var kept = Tokens();
            if (kept.RemoveAll(pair => pair.Token.Id == id) == 0)
            {
                return false;
            }

            Keep(kept);
        }

        Revoked?.Invoke(id);
        return true;
    }

    private void Load()
    {
        try
        {
            if (!File.Exists(_path))
            {
                return;
            }

            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(_path), ApiTokenFileJson.Default.ApiTokenFile) ?? throw new JsonException("it holds nothing");
            _tokens = [.. file.Tokens.Select(token => token is null ? throw new JsonException("null is no token") : (token, Convert.FromHexString(token.Hash)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            Problem = $"{_path} cannot be read ({e.Message}); no token that was made counts until it is mended or removed";
        }
    }

    private void Keep(List<(ApiToken Token, byte[] Hash)> tokens)
    {
        Write(tokens);
        lock (_gate)
        {
            _tokens = tokens;
        }
    }

    private List<(ApiToken Token, byte[] Hash)> Tokens()
    {
        lock (_gate)
        {
            return [.. _tokens];
        }
    }

    private void WriteUse()
    {
        try
        {
            lock (_file)
            {
                Write(Tokens());
            }
        }
        catch (IOException)
        {
            // Only the time of the last use is lost.
        }
    }

    private void Write(List<(ApiToken Token, byte[] Hash)> tokens)
    {
        try
        {
            WholeFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(new ApiTokenFile { Tokens = [.. tokens.Select(pair => pair.Token)] }, ApiTokenFileJson.Default.ApiTokenFile));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
