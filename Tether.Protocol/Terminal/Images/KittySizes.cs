namespace Tether.Protocol.Terminal.Images;

/// <summary>Sizes of the images that were sent to be shown later. The oldest are forgotten: terminals drop them too.</summary>
internal sealed class KittySizes
{
    private const int Most = 256;

    private readonly List<(bool IsNumber, uint Id, PixelSize Size)> _images = [];

    public void Add(in KittyCommand command, PixelSize size)
    {
        if (command.Id == 0 && command.Number == 0)
        {
            return;
        }

        Remove(command);
        if (_images.Count == Most)
        {
            _images.RemoveAt(0);
        }

        bool isNumber = command.Id == 0;
        _images.Add((isNumber, isNumber ? command.Number : command.Id, size));
    }

    public PixelSize Find(in KittyCommand command)
    {
        int index = IndexOf(command);
        return index < 0 ? default : _images[index].Size;
    }

    public void Remove(in KittyCommand command)
    {
        int index = IndexOf(command);
        if (index >= 0)
        {
            _images.RemoveAt(index);
        }
    }

    public void Clear() => _images.Clear();

    private int IndexOf(in KittyCommand command)
    {
        bool isNumber = command.Id == 0;
        uint id = isNumber ? command.Number : command.Id;
        return _images.FindIndex(image => image.IsNumber == isNumber && image.Id == id);
    }
}
