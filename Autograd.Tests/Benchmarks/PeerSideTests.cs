using Autograd.Benchmarks.Comparison;

namespace Autograd.Tests.Benchmarks;

/// <summary>The exchange with a peer process, by programs that every Unix has.</summary>
internal sealed class PeerSideTests
{
    [Test]
    public void AProgramThatIsNotThereIsNamed()
        => Assert.That(() => PeerSide.Start("no-such-program --fast", 1), Throws.TypeOf<PeerException>().With.Message.Contains("no-such-program"));

    [Test]
    [Platform("Linux,MacOsX")]
    public void APeerThatEndsAtOnceHasItsLastWordsQuoted()
        => Assert.That(() => PeerSide.Start("sh -c \"echo no torch here >&2\"", 1), Throws.TypeOf<PeerException>().With.Message.Contains("no torch here"));

    [Test]
    [Platform("Linux,MacOsX")]
    public void AnAnswerThatIsNotJsonIsQuoted()
        => Assert.That(() => PeerSide.Start("sh -c \"read line; echo hello\"", 1), Throws.TypeOf<PeerException>().With.Message.Contains("not JSON: hello"));

    [Test]
    [Platform("Linux,MacOsX")]
    public void AnswersAreRead()
    {
        const string Script = """
            read line; echo '{"name": "a peer"}'
            read line; echo '{"results": [{"name": "y", "count": 1, "sum": "NaN", "squares": "Infinity", "weighted": 0.5, "samples": [1.5]}]}'
            read line; echo '{"unsupported": "too old"}'
            read line; echo '{"error": "division by zero"}'
            read line; echo '{"seconds": 0.25}'
            """;
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Script);
            using var peer = PeerSide.Start($"\"sh\" {file}", 2);
            var workload = WorkloadList.Parse("""[{ "family": "f", "name": "n", "kind": "chain", "count": 1, "length": 1 }]""")[0];
            Assert.That(peer.Name, Is.EqualTo("a peer"));
            Assert.That(peer.Check(workload, 3), Is.EqualTo(new[] { new Checksum("y", 1, double.NaN, double.PositiveInfinity, 0.5, [1.5]) }));
            Assert.That(() => peer.Check(workload, 3), Throws.TypeOf<UnsupportedWorkloadException>().With.Message.EqualTo("too old"));
            Assert.That(() => peer.Prepare(workload), Throws.TypeOf<PeerException>().With.Message.EqualTo("division by zero"));
            Assert.That(peer.Time(5), Is.EqualTo(0.25));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
