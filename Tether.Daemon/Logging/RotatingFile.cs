namespace Tether.Daemon.Logging;

/// <summary>
/// A file that is put aside when it has grown too large: `log` becomes `log.1`, that `log.2`, and the oldest goes. Never throws; a
/// write that fails leaves no half lines behind. Belongs to <see cref="LogWriter"/>'s thread.
/// </summary>
internal sealed class RotatingFile(string path, long fileBytes, int fileCount) : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private FileStream? _file;
    private long _length;

    /// <summary>False when the bytes are not in the file.</summary>
    public bool Write(ReadOnlySpan<byte> lines)
    {
        try
        {
            var file = _file ??= Open();

            // Not remembered from the last write: while one daemon takes over from another, both write here.
            _length = RandomAccess.GetLength(file.SafeFileHandle);
            if (_length > 0 && _length + lines.Length > fileBytes)
            {
                Rotate();
                file = _file = Open();
                _length = 0;
            }

            RandomAccess.Write(file.SafeFileHandle, lines, _length);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CutHalfLine();
            return false;
        }
    }

    public void Dispose() => Close();

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, Private | UnixFileMode.UserExecute);
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = Private,
        });
    }

    private void Rotate()
    {
        Close();
        for (var number = fileCount - 1; number > 0; number--)
        {
            var older = number == 1 ? path : Numbered(number - 1);
            if (File.Exists(older))
            {
                File.Move(older, Numbered(number), overwrite: true);
            }
        }

        if (fileCount == 1)
        {
            File.Delete(path);
        }
    }

    // The disk became full in the middle of a write. The next one opens the file again, which may have been removed to make room.
    private void CutHalfLine()
    {
        try
        {
            if (_file is not null)
            {
                RandomAccess.SetLength(_file.SafeFileHandle, _length);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The half line stays; there is nothing left to try, and nobody to tell.
        }

        Close();
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    private string Numbered(int number) => $"{path}.{number}";
}
