namespace Autograd.NN;

/// <summary>Images in folders, one folder for each class: <c>root/cat/1.ppm</c>. They are read when they are asked for.</summary>
public sealed class ImageFolder : Dataset<(Tensor X, Tensor Y)>
{
    private static readonly string[] Endings = [".pgm", ".ppm", ".png"];

    private readonly (string Path, int Class)[] files;

    /// <summary>The images under a folder: files that end in .pgm, .ppm or .png, in alphabetical order.</summary>
    /// <param name="root">The folder that has the classes' folders.</param>
    /// <exception cref="DataException">There are no images.</exception>
    public ImageFolder(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var folders = Directory.GetDirectories(root).Order(StringComparer.Ordinal).ToArray();
        Classes = [.. folders.Select(folder => Path.GetFileName(folder)!)];
        files = [.. folders.SelectMany((folder, label) => Directory.GetFiles(folder).Where(IsImage).Order(StringComparer.Ordinal).Select(path => (path, label)))];
        if (files.Length == 0)
        {
            throw new DataException($"ImageFolder: no .pgm, .ppm or .png files in the folders of {root}; other formats are converted first: magick mogrify -format png *.jpg");
        }
    }

    /// <summary>The names of the classes, in the order of their numbers.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override int Count => files.Length;

    /// <summary>An image, [channels, height, width] of 0 to 1, and its class. Pictures with opacity have a channel more (<see cref="PngImage.Read"/>).</summary>
    /// <param name="index">Its number.</param>
    /// <exception cref="DataException">The file is not an image.</exception>
    public override (Tensor X, Tensor Y) this[int index] => (Read(files[index].Path), Tensor.From((long)files[index].Class, DType.Int64));

    private static Tensor Read(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? PngImage.Read(path) : NetPbm.Read(path);

    private static bool IsImage(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
