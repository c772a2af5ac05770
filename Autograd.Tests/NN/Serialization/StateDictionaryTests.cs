using Autograd.NN;

namespace Autograd.Tests.NN.Serialization;

/// <summary>The state of a module: taken, changed, given back, saved and loaded.</summary>
internal sealed class StateDictionaryTests
{
    [Test]
    public void A_state_is_a_copy_that_can_be_given_back()
    {
        var model = Model();
        var state = model.StateDictionary();
        Assert.That(state.Keys, Is.EqualTo((string[])["0.weight", "0.bias", "2.weight", "2.bias"]));
        var x = Tensor.Randn([4, 2]);
        var before = model.Forward(x).Detach().ToArray<float>();
        foreach (var parameter in model.Parameters())
        {
            parameter.Assign(parameter * 2 + 1);
        }

        Assert.That(model.Forward(x).Detach().ToArray<float>(), Is.Not.EqualTo(before));
        var weight = ((Linear)model[0]).Weight;
        Assert.That(model.LoadState(state).IsEmpty);
        Assert.That(model.Forward(x).Detach().ToArray<float>(), Is.EqualTo(before));
        Assert.That(((Linear)model[0]).Weight, Is.SameAs(weight), "parameters stay the same objects, which an optimizer knows");
    }

    [Test]
    public void A_model_of_PyTorch_computes_the_same_here()
    {
        var model = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2)).To(DType.Float64).Load(Path.Combine(AppContext.BaseDirectory, "Interop", "Data", "perceptron.safetensors"));
        var y = model.Forward(Tensor.From([0.5, -1.0, 2.0], [1, 3]));
        Assert.That(y.Detach().ToArray<double>(), Is.EqualTo([-0.07085597083055718, -0.059851659855633024]).Within(1e-16));
    }

    [Test]
    public void What_does_not_fit_is_listed_and_nothing_is_changed()
    {
        var model = Model();
        var before = model.StateDictionary();
        var state = Model().StateDictionary();
        state.Remove("2.bias");
        state["0.weight"] = Tensor.Zeros([3, 5]);
        state["2.weight"] = Tensor.Zeros([1, 3], DType.Int64);
        state["3.weight"] = Tensor.Zeros([1]);
        var error = Assert.Throws<StateException>(() => model.LoadState(state))!;
        Assert.That(error.Message, Does.Contain("Sequential.LoadState").And.Contain("0.weight: [3, 5] in the state, [3, 2] in the module").And.Contain("2.weight: Int64 in the state, Float32")
            .And.Contain("Missing in the state (1): 2.bias").And.Contain("Unexpected in the state (1): 3.weight"));
        Assert.That(error.Difference.Missing, Is.EqualTo((string[])["2.bias"]));
        Assert.That(error.Difference.Unexpected, Is.EqualTo((string[])["3.weight"]));
        Assert.Throws<StateException>(() => model.LoadState(state, strict: false), "a wrong shape is never ignored");
        foreach (var (path, value) in model.StateDictionary())
        {
            Assert.That(value.Eq(before[path]).All().Item<bool>(), path);
        }
    }

    [Test]
    public void A_part_of_a_state_can_be_loaded()
    {
        var (model, other) = (Model(), Model());
        var state = other.StateDictionary();
        state.Remove("2.weight");
        state.Add("head", Tensor.Zeros([1]));
        var difference = model.LoadState(state, strict: false);
        Assert.That(difference.Missing, Is.EqualTo((string[])["2.weight"]));
        Assert.That(difference.Unexpected, Is.EqualTo((string[])["head"]));
        Assert.That(((Linear)model[0]).Weight.Eq(((Linear)other[0]).Weight).All().Item<bool>());
        Assert.That(((Linear)model[2]).Weight.Eq(((Linear)other[2]).Weight).All().Item<bool>(), Is.False);
    }

    [Test]
    public void Values_are_converted_to_the_modules_types()
    {
        var (wide, narrow) = (Model().To(DType.Float64), Model());
        narrow.LoadState(wide.StateDictionary());
        Assert.That(narrow.Parameters().All(parameter => parameter.DType == DType.Float32));
        wide.Freeze().LoadState(narrow.StateDictionary());
        Assert.That(wide.Parameters().All(parameter => parameter.DType == DType.Float64 && parameter.IsFrozen));
    }

    [Test]
    public void What_is_shared_is_saved_once_and_loads_from_each_of_its_paths()
    {
        var model = new Tied();
        Assert.That(model.ParameterCount, Is.EqualTo(6));
        var state = model.StateDictionary();
        Assert.That(state.Keys, Is.EqualTo((string[])["encoder.weight"]));

        // PyTorch lists both; some libraries only the last.
        state["decoder.weight"] = state["encoder.weight"];
        Assert.That(new Tied().LoadState(state).IsEmpty);
        var value = state["decoder.weight"];
        var last = new Tied();
        Assert.That(last.LoadState(new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["decoder.weight"] = value }).IsEmpty);
        Assert.That(last.Parameters()[0].Eq(value).All().Item<bool>());
    }

    [Test]
    public void Files_are_saved_and_loaded()
    {
        var path = Path.GetTempFileName();
        try
        {
            var model = Model().Save(path, new Dictionary<string, string>(StringComparer.Ordinal) { ["epoch"] = "7" });
            var other = Model().Load(path);
            var x = Tensor.Randn([4, 2]);
            Assert.That(other.Forward(x).Detach().ToArray<float>(), Is.EqualTo(model.Forward(x).Detach().ToArray<float>()));
            Assert.Throws<StateException>(() => new Sequential(new Linear(2, 3)).Load(path));
            Assert.That(new Sequential(new Linear(2, 3)).Load(path, strict: false).Parameters()[0].Eq(model.Parameters()[0]).All().Item<bool>());
            using var file = Safetensors.Open(path);
            Assert.That(file.Metadata["epoch"], Is.EqualTo("7"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Sequential Model() => new(new Linear(2, 3), new Tanh(), new Linear(3, 1));

    private sealed class Half(Parameter weight) : Module
    {
        public Parameter Weight { get; } = weight;
    }

    private sealed class Tied : Module
    {
        private readonly Half encoder = new(new Parameter(Tensor.Randn([2, 3])));
        private readonly Half decoder;

        public Tied() => decoder = new Half(encoder.Weight);

        public Half Decoder => decoder;
    }
}
