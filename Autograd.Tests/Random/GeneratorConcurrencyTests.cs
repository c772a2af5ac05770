
namespace Autograd.Tests.RandomNumbers;

public class GeneratorConcurrencyTests
{
    private const int Threads = 8;
    private const int RequestsPerThread = 4_000;
    private const int Length = 5;

    [Test]
    public void Concurrent_requests_get_what_serial_ones_get_in_some_order()
    {
        var serialGenerator = new Generator(9);
        var serial = Requests(serialGenerator, Threads * RequestsPerThread);

        var generator = new Generator(9);
        var results = new double[Threads][][];
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            results[index] = Requests(generator, RequestsPerThread);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(generator.State, Is.EqualTo(serialGenerator.State));
        Assert.That(InOrder(results.SelectMany(result => result)), Is.EqualTo(InOrder(serial)));
    }

    [Test]
    public void Concurrent_splits_get_different_children()
    {
        var generator = new Generator(9);
        var keys = new ulong[Threads * RequestsPerThread];
        Parallel.For(0, keys.Length, i => keys[i] = generator.Split().State.Key);
        Assert.That(keys.Order(), Is.EqualTo(new Generator(9).Split(keys.Length).Select(child => child.State.Key).Order()));
    }

    private static double[][] Requests(Generator generator, int count)
    {
        var requests = new double[count][];
        for (var i = 0; i < count; i++)
            generator.FillUniform((requests[i] = new double[Length]).AsSpan());
        return requests;
    }

    // Each request stays together: requests of equal first elements would be a collision of 53-bit numbers.
    private static IEnumerable<double> InOrder(IEnumerable<double[]> requests)
        => requests.OrderBy(request => request[0]).SelectMany(request => request);
}
