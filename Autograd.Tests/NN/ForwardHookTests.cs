using Autograd.NN;

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
