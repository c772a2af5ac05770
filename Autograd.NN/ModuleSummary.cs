using System.Globalization;
using System.Text;
using Autograd.NN.Discovery;

namespace Autograd.NN;

/// <summary>One module in a <see cref="ModuleSummary"/>.</summary>
/// <param name="Path">Its path; empty for the outermost.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Output">The shape of its output; null if it was not called.</param>
/// <param name="Parameters">The numbers that it learns itself, without those of modules inside it.</param>
/// <param name="MultiplyAdds">The multiplications with an addition that it computes itself.</param>
/// <param name="OutputBytes">The memory of its output.</param>
public sealed record ModuleSummaryRow(string Path, string Type, Shape? Output, long Parameters, long MultiplyAdds, long OutputBytes);

/// <summary>What a module is made of: for each module inside it the output's shape, the number of parameters, multiplications and memory. Print it.</summary>
public sealed class ModuleSummary
{
    private readonly IReadOnlyList<Parameter> forgotten;
    private readonly Module module;

    internal ModuleSummary(Module module, Action forward)
    {
        this.module = module;
        using var trace = new ForwardTrace();
        forgotten = ForgottenParameters.Of(module, forward);
        var counted = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        var rows = new List<ModuleSummaryRow>();
        foreach (var (path, part) in module.NamedModules())
        {
            var parameters = 0L;
            foreach (var (_, member) in Members.Of(part))
            {
                parameters += member is Parameter parameter && counted.Add(parameter) ? parameter.ElementCount : 0;
            }

            var called = trace.Calls.TryGetValue(part, out var call);
            rows.Add(new(path, part.TypeName, called ? call.Output : null, parameters, call.MultiplyAdds, called ? (long)call.Output.ElementCount * ElementSize() : 0));
        }

        Rows = rows;
    }

    /// <summary>The module and all inside it.</summary>
    public IReadOnlyList<ModuleSummaryRow> Rows { get; }

    /// <summary>All numbers that are learned.</summary>
    public long Parameters => Rows.Sum(row => row.Parameters);

    /// <summary>All multiplications with an addition of one forward pass.</summary>
    public long MultiplyAdds => Rows.Sum(row => row.MultiplyAdds);

    /// <summary>The memory of the parameters, in bytes.</summary>
    public long ParameterBytes => Parameters * ElementSize();

    /// <summary>The memory of the outputs of all modules that hold no others, in bytes: what a backward pass roughly needs.</summary>
    public long OutputBytes => Rows.Where(row => !Rows.Any(inner => inner != row && (row.Path.Length == 0 || inner.Path.StartsWith(row.Path + ".", StringComparison.Ordinal)))).Sum(row => row.OutputBytes);

    /// <summary>The table.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            ["Layer", "Output", "Parameters", "Multiply-adds"],
            .. Rows.Select(row => new[]
            {
                $"{new string(' ', 2 * (row.Path.Length == 0 ? 0 : row.Path.Count(c => c == '.') + 1))}{(row.Path.Length == 0 ? "" : $"{row.Path.Split('.')[^1]}: ")}{row.Type}",
                row.Output?.ToString() ?? "not called", Number(row.Parameters), Number(row.MultiplyAdds),
            }),
            ["Total", string.Empty, Number(Parameters), Number(MultiplyAdds)],
        ];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => cells.Max(row => row[column].Length))];
        var text = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(i == 1 || i == cells.Length - 1 ? $"{new string('─', widths.Sum() + 6)}\n" : string.Empty)
                .Append(cells[i][0].PadRight(widths[0])).Append("  ").Append(cells[i][1].PadRight(widths[1])).Append("  ")
                .Append(cells[i][2].PadLeft(widths[2])).Append("  ").Append(cells[i][3].PadLeft(widths[3])).Append('\n');
        }

        text.Append("Memory: parameters ").Append(Bytes(ParameterBytes)).Append(", outputs ").Append(Bytes(OutputBytes));
        return forgotten.Count == 0 ? text.ToString() : text.Append("\n\nWarning: ").Append(ForgottenParameters.Explain(module, forgotten)).ToString();
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB");

    internal static DType ElementOf(Module module) => module.Parameters() is [var first, ..] ? first.DType : DType.Default;

    private int ElementSize() => ElementOf(module) == DType.Float64 ? sizeof(double) : sizeof(float);
}

/// <summary>Summaries of modules.</summary>
public static class ModuleSummaries
{
    extension(Module<Tensor, Tensor> module)
    {
        /// <summary>What the module is made of, for zeros of a given shape as input; it computes once, in evaluation mode and without recording, and stays as it is.</summary>
        /// <param name="inputShape">The shape of the input, with the examples of the batch.</param>
        /// <param name="dtype">The type of the input; left out, the parameters' (a model that begins with an embedding wants Int64).</param>
        /// <example><code>
        /// var network = new Sequential(new Conv2d(1, 8, 3), new Relu(), new Flatten(), new Linear(8 * 26 * 26, 10));
        /// Console.WriteLine(network.Summary([1, 1, 28, 28]));
        /// </code></example>
        public ModuleSummary Summary(ReadOnlySpan<int> inputShape, DType? dtype = null)
        {
            ArgumentNullException.ThrowIfNull(module);
            var x = Tensor.Zeros(inputShape, dtype ?? ModuleSummary.ElementOf(module));
            return module.Summary(() => module.Forward(x));
        }
    }

    extension(Module module)
    {
        /// <summary>What the module is made of, for a computation of one's own, such as one with several inputs. It runs in evaluation mode and without recording; the module stays as it is.</summary>
        /// <param name="forward">Calls the module once.</param>
        public ModuleSummary Summary(Action forward)
        {
            ArgumentNullException.ThrowIfNull(module);
            ArgumentNullException.ThrowIfNull(forward);
            var modes = module.Modules().Select(part => (part, part.IsTraining)).ToArray();
            using (Grad.Disabled())
            {
                try
                {
                    module.Eval();
                    return new ModuleSummary(module, forward);
                }
                finally
                {
                    foreach (var (part, isTraining) in modes)
                    {
                        part.IsTraining = isTraining;
                    }
                }
            }
        }
    }
}
