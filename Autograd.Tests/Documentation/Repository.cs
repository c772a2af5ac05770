using System.Runtime.CompilerServices;

namespace Autograd.Tests.Documentation;

/// <summary>The files of the repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot([CallerFilePath] string source = "")
    {
        var folder = Directory.Exists(Path.GetDirectoryName(source)) ? Path.GetDirectoryName(source) : TestContext.CurrentContext.TestDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Autograd.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("Autograd.sln was not found above the tests.");
    }
}
