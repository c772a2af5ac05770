using Autograd.NN;

namespace Autograd.Tests.NN;

/// <summary>Modules inside modules: what is listed, how often, and what is no tree.</summary>
public class TreeTests
{
    [Test]
    public void Modules_lists_the_module_itself_and_all_inside()
    {
        var model = new Sequential(new Linear(1, 2), new Sequential(new Tanh(), new Linear(2, 1)));
        Assert.That(model.NamedModules().Select(entry => entry.Key), Is.EqualTo(["", "0", "1", "1.0", "1.1"]));
        Assert.That(model.Modules()[0], Is.SameAs(model));
        Assert.That(model.NamedChildren().Select(entry => entry.Key), Is.EqualTo(["0", "1"]));
        Assert.That(model.Children(), Is.EqualTo(model.ToArray()));
    }

    [Test]
    public void A_shared_module_is_listed_once_under_its_first_name()
    {
        var shared = new Linear(2, 2);
        var model = new Sequential(shared, new Relu(), shared);
        Assert.That(NameTests.Names(model), Is.EqualTo(["0.weight", "0.bias"]));
        Assert.That(model.NamedModules().Select(entry => entry.Key), Is.EqualTo(["", "0", "1"]));
        Assert.That(model.Children(), Has.Count.EqualTo(2));
        Assert.That(model.ParameterCount, Is.EqualTo(6));
    }

    [Test]
    public void A_shared_parameter_is_listed_once_under_its_first_name()
    {
        var model = new Tied(NameTests.Value());
        Assert.That(NameTests.Names(model), Is.EqualTo(["first.tied"]));
        Assert.That(model.Parameters(), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_module_inside_itself_is_an_error_that_names_the_path()
    {
        var outer = new Node { Next = new Node() };
        outer.Next.Next = outer;
        var error = Assert.Throws<ModuleException>(() => outer.Parameters())!;
        Assert.That(error.Message, Does.Contain("cycle").And.Contain("'next.next'").And.Contain("Node").And.Contain("Func<Module>"));
    }

    [Test]
    public void A_cycle_further_inside_names_both_ends()
    {
        var inner = new Node();
        inner.Next = new Node { Next = inner };
        var error = Assert.Throws<ModuleException>(() => new Node { Next = inner }.Modules())!;
        Assert.That(error.Message, Does.Contain("'next.next.next'").And.Contain("at 'next'"));
    }

    [Test]
    public void A_function_may_lead_to_an_outer_module()
    {
        var outer = new Outer();
        Assert.That(outer.Modules(), Has.Count.EqualTo(2));
    }

    [Test]
    public void Two_members_of_one_name_are_an_error()
    {
        var error = Assert.Throws<ModuleException>(() => new Ambiguous().Parameters())!;
        Assert.That(error.Message, Does.Contain("Ambiguous").And.Contain("'scale'").And.Contain("[ParameterName"));
    }

    [Test]
    public void Members_in_a_collection_without_order_are_an_error()
    {
        var error = Assert.Throws<ModuleException>(() => new Unordered().Parameters())!;
        Assert.That(error.Message, Does.Contain("'layers'").And.Contain("HashSet").And.Contain("list"));
    }

    [Test]
    public void Members_by_other_keys_than_strings_are_an_error()
    {
        var error = Assert.Throws<ModuleException>(() => new Numbered().Parameters())!;
        Assert.That(error.Message, Does.Contain("'by_number'").And.Contain("Int32"));
    }

    [Test]
    public void Two_parameters_of_one_path_are_an_error()
    {
        var error = Assert.Throws<ModuleException>(() => new SamePath().NamedParameters())!;
        Assert.That(error.Message, Does.Contain("SamePath").And.Contain("'inner.weight'").And.Contain("dictionary key"));
    }

    [Test]
    public void The_attribute_renames_fields_and_leaves_out_levels()
        => Assert.That(NameTests.Names(new Renamed()), Is.EqualTo(["beta", "weight", "bias"]));

    private sealed class Tied(Parameter value) : Module
    {
        private readonly Part first = new(value);
        private readonly Part second = new(value);

        public Tensor Sum => first.Value + second.Value;
    }

    private sealed class Part(Parameter tied) : Module
    {
        public Tensor Value => tied;
    }

    private sealed class Node : Module
    {
        public Node? Next { get; set; }
    }

    private sealed class Outer : Module
    {
        private readonly Inner inner;

        public Outer() => inner = new Inner(() => this);

        public Module Same => inner.Outer;
    }

    private sealed class Inner(Func<Module> outer) : Module
    {
        public Module Outer => outer();
    }

#pragma warning disable CA1823, IDE0052 // Fields that nothing reads
    private abstract class WithScale : Module
    {
        private readonly Parameter scale = NameTests.Value();
    }

    private sealed class Ambiguous : WithScale
    {
        private readonly Parameter scale = NameTests.Value();
    }

    private sealed class Unordered : Module
    {
        private readonly HashSet<Linear> layers = [new Linear(1, 1)];
    }

    private sealed class Numbered : Module
    {
        private readonly Dictionary<int, Linear> byNumber = new() { [7] = new Linear(1, 1) };
    }

    private sealed class SamePath : Module
    {
        [ParameterName("")]
        private readonly Dictionary<string, Parameter> loose = new(StringComparer.Ordinal) { ["inner.weight"] = NameTests.Value() };
        private readonly Linear inner = new(1, 1);
    }

    private sealed class Renamed : Module
    {
        [ParameterName("beta")]
        private readonly Parameter shift = NameTests.Value();

        [ParameterName("")]
        private readonly Linear inner = new(1, 1);
    }
#pragma warning restore
}
