using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

public class SequentialTests
{
    private static readonly Lambda Double = new(x => x * 2);
    private static readonly Lambda Increment = new(x => x + 1);

    [Test]
    public void Applies_its_layers_in_order()
        => Assert.That(new Sequential(Double, Increment).Forward(Tensor.From([3.0])).Item(), Is.EqualTo(7));

    [Test]
    public void Of_no_layers_returns_its_input()
    {
        var x = Tensor.Ones([2]);
        Assert.That(new Sequential().Forward(x), Is.SameAs(x));
    }

    [Test]
    public void Can_be_a_collection_expression_and_grow()
    {
        Sequential chain = [Double];
        chain.Add(Increment);
        Assert.That(chain.Forward(Tensor.From([3.0])).Item(), Is.EqualTo(7));
        Assert.That(chain, Is.EqualTo((Layer[])[Double, Increment]));
        Assert.That(chain, Has.Count.EqualTo(2));
    }

    [Test]
    public void Is_indexed_and_sliced()
    {
        var chain = new Sequential(Double, Increment, Double);
        Assert.That(chain[1], Is.SameAs(Increment));
        Assert.That(chain[^1], Is.SameAs(Double));
        Assert.That(chain[1..].Forward(Tensor.From([3.0])).Item(), Is.EqualTo(8));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = chain[3]);
    }

    [Test]
    public void A_null_layer_is_an_error_that_names_its_place()
    {
        var error = Assert.Throws<ArgumentNullException>(() => _ = new Sequential(Double, null!))!;
        Assert.That(error.Message, Does.Contain("layer 1 is null"));
    }

    [Test]
    public void Can_be_derived_from()
        => Assert.That(NameTests.Names(new Classifier()), Is.EqualTo(["0.weight", "0.bias"]));

    [Test]
    public void Gradients_pass_through_all_layers()
    {
        var generator = new Generator(1);
        var model = new Sequential(new Linear(2, 3, generator: generator), new Tanh(), new Linear(3, 2, generator: generator), new LogSoftmax()).To(DType.Float64);
        var x = Tensor.Randn([4, 2], DType.Float64, generator: generator);
        GradCheck.Verify(() => Loss.NegativeLogLikelihood(model.Forward(x), Tensor.From([0, 1, 1, 0])), model.NamedParameters(), new() { Order = 2 });
    }

    [Test]
    public void Learns_xor()
    {
        var x = Tensor.From([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
        var y = Tensor.From([0f, 1, 1, 0], [4, 1]);
        var generator = new Generator(1);
        var model = new Sequential(new Linear(2, 8, generator: generator), new Tanh(), new Linear(8, 1, generator: generator));
        var loss = 0.0;
        for (var epoch = 0; epoch < 1000; epoch++)
        {
            var current = Loss.BinaryCrossEntropyWithLogits(model.Forward(x), y);
            loss = current.Item();
            model.ZeroGrad();
            current.Backward();
            foreach (var parameter in model.Parameters())
            {
                parameter.Assign(parameter - (parameter.Grad! * 0.5));
            }
        }

        Assert.That(loss, Is.LessThan(0.05));
        Assert.That((model.Forward(x) > 0).ToArray<bool>(), Is.EqualTo([false, true, true, false]));
    }

    private sealed class Classifier : Sequential
    {
        public Classifier()
            : base(new Linear(2, 2), new Softmax())
        {
        }
    }
}
