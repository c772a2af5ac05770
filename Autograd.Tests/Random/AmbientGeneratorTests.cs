
namespace Autograd.Tests.RandomNumbers;

// Other tests that seed would give the process another generator meanwhile.
[NonParallelizable]
public class AmbientGeneratorTests
{
    [Test]
    public void Seed_sets_the_generator_of_this_flow()
    {
        Generator.Seed(42);
        Assert.That(Generator.Default.State, Is.EqualTo(new GeneratorState(42, 0)));
        var here = Generator.Default;
        Assert.That(Generator.Default, Is.SameAs(here));
    }

    [Test]
    public void A_given_generator_becomes_the_default()
    {
        var generator = Generator.FromState(new GeneratorState(3, 4));
        Generator.Default = generator;
        Assert.That(Generator.Default, Is.SameAs(generator));
    }

    [Test]
    public void Null_is_no_generator() => Assert.That(() => Generator.Default = null!, Throws.ArgumentNullException);

    [Test]
    public async Task Tasks_inherit_the_same_instance()
    {
        Generator.Seed(42);
        var here = Generator.Default;
        await Task.Run(() =>
        {
            Assert.That(Generator.Default, Is.SameAs(here));
            Generator.Default.FillUniform(new float[2].AsSpan());
        });
        Assert.That(here.State.Counter, Is.EqualTo(1));
    }

    [Test]
    public async Task A_seed_set_in_a_task_does_not_leak_out_nor_into_its_sibling()
    {
        Generator.Seed(42);
        var here = Generator.Default;
        using var bothSeeded = new Barrier(2);
        ulong KeyAfterSeeding(ulong seed)
        {
            Generator.Seed(seed);
            bothSeeded.SignalAndWait();
            return Generator.Default.State.Key;
        }

        var keys = await Task.WhenAll(
            Task.Factory.StartNew(() => KeyAfterSeeding(1), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => KeyAfterSeeding(2), TaskCreationOptions.LongRunning));
        Assert.That(keys, Is.EqualTo(new ulong[] { 1, 2 }));
        Assert.That(Generator.Default, Is.SameAs(here));
    }

    [Test]
    public async Task A_seed_set_in_an_async_method_ends_with_it()
    {
        Generator.Seed(42);
        await SeedAndYield();
        Assert.That(Generator.Default.State.Key, Is.EqualTo(42));

        static async Task SeedAndYield()
        {
            Generator.Seed(1);
            await Task.Yield();
            Assert.That(Generator.Default.State.Key, Is.EqualTo(1));
        }
    }

    [Test]
    public void Flows_without_a_seed_share_the_generator_of_the_process()
    {
        Generator.Seed(42);
        var (first, second) = (DefaultOfFreshFlow(), DefaultOfFreshFlow());
        Assert.That(first, Is.SameAs(second).And.Not.SameAs(Generator.Default));
    }

    [Test]
    public void A_seed_reaches_flows_without_one_but_they_do_not_disturb_this_one()
    {
        Generator.Seed(42);
        var first = DefaultOfFreshFlow()!;
        first.FillUniform(new float[8].AsSpan());
        Assert.That(Generator.Default.State, Is.EqualTo(new GeneratorState(42, 0)));

        Generator.Seed(42);
        var again = DefaultOfFreshFlow()!;
        Assert.That(again.State.Key, Is.EqualTo(first.State.Key).And.Not.EqualTo(42));
        Assert.That(again.State.Counter, Is.EqualTo(0));
    }

    private static Generator? DefaultOfFreshFlow()
    {
        Generator? found = null;
        var thread = new Thread(() => found = Generator.Default);
        thread.UnsafeStart();
        thread.Join();
        return found;
    }
}
