namespace Autograd.Tests;

/// <summary>Tests with a folder of their own, which is gone after each.</summary>
internal abstract class FolderTests
{
    protected string Folder { get; private set; } = string.Empty;

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("autograd").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);
}
