using System.Reflection;
using Autograd.NN;
using Autograd.Tests.NN.Layers;

namespace Autograd.Tests.NN;

/// <summary>Functions that are called before and after a module computes.</summary>
internal sealed class ForwardHookTests
{
    [Test]
    public void Observers_see_input_and_output_of_every_call()
    {
        var model = new Sequential(new Linear(2, 3), new Relu(), new Linear(3, 1));
        var seen = new List<string>();
        foreach (var layer in model.Modules().OfType<Layer>())
        {
            layer.RegisterForwardPreHook((Tensor input) => seen.Add($"{layer.GetType().Name} {input.Shape}"));
            layer.RegisterForwardHook((Tensor input, Tensor output) => seen.Add($"{layer.GetType().Name} {input.Shape} {output.Shape}"));
        }

        model.Forward(Tensor.Ones([4, 2]));
        Assert.That(seen, Is.EqualTo(new[]
        {
            "Sequential [4, 2]",
            "Linear [4, 2]", "Linear [4, 2] [4, 3]",
            "Relu [4, 3]", "Relu [4, 3] [4, 3]",
            "Linear [4, 3]", "Linear [4, 3] [4, 1]",
            "Sequential [4, 2] [4, 1]",
        }));
    }

    [Test]
    public void Hooks_replace_input_and_output_in_their_order_and_are_differentiated()
    {
        var layer = new Identity();
        layer.RegisterForwardPreHook(x => x + 1);
        layer.RegisterForwardPreHook(x => x * 2);
        layer.RegisterForwardHook((x, y) => y + x);
        using (layer.RegisterForwardHook((_, y) => y * 10))
        {
            var x = Tensor.From([1.0], requiresGrad: true);
            var y = layer.Forward(x);
            Assert.That(y.Item(), Is.EqualTo(80), "((1 + 1)·2 + (1 + 1)·2)·10");
            y.Backward();
            Assert.That(x.Grad!.Item(), Is.EqualTo(40));
        }

        Assert.That(layer.Forward(Tensor.From([1.0])).Item(), Is.EqualTo(8));
    }

    [Test]
    public void A_handle_takes_its_own_hook_away_and_only_once()
    {
        var layer = new Identity();
        Func<Tensor, Tensor, Tensor> twice = (_, y) => y * 2;
        var first = layer.RegisterForwardHook(twice);
        var second = layer.RegisterForwardHook(twice);
        first.Dispose();
        first.Dispose();
        Assert.That(layer.Forward(Tensor.From([1.0])).Item(), Is.EqualTo(2));
        second.Dispose();
        Assert.That(layer.Forward(Tensor.From([1.0])).Item(), Is.EqualTo(1));
    }

    private static IEnumerable<LayerRow> Rows => LayerTable.Rows;

    [TestCaseSource(nameof(Rows))]
    public void Every_overload_of_forward_calls_the_hooks(object row)
    {
        var module = ((LayerRow)row).Make(new LayerSizes(2, 2, 2, 2, 1, 1), new Generator(1)).Module.Eval();
        var type = module.GetType();
        var own = type;
        while (own is not { IsGenericType: true } || own.GetGenericTypeDefinition() != typeof(Module<,>))
        {
            own = own!.BaseType;
        }

        var counter = typeof(ForwardHookTests).GetMethod(nameof(Count), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(own.GetGenericArguments());
        foreach (var overload in type.GetMethods().Where(method => method.Name == "Forward" && method.DeclaringType == type))
        {
            Assert.That(counter.Invoke(null, [module, overload]), Is.EqualTo(1), $"{type.Name}.{overload}");
        }
    }

    /// <summary>How often a hook that ends the call is called.</summary>
    private static int Count<TInput, TOutput>(Module<TInput, TOutput> module, MethodInfo forward)
    {
        var count = 0;
        using var hook = module.RegisterForwardPreHook((TInput _) =>
        {
            count++;
            throw new OperationCanceledException();
        });
        var arguments = Array.ConvertAll(forward.GetParameters(), parameter => parameter.ParameterType == typeof(Tensor) && !parameter.HasDefaultValue ? Tensor.Ones([1]) : parameter.DefaultValue is DBNull ? parameter.ParameterType == typeof(int) ? 0 : null : parameter.DefaultValue);
        Assert.That(() => forward.Invoke(module, BindingFlags.DoNotWrapExceptions, null, arguments, null), Throws.TypeOf<OperationCanceledException>(), $"{forward}");
        return count;
    }

    [Test]
    public void Hooks_are_no_members_of_the_module()
    {
        var model = new Sequential(new Linear(2, 3));
        var inner = new Linear(3, 3);
        model.RegisterForwardHook((_, y) => inner.Forward(y));
        Assert.That(model.NamedParameters().Select(entry => entry.Key), Is.EqualTo(new[] { "0.weight", "0.bias" }));
    }

    [Test]
    public void Null_is_refused()
    {
        var layer = new Identity();
        Assert.That(() => layer.RegisterForwardHook((Action<Tensor, Tensor>)null!), Throws.ArgumentNullException);
        using (layer.RegisterForwardHook((_, _) => null!))
        {
            Assert.That(() => layer.Forward(Tensor.Ones([1])), Throws.TypeOf<ModuleException>().With.Message.Contains("Identity: a hook returned null in place of the output"));
        }

        layer.RegisterForwardPreHook(_ => (Tensor)null!);
        Assert.That(() => layer.Forward(Tensor.Ones([1])), Throws.TypeOf<ModuleException>().With.Message.Contains("in place of the input"));
    }
}
