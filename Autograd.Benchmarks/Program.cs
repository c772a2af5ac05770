using Autograd.Benchmarks.Comparison;
using Autograd.Benchmarks.FirstCall;
using Autograd.Benchmarks.Memory;
using BenchmarkDotNet.Running;

return args switch
{
    ["compare", .. var options] => CompareCommand.Run(options),
    ["first-call", .. var options] => FirstCallCommand.Run(options),
    ["memory", .. var options] => MemoryCommand.Run(options),
    _ => RunSuites(),
};

int RunSuites()
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
