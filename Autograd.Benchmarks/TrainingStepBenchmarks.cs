using Autograd.NN;
using Autograd.Optim;
using BenchmarkDotNet.Attributes;

namespace Autograd.Benchmarks;

/// <summary>One step of training: forward, backward, Adam.</summary>
[MemoryDiagnoser]
public class TrainingStepBenchmarks
{
    private Step small = null!;
    private Step medium = null!;

    [GlobalSetup]
    public void Setup()
    {
        small = new Step([2, 8, 2], batch: 4);
        medium = new Step([784, 512, 256, 10], batch: 128);
    }

    /// <summary>Layers of 2, 8, 2 units; 4 examples.</summary>
    [Benchmark]
    public Tensor Small() => small.Run();

    /// <summary>Layers of 784, 512, 256, 10 units; 128 examples.</summary>
    [Benchmark]
    public Tensor Medium() => medium.Run();

    private sealed class Step
    {
        private readonly Sequential model = [];
        private readonly Adam optimizer;
        private readonly Tensor inputs;
        private readonly Tensor targets;

        public Step(int[] sizes, int batch)
        {
            var generator = new Generator(0);
            for (var i = 1; i < sizes.Length; i++)
            {
                model.Add(new Linear(sizes[i - 1], sizes[i], generator: generator));
                if (i < sizes.Length - 1)
                {
                    model.Add(new Relu());
                }
            }

            optimizer = new Adam(model.Parameters());
            inputs = Tensor.Randn([batch, sizes[0]], generator: generator);
            targets = Tensor.RandInt(0, sizes[^1], [batch], generator);
        }

        public Tensor Run()
        {
            var loss = Loss.CrossEntropy(model.Forward(inputs), targets);
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
            return loss;
        }
    }
}
