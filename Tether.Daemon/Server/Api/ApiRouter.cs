namespace Tether.Daemon.Server.Api;

/// <summary>Finds the routes of a path. A segment that is written out in a route goes before one in braces.</summary>
internal sealed class ApiRouter
{
    private readonly Place _root = new();

    /// <exception cref="InvalidOperationException">Two routes are the same.</exception>
    public ApiRouter(IEnumerable<ApiRoute> routes)
    {
        Routes = [.. routes];
        foreach (var route in Routes)
        {
            var place = _root;
            foreach (var segment in Segments(route.Path))
            {
                place = IsName(segment) ? place.Any ??= new Place() : place.Named.TryGetValue(segment, out var known) ? known : place.Named[segment] = new Place();
            }

            if (!place.Methods.TryAdd(route.Method, route))
            {
                throw new InvalidOperationException($"{route.Method} {route.Path} is there twice");
            }
        }
    }

    /// <summary>All of them, in their modules' order.</summary>
    public IReadOnlyList<ApiRoute> Routes { get; }

    /// <summary>The routes of a path by method; null when there is none.</summary>
    public IReadOnlyDictionary<string, ApiRoute>? Find(ReadOnlySpan<string> segments) => Find(_root, segments)?.Methods;

    /// <summary>What stands in the places of a route's names.</summary>
    public static IReadOnlyDictionary<string, string> ValuesOf(ApiRoute route, IReadOnlyList<string> segments) =>
        Segments(route.Path).Select((segment, index) => (segment, index)).Where(pair => IsName(pair.segment)).ToDictionary(pair => pair.segment[1..^1], pair => segments[pair.index]);

    /// <summary>The names in braces, in their order.</summary>
    public static IEnumerable<string> NamesOf(string path) => Segments(path).Where(IsName).Select(segment => segment[1..^1]);

    private static string[] Segments(string path) => path[1..].Split('/');

    private static bool IsName(string segment) => segment.StartsWith('{');

    private static Place? Find(Place place, ReadOnlySpan<string> segments)
    {
        if (segments.IsEmpty)
        {
            return place.Methods.Count > 0 ? place : null;
        }

        return (place.Named.TryGetValue(segments[0], out var named) ? Find(named, segments[1..]) : null) ?? (place.Any is { } any ? Find(any, segments[1..]) : null);
    }

    private sealed class Place
    {
        public Dictionary<string, Place> Named { get; } = [];

        public Place? Any { get; set; }

        public Dictionary<string, ApiRoute> Methods { get; } = [];
    }
}
