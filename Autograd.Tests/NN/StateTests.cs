using Autograd.NN;

namespace Autograd.Tests.NN;

/// <summary>What is done to a whole module: modes, freezing, conversion, gradients.</summary>
public class StateTests
{
    [Test]
    public void A_module_starts_in_training_and_changes_with_all_inside()
    {
        var model = Model();
        Assert.That(model.Modules().All(module => module.IsTraining));
        Assert.That(model.Eval(), Is.SameAs(model));
        Assert.That(model.Modules().Any(module => module.IsTraining), Is.False);
        model.Train();
        Assert.That(model.Modules().All(module => module.IsTraining));
        model.Train(isTraining: false);
        Assert.That(model.IsTraining, Is.False);
    }

    [Test]
    public void The_mode_of_a_part_is_its_own()
    {
        var model = Model();
        model[0].Eval();
        Assert.That(model.IsTraining);
        Assert.That(model[0].IsTraining, Is.False);
    }

    [Test]
    public void Frozen_parameters_receive_no_gradient()
    {
        var model = Model();
        model[0].Freeze();
        model.Forward(Tensor.Ones([3, 2])).Sum().Backward();
        Assert.That(((Linear)model[0]).Weight.Grad, Is.Null);
        Assert.That(((Linear)model[2]).Weight.Grad, Is.Not.Null);
        Assert.That(model.Freeze().Forward(Tensor.Ones([3, 2])).RequiresGrad, Is.False);
        Assert.That(model.Unfreeze().Forward(Tensor.Ones([3, 2])).RequiresGrad);
        Assert.That(model.Parameters().Any(parameter => parameter.IsFrozen), Is.False);
    }

    [Test]
    public void To_converts_in_place_and_keeps_what_is_no_floating_point_number()
    {
        var module = new Counter();
        var weight = module.Linear.Weight;
        var before = weight.ToArray<float>();
        Assert.That(module.To(DType.Float64), Is.SameAs(module));
        Assert.That(module.Linear.Weight, Is.SameAs(weight));
        Assert.That(weight.DType, Is.EqualTo(DType.Float64));
        Assert.That(weight.ToArray<double>(), Is.EqualTo(Array.ConvertAll(before, x => (double)x)));
        Assert.That(module.Mean.DType, Is.EqualTo(DType.Float64));
        Assert.That(module.Steps.DType, Is.EqualTo(DType.Int64));

        module.Linear.Forward(Tensor.Ones([1, 2], DType.Float64)).Sum().Backward();
        Assert.That(weight.Grad!.DType, Is.EqualTo(DType.Float64));
    }

    [Test]
    public void To_keeps_frozen_parameters_frozen()
    {
        var model = Model().Freeze().To(DType.Float64);
        Assert.That(model.Parameters().All(parameter => parameter.IsFrozen && parameter.DType == DType.Float64));
    }

    [Test]
    public void To_takes_floating_point_types_only()
    {
        var error = Assert.Throws<DTypeException>(() => Model().To(DType.Int64))!;
        Assert.That(error.Message, Does.Contain("Sequential.To").And.Contain("Int64"));
    }

    [Test]
    public void A_parameter_converts_to_floating_point_types_only()
    {
        Assert.Throws<DTypeException>(() => NameTests.Value().Convert(DType.Int64));
        var buffer = new TensorBuffer(Tensor.From([1.7f, -1.7f]));
        buffer.Convert(DType.Int64);
        Assert.That(buffer.ToArray<long>(), Is.EqualTo([1L, -1]));
    }

    [Test]
    public void Work_recorded_before_a_conversion_is_not_affected()
    {
        var parameter = new Parameter(Tensor.From([3f]));
        var y = parameter.Square().Sum();
        parameter.Convert(DType.Float64);
        Assert.That(y.DType, Is.EqualTo(DType.Float32));
        Assert.That(y.Item(), Is.EqualTo(9));
        y.Backward();
        Assert.That(parameter.Grad, Is.Null);
    }

    [Test]
    public void ZeroGrad_clears_all_gradients()
    {
        var model = Model();
        model.Forward(Tensor.Ones([3, 2])).Sum().Backward();
        Assert.That(model.Parameters().All(parameter => parameter.Grad is not null));
        model.ZeroGrad();
        Assert.That(model.Parameters().All(parameter => parameter.Grad is null));
    }

    [Test]
    public void Apply_visits_all_modules()
    {
        var visited = new List<Module>();
        var model = Model();
        model.Apply(visited.Add);
        Assert.That(visited, Is.EqualTo(model.Modules()));
    }

    [Test]
    public void ParameterCount_counts_numbers() => Assert.That(Model().ParameterCount, Is.EqualTo((3 * 2) + 3 + 3 + 1));

    [Test]
    public void Null_input_is_an_error_that_names_the_module()
    {
        var error = Assert.Throws<ArgumentNullException>(() => new Tanh().Forward(null!))!;
        Assert.That(error.Message, Does.Contain("Tanh.Forward"));
    }

    [Test]
    public void Null_output_is_an_error_that_names_the_module()
    {
        var error = Assert.Throws<ModuleException>(() => new Lambda(_ => null!).Forward(Tensor.Ones([1])))!;
        Assert.That(error.Message, Does.Contain("Lambda.Compute returned null"));
    }

    [Test]
    public void Tuples_carry_several_inputs_and_outputs()
    {
        var (sum, product) = new SumAndProduct().Forward((Tensor.From([2.0]), Tensor.From([3.0])));
        Assert.That((sum.Item(), product.Item()), Is.EqualTo((5.0, 6.0)));
    }

    private static Sequential Model() => new(new Linear(2, 3), new Dropout(0.1), new Linear(3, 1));

    private sealed class Counter : Module
    {
        public Linear Linear { get; } = new(2, 1);

        public TensorBuffer Mean { get; } = new(Tensor.Zeros([2]));

        public TensorBuffer Steps { get; } = new(Tensor.From(0));
    }

    private sealed class SumAndProduct : Module<(Tensor A, Tensor B), (Tensor Sum, Tensor Product)>
    {
        protected override (Tensor Sum, Tensor Product) Compute((Tensor A, Tensor B) input) => (input.A + input.B, input.A * input.B);
    }
}
