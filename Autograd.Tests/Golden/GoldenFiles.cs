using System.IO.Compression;
using System.Text.Json;

namespace Autograd.Tests.Golden;

/// <summary>The reference data: the folder that the environment variable AUTOGRAD_GOLDEN names, else the files that come with the tests.</summary>
internal static class GoldenFiles
{
    private const string Variable = "AUTOGRAD_GOLDEN";

    private static readonly Lazy<(GoldenCase[] Cases, string[] Others)> Data = new(() => Load(Folder));

    /// <summary>Whether the data are those that come with the tests.</summary>
    public static bool AreShipped => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The cases of operations, file by file.</summary>
    public static GoldenCase[] Cases => Data.Value.Cases;

    /// <summary>The families of other formats: modules, optimizers, schedules.</summary>
    public static string[] OtherFamilies => Data.Value.Others;

    /// <summary>The folder.</summary>
    public static string Folder => AreShipped ? ShippedFolder : Environment.GetEnvironmentVariable(Variable)!;

    /// <summary>The folder of the files that come with the tests.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "Golden", "Data");

    /// <summary>The cases of a family of another format; none if the folder has no such file.</summary>
    public static List<JsonElement> ReadOther(string family)
    {
        var path = Path.Combine(Folder, $"{family}.json.gz");
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(json => json.Clone())];
    }

    /// <summary>Reads all the files of a folder.</summary>
    /// <exception cref="InvalidDataException">A file is not of the format.</exception>
    public static (GoldenCase[] Cases, string[] Others) Load(string folder)
    {
        string[] paths = [.. Directory.GetFiles(folder, "*.json.gz").Order(StringComparer.Ordinal)];
        if (paths.Length == 0)
        {
            throw new FileNotFoundException($"No reference data (*.json.gz) in {folder}.");
        }

        var (cases, others) = (new List<GoldenCase>(), new List<string>());
        foreach (var path in paths)
        {
            var read = GoldenReader.Read(path, out var family);
            cases.AddRange(read);
            if (read.Length == 0)
            {
                others.Add(family);
            }
        }

        return ([.. cases], [.. others]);
    }
}
