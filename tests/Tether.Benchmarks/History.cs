using System.Text;

/// <summary>Lines of words, in colour as a build or an agent prints them: every second word in one of eight, every sixth in its own.</summary>
internal static class History
{
    private const string Word = "abcdef ";

    /// <param name="columns">The terminal's width: a line has twelve words, or as many as fill 200 columns.</param>
    /// <param name="lines">How many.</param>
    /// <param name="coloured">False for plain text.</param>
    public static byte[] Of(int columns, int lines, bool coloured)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        int words = columns < 200 ? 12 : columns / Word.Length;
        for (int line = 0; line < lines; line++)
        {
            for (int word = 0; word < words; word++)
            {
                text.Append(coloured && word % 2 == 0 ? $"\e[3{random.Next(8)}m" : "");
                text.Append(coloured && word % 6 == 5 ? "\e[38;2;120;140;160m" : "");
                text.Append(Word);
            }

            text.Append(coloured ? "\e[0m\r\n" : "\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
