using System.Collections.Immutable;
using Autograd.NN;

namespace Autograd.Tests.NN;

/// <summary>Parameters are found in every kind of field, and named.</summary>
public class NameTests
{
    [Test]
    public void A_layer_names_its_parameters_as_the_field_does()
        => Assert.That(Names(new Linear(2, 3)), Is.EqualTo(["weight", "bias"]));

    [Test]
    public void A_missing_parameter_is_not_listed()
        => Assert.That(Names(new Linear(2, 3, bias: false)), Is.EqualTo(["weight"]));

    [Test]
    public void Layers_in_sequence_are_named_by_their_place()
        => Assert.That(Names(new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 1))), Is.EqualTo(["0.weight", "0.bias", "2.weight", "2.bias"]));

    [Test]
    public void A_captured_constructor_parameter_is_a_member()
        => Assert.That(Names(new Captures(new Linear(2, 2, bias: false), Value(), 3)), Is.EqualTo(["start_value", "first_layer.weight"]));

    [Test]
    public void A_readme_style_layer_lists_its_own_parameters_before_those_of_its_children()
        => Assert.That(Names(new Residual(2)), Is.EqualTo(["scale", "inner.weight", "inner.bias"]));

    [Test]
    public void Properties_are_members_by_their_backing_fields()
        => Assert.That(Names(new Properties()), Is.EqualTo(["initialized", "read_only", "gamma", "private_one", "hidden_layer.weight"]));

    [Test]
    public void A_computed_property_is_not_a_member_a_second_time()
        => Assert.That(new Properties().Parameters(), Has.Count.EqualTo(5));

    [TestCase("_underscored", "underscored")]
    [TestCase("PascalCase", "pascal_case")]
    [TestCase("QKVProjection", "qkv_projection")]
    [TestCase("weightIH", "weight_ih")]
    [TestCase("layer2", "layer2")]
    [TestCase("layer2Norm", "layer2_norm")]
    [TestCase("snake_case", "snake_case")]
    [TestCase("W", "w")]
    public void Names_become_snake_case(string field, string name)
    {
        var fields = typeof(Spellings).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.DeclaredOnly);
        var place = Array.FindIndex(fields, f => f.Name == field);
        Assert.That(Names(new Spellings())[place], Is.EqualTo(name));
    }

    [Test]
    public void Collections_name_their_items_by_index_or_key()
        => Assert.That(Names(new Collections()), Is.EqualTo(
        [
            "array.0", "array.1", "list.0", "list.1", "by_name.left", "by_name.Right", "nested.0.0", "nested.1.0", "nested.1.1", "pair.0", "pair.1", "pairs.0.0", "pairs.0.1",
            "immutable.0", "read_only.0", "grid.0", "grid.1", "grid.2", "grid.3", "with_gaps.1",
            "layers.0.weight", "layers.1.weight", "heads.a.weight",
        ]));

    [Test]
    public void Fields_of_base_classes_come_first()
        => Assert.That(Names(new Derived()), Is.EqualTo(["base_first", "base_second", "own"]));

    [Test]
    public void A_parameter_that_both_base_and_derived_class_captured_is_one()
        => Assert.That(Names(new CapturesTwice(Value())), Is.EqualTo(["shared"]));

    [Test]
    public void A_field_of_a_general_type_is_searched_for_what_it_holds()
        => Assert.That(Names(new General()), Is.EqualTo(["as_object", "as_tensor", "as_interface.0", "as_module.weight"]));

    [Test]
    public void Other_state_is_no_member()
        => Assert.That(Names(new Unrelated()), Is.EqualTo(["only"]));

    [Test]
    public void Generic_modules_are_searched()
        => Assert.That(Names(new Holder<Linear>(new Linear(1, 1, bias: false))), Is.EqualTo(["item.weight"]));

    [Test]
    public void Buffers_have_names_too()
    {
        var module = new WithBuffers();
        Assert.That(module.NamedBuffers().Select(entry => entry.Key), Is.EqualTo(["running_mean", "inner.steps"]));
        Assert.That(module.Buffers()[0], Is.SameAs(module.NamedBuffers()[0].Value));
        Assert.That(module.Parameters(), Is.Empty);
    }

    internal static string[] Names(Module module) => [.. module.NamedParameters().Select(entry => entry.Key)];

    internal static Parameter Value() => new(Tensor.Ones([1]));

    private sealed class Captures(Linear firstLayer, Parameter startValue, int count) : Layer
    {
        protected override Tensor Compute(Tensor x) => (firstLayer.Forward(x) + startValue) * count;
    }

    private sealed class Residual(int width) : Layer
    {
        private readonly Linear inner = new(width, width);
        private readonly Parameter scale = new(Tensor.Ones([width]));

        protected override Tensor Compute(Tensor x) => x + (inner.Forward(x).Relu() * scale);
    }

    private sealed class Properties : Module
    {
        public Properties() => ReadOnly = Value();

        public Parameter Initialized { get; init; } = Value();

        public Parameter ReadOnly { get; }

        public Parameter Computed => Initialized;

        [ParameterName("gamma")]
        public Parameter Renamed { get; set; } = Value();

        public Linear HiddenLayer { get; } = new(1, 1, bias: false);

        private Parameter PrivateOne { get; } = Value();
    }

#pragma warning disable CS0414, IDE1006, CA1823, IDE0052, CA1051, SA1401 // Spellings of fields that nothing reads
    private sealed class Spellings : Module
    {
        public readonly Parameter PascalCase = Value();
        public readonly Parameter QKVProjection = Value();
        public readonly Parameter W = Value();
        public readonly Parameter weightIH = Value();
        public readonly Parameter layer2 = Value();
        public readonly Parameter layer2Norm = Value();
        public readonly Parameter snake_case = Value();
        private readonly Parameter _underscored = Value();
    }

    private sealed class Collections : Module
    {
        private readonly Parameter[] array = [Value(), Value()];
        private readonly List<Parameter> list = [Value(), Value()];
        private readonly Dictionary<string, Parameter> byName = new(StringComparer.Ordinal) { ["left"] = Value(), ["Right"] = Value() };
        private readonly List<Parameter[]> nested = [[Value()], [Value(), Value()]];
        private readonly (Parameter Weight, Parameter Bias) pair = (Value(), Value());
        private readonly List<(Parameter Weight, Parameter Bias)> pairs = [(Value(), Value())];
        private readonly ImmutableArray<Parameter> immutable = [Value()];
        private readonly IReadOnlyList<Parameter> readOnly = [Value()];
        private readonly Parameter[,] grid = { { Value(), Value() }, { Value(), Value() } };
        private readonly Parameter?[] withGaps = [null, Value(), null];
        private readonly Linear[] layers = [new(1, 1, bias: false), new(1, 1, bias: false)];
        private readonly SortedDictionary<string, Layer> heads = new(StringComparer.Ordinal) { ["a"] = new Linear(1, 1, bias: false) };
        private readonly List<double> numbers = [1, 2];
        private readonly Dictionary<int, string> unrelated = new() { [1] = "one" };
    }

    private abstract class Base : Module
    {
        private readonly Parameter baseFirst = Value();
        protected readonly Parameter baseSecond = Value();
    }

    private sealed class Derived : Base
    {
        private readonly Parameter own = Value();
    }

    private sealed class General : Module
    {
        private readonly object asObject = Value();
        private readonly Tensor asTensor = Value();
        private readonly System.Collections.IEnumerable asInterface = new[] { Value() };
        private readonly Module asModule = new Linear(1, 1, bias: false);
        private readonly object number = 1;
        private readonly Tensor constant = Tensor.Ones([1]);
    }

    private sealed class Unrelated : Module
    {
        private static readonly Parameter NotOfTheModule = Value();
        private readonly Parameter only = Value();
        private readonly string text = "text";
        private readonly Func<Parameter> function = Value;
        private readonly Generator generator = new(1);
        private readonly Shape shape = [1, 2];
        private readonly DType dtype = DType.Float32;
        private readonly Lazy<Parameter> lazy = new(Value);
        private readonly float[] numbers = [1, 2];
        private readonly IEnumerable<int> query = Enumerable.Range(0, 3).Where(i => i > 5);
    }

    private sealed class WithBuffers : Module
    {
        private readonly Inner inner = new();
        private readonly TensorBuffer runningMean = new(Tensor.Zeros([2]));

        private sealed class Inner : Module
        {
            private readonly TensorBuffer steps = new(Tensor.From(0));
        }
    }
#pragma warning restore

    private abstract class CapturesOnce(Parameter shared) : Layer
    {
        protected Tensor Twice => shared * 2;
    }

#pragma warning disable CS9107 // That both classes capture it is what is tested
    private sealed class CapturesTwice(Parameter shared) : CapturesOnce(shared)
    {
        protected override Tensor Compute(Tensor x) => x + shared + Twice;
    }
#pragma warning restore

    private sealed class Holder<T>(T item) : Module
        where T : Layer
    {
        public Tensor Apply(Tensor x) => item.Forward(x);
    }
}
