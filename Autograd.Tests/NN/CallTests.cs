using Autograd.NN;

namespace Autograd.Tests.NN;

/// <summary>Modules as functions of their parameters; parameters that nobody finds.</summary>
internal sealed class CallTests
{
    [Test]
    public void A_module_is_a_function_of_its_parameters()
    {
        var model = new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 1)).To(DType.Float64);
        var x = Tensor.Randn([4, 2], DType.Float64);
        var before = model.StateDictionary();
        var y = model.Forward(x).Detach();
        var zeros = before.ToDictionary(entry => entry.Key, entry => entry.Value * 0, StringComparer.Ordinal);
        Assert.That(model.Call(zeros, x).ToArray<double>(), Is.All.Zero);
        Assert.That(model.Call(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["2.bias"] = Tensor.From([5.0]) }, x).AllClose(y - ((Linear)model[2]).Bias! + 5, 1e-12));
        Assert.That(model.Forward(x).AllClose(y, 0, 0), "the module stays as it is");
        foreach (var (path, value) in model.StateDictionary())
        {
            Assert.That(value.Eq(before[path]).All().Item<bool>(), path);
        }
    }

    [Test]
    public void Gradients_reach_the_parameters_that_were_given()
    {
        var model = new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 1)).To(DType.Float64);
        var x = Tensor.Randn([4, 2], DType.Float64);
        string[] paths = [.. model.StateDictionary().Keys];
        GradCheck.Verify(
            values => model.Call(paths.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), x).Square(),
            [.. model.StateDictionary().Values], new() { Order = 2 });
        Assert.That(model.Parameters().All(parameter => parameter.Grad is null));
    }

    [Test]
    public void A_step_of_learning_can_be_differentiated()
    {
        // The learning rate's own gradient, through one step of gradient descent.
        var model = new Linear(2, 1, dtype: DType.Float64);
        var (x, target) = (Tensor.Randn([5, 2], DType.Float64), Tensor.Randn([5, 1], DType.Float64));
        GradCheck.Verify(
            rate =>
            {
                var w = model.NamedParameters().ToDictionary(entry => entry.Key, entry => entry.Value.Detach().AsLeaf(), StringComparer.Ordinal);
                var gradients = Differentiate.Gradients(Loss.MeanSquaredError(model.Call(w, x), target), [.. w.Values], createGraph: true);
                var next = w.Zip(gradients).ToDictionary(pair => pair.First.Key, pair => pair.First.Value - (rate * pair.Second), StringComparer.Ordinal);
                return Loss.MeanSquaredError(model.Call(next, x), target);
            },
            Tensor.From(0.1, DType.Float64), new() { Order = 2 });
    }

    [Test]
    public void Threads_do_not_see_each_others_parameters()
    {
        var model = new Linear(1, 1, bias: false, dtype: DType.Float64);
        var x = Tensor.Ones([1, 1], DType.Float64);
        Parallel.For(0, 64, i =>
        {
            for (var k = 0; k < 20; k++)
            {
                var y = model.Call(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["weight"] = Tensor.Full([1, 1], i, DType.Float64) }, x).Item();
                if (y != i)
                {
                    throw new InvalidOperationException($"{y} in place of {i}");
                }
            }
        });
    }

    [Test]
    public void Nested_substitutions_end_in_order()
    {
        var w = new Parameter(Tensor.From([1.0]));
        using (Variable.Substitute([new(w, Tensor.From([2.0]))]))
        {
            using (Variable.Substitute([new(w, Tensor.From([3.0]))]))
            {
                Assert.That((w * 1).Item(), Is.EqualTo(3));
            }

            Assert.That((w * 1).Item(), Is.EqualTo(2));
        }

        Assert.That((w * 1).Item(), Is.EqualTo(1));
        Assert.That(() => Variable.Substitute([new(w, Tensor.From([2f]))]), Throws.TypeOf<DTypeException>().With.Message.Contains("Substitute"));
        Assert.That(() => Variable.Substitute([new(w, Tensor.From(2.0))]), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void An_unknown_path_is_named()
    {
        var error = Assert.Throws<ModuleException>(() => new Linear(1, 1).Call(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["wait"] = Tensor.Ones([1]) }, Tensor.Ones([1])))!;
        Assert.That(error.Message, Does.Contain("'wait'").And.Contain("weight, bias"));
    }

    [Test]
    public void A_parameter_made_in_the_forward_pass_is_found()
    {
        var model = new Sequential(new Linear(2, 2), new Careless());
        var error = Assert.Throws<ModuleException>(() => model.RequireNothingForgotten(() => model.Forward(Tensor.Ones([1, 2]))))!;
        Assert.That(error.Message, Does.Contain("1 parameter").And.Contain("'scale'").And.Contain("[2]").And.Contain("made in Compute"));
    }

    [Test]
    public void A_parameter_hidden_in_a_lambda_is_found()
    {
        var hidden = new Linear(2, 2);
        var model = new Sequential(new Linear(2, 2), new Lambda(x => hidden.Forward(x)));
        var error = Assert.Throws<ModuleException>(() => model.RequireNothingForgotten(() => model.Forward(Tensor.Ones([1, 2]))))!;
        Assert.That(error.Message, Does.Contain("2 parameters").And.Contain("lambda"));
        Assert.That(model.Summary([1, 2]).ToString(), Does.Contain("Warning: Sequential").And.Contain("lambda"));
        var sound = new Sequential(new Linear(2, 2), new Lambda(x => x.Square()));
        Assert.That(sound.RequireNothingForgotten(() => sound.Forward(Tensor.Ones([1, 2]))), Is.SameAs(sound));
    }

    private sealed class Careless : Layer
    {
        protected override Tensor Compute(Tensor x) => x * new Parameter(Tensor.Ones([2]), "scale");
    }
}
