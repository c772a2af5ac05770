using Autograd.NN;
using Autograd.Tests.NN.Layers;

namespace Autograd.Tests.NN;

/// <summary>Copies of modules.</summary>
internal sealed class CloneTests
{
    private static IEnumerable<LayerRow> Rows => LayerTable.Rows;

    [TestCaseSource(nameof(Rows))]
    public void A_copy_of_a_layer_computes_the_same_and_learns_on_its_own(object row)
    {
        var (module, inputs, _) = ((LayerRow)row).Make(new LayerSizes(2, 2, 3, 2, 5, 7), new Generator(1));
        var copy = module.Clone();
        Assert.That(copy.GetType(), Is.EqualTo(module.GetType()));
        Assert.That(copy.ToString(), Is.EqualTo(module.ToString()));
        Assert.That(copy.StateDictionary().Keys, Is.EqualTo(module.StateDictionary().Keys));
        var before = module.StateDictionary();
        foreach (var (name, parameter) in copy.NamedParameters())
        {
            Assert.That(parameter.Eq(before[name]).All().Item<bool>(), name);
            parameter.Assign(parameter + 1);
        }

        foreach (var buffer in copy.Buffers())
        {
            buffer.Assign(buffer + 1);
        }

        foreach (var (name, value) in module.StateDictionary())
        {
            Assert.That(value.Eq(before[name]).All().Item<bool>(), name);
        }

        Assert.That(inputs, Is.Not.Null);
    }

    [Test]
    public void What_is_shared_is_shared_in_the_copy()
    {
        var linear = new Linear(2, 2);
        var model = new Holder(linear);
        model.Eval().Freeze();
        var copy = model.Clone();
        Assert.That(copy.Modules(), Has.Count.EqualTo(2));
        Assert.That(copy.List[0], Is.SameAs(copy.Named["a"]).And.SameAs(copy.Array[0]).And.Not.SameAs(linear));
        Assert.That(copy.Modules().Any(module => module.IsTraining), Is.False);
        Assert.That(copy.Parameters().All(parameter => parameter.IsFrozen));
        Assert.That(copy.List, Is.Not.SameAs(model.List));
        Assert.That(copy.Numbers, Is.SameAs(model.Numbers), "what holds no modules is not copied");
    }

    [Test]
    public void Gradients_and_the_record_are_not_copied()
    {
        var model = new Linear(2, 1);
        model.Forward(Tensor.Ones([1, 2])).Sum().Backward();
        Assert.That(model.Clone().Parameters().All(parameter => parameter.Grad is null));
    }

    [Test]
    public void A_collection_that_cannot_be_copied_is_named()
    {
        var error = Assert.Throws<ModuleException>(() => new Pair().Clone())!;
        Assert.That(error.Message, Does.Contain("Pair: 'both'").And.Contain("ValueTuple"));
    }

    private sealed class Holder(Linear linear) : Module
    {
        public List<Linear> List { get; } = [linear];

        public Dictionary<string, Linear> Named { get; } = new(StringComparer.Ordinal) { ["a"] = linear };

        public Linear?[] Array { get; } = [linear, null];

        public List<double> Numbers { get; } = [1, 2];
    }

    private sealed class Pair : Module
    {
        private readonly (Linear A, Linear B) both = (new(1, 1), new(1, 1));

        public (Linear A, Linear B) Both => both;
    }
}
