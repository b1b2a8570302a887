namespace Tether.Protocol.Terminal.Screens;

/// <summary>The prompt marks of the primary screen and its scrollback. Programs on the alternate screen are no shells: their marks are not kept.</summary>
internal static class PromptMarks
{
    /// <summary>Marks the cursor's cell.</summary>
    public static void Set(Screen screen, PromptMarkKind kind, int? exitCode)
    {
        if (screen.IsAlternate)
        {
            return;
        }

        PlaceList places = screen.PrimaryPlaces;
        long row = screen.TopRow + screen.Row;
        places.Trim(screen.Scrollback.FirstRow);
        places.RemoveMark(row, kind);
        places.Add(new Place { Row = row, Column = screen.Column, Mark = kind, ExitCode = exitCode });
    }

    /// <summary>Those whose rows can be read, from top to bottom.</summary>
    public static List<PromptMark> List(Screen screen)
    {
        var marks = new List<PromptMark>();
        foreach (Place place in Readable(screen))
        {
            if (place.Mark is { } kind)
            {
                marks.Add(new PromptMark(kind, place.Row, place.Column, place.ExitCode));
            }
        }

        return marks;
    }

    /// <summary>The last prompt above a row.</summary>
    public static PromptMark? Before(Screen screen, long row)
    {
        Span<Place> places = Readable(screen);
        for (int i = places.Length - 1; i >= 0; i--)
        {
            if (places[i].Mark == PromptMarkKind.Prompt && places[i].Row < row)
            {
                return new PromptMark(PromptMarkKind.Prompt, places[i].Row, places[i].Column, null);
            }
        }

        return null;
    }

    /// <summary>The first prompt below a row.</summary>
    public static PromptMark? After(Screen screen, long row)
    {
        foreach (Place place in Readable(screen))
        {
            if (place.Mark == PromptMarkKind.Prompt && place.Row > row)
            {
                return new PromptMark(PromptMarkKind.Prompt, place.Row, place.Column, null);
            }
        }

        return null;
    }

    /// <summary>The places of a row of the primary screen or its scrollback.</summary>
    public static ReadOnlySpan<Place> On(Screen screen, long row)
    {
        Span<Place> places = screen.PrimaryPlaces.From(row);
        int count = 0;
        while (count < places.Length && places[count].Row == row)
        {
            count++;
        }

        return places[..count];
    }

    private static Span<Place> Readable(Screen screen)
    {
        Span<Place> places = screen.PrimaryPlaces.From(screen.Scrollback.FirstRow);
        return screen.IsAlternate ? places[..^screen.PrimaryPlaces.From(screen.TopRow).Length] : places;
    }
}
