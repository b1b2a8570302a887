using System.Text;

namespace Tether.Tui.Connection.Json;

/// <summary>Writes one flat JSON object as UTF-8. Only what <see cref="HotEncoder"/> needs, with nothing to compile at start.</summary>
internal sealed class JsonText
{
    private readonly MemoryStream _bytes = new(4096);

    public JsonText(string type)
    {
        _bytes.WriteByte((byte)'{');
        Member("type", type);
    }

    public byte[] Finish()
    {
        _bytes.WriteByte((byte)'}');
        return _bytes.ToArray();
    }

    /// <summary>A null is left out.</summary>
    public JsonText Member(string name, string? value)
    {
        if (value is not null)
        {
            Name(name);
            Text(value);
        }

        return this;
    }

    public JsonText Member(string name, int value)
    {
        Name(name);
        Raw(value.ToString());
        return this;
    }

    public JsonText Member(string name, bool value)
    {
        Name(name);
        Raw(value ? "true" : "false");
        return this;
    }

    public JsonText Member(string name, string[]? values)
    {
        if (values is null)
        {
            return this;
        }

        Name(name);
        var separator = (byte)'[';
        foreach (var value in values)
        {
            _bytes.WriteByte(separator);
            Text(value);
            separator = (byte)',';
        }

        Raw(values.Length == 0 ? "[]" : "]");
        return this;
    }

    public JsonText Member(string name, int[] values)
    {
        Name(name);
        Raw($"[{string.Join(',', values)}]");
        return this;
    }

    private void Name(string name)
    {
        if (_bytes.Length > 1)
        {
            _bytes.WriteByte((byte)',');
        }

        Text(name);
        _bytes.WriteByte((byte)':');
    }

    private void Text(string value)
    {
        _bytes.WriteByte((byte)'"');
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (b is (byte)'"' or (byte)'\\')
            {
                _bytes.WriteByte((byte)'\\');
                _bytes.WriteByte(b);
            }
            else if (b < 0x20)
            {
                Raw($"\\u{(int)b:x4}");
            }
            else
            {
                _bytes.WriteByte(b);
            }
        }

        _bytes.WriteByte((byte)'"');
    }

    private void Raw(string text) => _bytes.Write(Encoding.UTF8.GetBytes(text));
}
