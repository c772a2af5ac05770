using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Benchmarks.Memory;

/// <summary>A loop whose memory is watched.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What happens in a step.</param>
/// <param name="Steps">How many steps, unless asked otherwise.</param>
/// <param name="LiveBytes">What the step holds at once at its fullest.</param>
/// <param name="Start">Sets the loop up and yields one step of it.</param>
internal sealed record Scenario(string Name, string Description, int Steps, long LiveBytes, Func<Action> Start)
{
    private const int Million = 1 << 20;

    /// <summary>All scenarios.</summary>
    public static readonly IReadOnlyList<Scenario> All =
    [
        new("temporaries", "one temporary of 4 MB, dropped at once", 10_000, 4 * Million, Temporaries),
        new("small", "a training step of a 2-8-2 network, batch 4, Adam", 100_000, 0, () => Training([2, 8, 2], 4)),
        new("medium", "a training step of a 784-512-256-10 network, batch 128, Adam", 2_000, 12 * Million, () => Training([784, 512, 256, 10], 128)),
        new("activations", "forward and backward through 100 layers of 4 MB each", 2_000, 400L * Million, Activations),
    ];

    private static Action Temporaries()
    {
        var x = Tensor.Ones([Million]);
        return () => (x * 2).Evaluate();
    }

    private static Action Training(int[] sizes, int batch)
    {
        var model = new Sequential();
        for (var i = 1; i < sizes.Length; i++)
        {
            model.Add(new Linear(sizes[i - 1], sizes[i]));
            model.Add(i < sizes.Length - 1 ? new Tanh() : new Identity());
        }

        var optimizer = new Adam(model.Parameters());
        var x = Tensor.Randn([batch, sizes[0]]);
        var classes = Tensor.RandInt(0, sizes[^1], [batch]);
        return () =>
        {
            optimizer.ZeroGrad();
            Loss.CrossEntropy(model.Forward(x), classes).Backward();
            optimizer.Step();
        };
    }

    private static Action Activations()
    {
        var x = Tensor.Randn([Million], requiresGrad: true);
        return () =>
        {
            var y = x;
            for (var i = 0; i < 100; i++)
            {
                y = y.Tanh();
            }

            x.ZeroGrad();
            y.Sum().Backward();
        };
    }
}
