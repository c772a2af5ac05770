global using NUnit.Framework;
global using PropertyAttribute = FsCheck.NUnit.PropertyAttribute;
