using System.Globalization;
using System.Numerics;

namespace Autograd.Tests.Kernels;

/// <summary>
/// What operations assume of the functions of TensorPrimitives that they call directly: an upgrade of the package that breaks it
/// fails here. Prints the figures of docs/decisions/0003-elementwise-kernels.md.
/// </summary>
internal sealed class TensorPrimitivesTests
{
    [Test]
    public void Functions_called_directly_are_accurate_and_see_no_neighbours()
    {
        Assert.Multiple(() =>
        {
            Pin<float>();
            Pin<double>();
        });
    }

    [Test]
    public void Every_function_in_use_is_within_four_ulp()
    {
        TestContext.Error.WriteLine("| function | TensorPrimitives float | double | VectorMath float | double |");
        TestContext.Error.WriteLine("|---|---|---|---|---|");
        var worst = 0.0;
        foreach (var (single, twice) in KernelCase<float>.All.Zip(KernelCase<double>.All))
        {
            Row(single.Name, Measure(single.Library, single.Exact), Measure(twice.Library, twice.Exact), Measure(single.Own, single.Exact), Measure(twice.Own, twice.Exact));
        }

        foreach (var (single, twice) in BinaryKernelCase<float>.All.Zip(BinaryKernelCase<double>.All))
        {
            Row(single.Name, Measure(single.Library, single.Exact), Measure(twice.Library, twice.Exact), Measure(single.Own, single.Exact), Measure(twice.Own, twice.Exact));
        }

        Assert.That(worst, Is.LessThanOrEqualTo(4));

        void Row(string name, Figures? librarySingle, Figures? libraryDouble, Figures? ownSingle, Figures? ownDouble)
        {
            TestContext.Error.WriteLine(string.Join(" | ", "| " + name, Cell(librarySingle), Cell(libraryDouble), Cell(ownSingle), Cell(ownDouble)) + " |");
            worst = Math.Max(worst, Math.Max((ownSingle ?? librarySingle)!.Ulp, (ownDouble ?? libraryDouble)!.Ulp));
        }
    }

    private static void Pin<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var kernel in KernelCase<T>.All.Where(kernel => kernel.Own is null))
        {
            var (ulp, where) = Measurement.Error(kernel.Library!, kernel.Exact);
            Assert.That(ulp, Is.LessThanOrEqualTo(kernel.Bound), $"{kernel.Name} of {typeof(T).Name}, {where}");
            Assert.That(Measurement.UnstableLengths(kernel.Library!), Is.Empty, $"{kernel.Name} of {typeof(T).Name}, lengths of spans");
        }

        foreach (var kernel in BinaryKernelCase<T>.All)
        {
            if (kernel.Own is null)
            {
                var (ulp, where) = Measurement.Error(kernel.Library, kernel.Exact);
                Assert.That(ulp, Is.LessThanOrEqualTo(kernel.Bound), $"{kernel.Name} of {typeof(T).Name}, {where}");
            }

            Assert.That(Measurement.UnstableLengths(kernel.InUse), Is.Empty, $"{kernel.Name} of {typeof(T).Name}, lengths of spans");
        }
    }

    /// <summary>The greatest error, and the lengths of spans in which neighbours or the length itself change an element's bits.</summary>
    private sealed record Figures(double Ulp, int[] Unstable);

    private static Figures? Measure<T>(UnaryKernel<T>? kernel, Func<double, DoubleDouble> exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        kernel is null ? null : new(Measurement.Error(kernel, exact).Ulp, Measurement.UnstableLengths(kernel));

    private static Figures? Measure<T>(BinaryKernel<T>? kernel, Func<double, double, DoubleDouble> exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        kernel is null ? null : new(Measurement.Error(kernel, exact).Ulp, Measurement.UnstableLengths(kernel));

    private static string Cell(Figures? figures)
    {
        if (figures is null) return "–";
        var error = double.IsInfinity(figures.Ulp) ? "special values" : figures.Ulp.ToString("G3", CultureInfo.InvariantCulture);
        var last = figures.Unstable.LastOrDefault();
        return last == 0 ? error : last > 16 ? $"{error}, neighbours" : $"{error}, from length {last + 1}";
    }
}
