using Autograd.Benchmarks.Comparison;
using BenchmarkDotNet.Running;

return args is ["compare", .. var options] ? CompareCommand.Run(options) : RunSuites();

int RunSuites()
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
