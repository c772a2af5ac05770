using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <summary>The operations that random programs are made of: the whole catalogue, each with operands for which it is defined and moderate, whatever the values it is given.</summary>
internal static partial class ProgramOperations
{
    private static readonly Gen<int[]> NoNumbers = Gen.Constant(Array.Empty<int>());

    // Made at first use, when the operands that the parts of this class declare are there.
    private static readonly Lazy<ProgramOperation[]> Everything = new(() =>
        [.. Functions(), .. Activations(), .. Pairs(), .. Reductions(), .. Orders(), .. Views(), .. Joins(), .. Indexing(), .. Products(), .. Matrices(), .. Images(), .. Networks(), .. Losses()]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProgramOperation> All => Everything.Value;

    /// <summary>A function of any tensor.</summary>
    private static ProgramOperation Of(Func<Tensor, Tensor> apply, Func<Tensor, bool>? smooth = null, [CallerArgumentExpression(nameof(apply))] string text = "")
        => new(text, 1, _ => NoNumbers, (x, _) => apply(x[0]), (x, _) => new Formula(text).Write(x[0])) { IsSmoothAt = (x, _) => smooth?.Invoke(x[0]) ?? true };

    /// <summary>A function of a tensor that is made from any other.</summary>
    private static ProgramOperation On(Operand made, Func<Tensor, Tensor> apply, Func<Tensor, bool>? smooth = null, [CallerArgumentExpression(nameof(apply))] string text = "")
        => new(text, 1, _ => NoNumbers, (x, _) => apply(made.Make(x[0])), (x, _) => new Formula(text).Write($"({made.Formula.Write(x[0])})"))
        {
            IsSmoothAt = (x, _) => smooth?.Invoke(made.Make(x[0])) ?? true,
        };

    /// <summary>A function of two tensors that broadcast.</summary>
    private static ProgramOperation OfTwo(Func<Tensor, Tensor, Tensor> apply, Func<Tensor, Tensor, bool>? smooth = null, [CallerArgumentExpression(nameof(apply))] string text = "")
        => new(text, 2, shapes => Broadcasts(shapes) ? NoNumbers : null, (x, _) => apply(x[0], x[1]), (x, _) => new Formula(text).Write(x[0], x[1]))
        {
            IsSmoothAt = (x, _) => smooth?.Invoke(x[0], x[1]) ?? true,
        };

    /// <summary>A function of a tensor along one dimension.</summary>
    private static ProgramOperation Along(Func<Tensor, int, Tensor> apply, Func<Tensor, bool>? smooth = null, [CallerArgumentExpression(nameof(apply))] string text = "")
        => new(text, 1, Dim, (x, n) => apply(x[0], n[0]), (x, n) => new Formula(text).Write(x[0], n[0])) { IsSmoothAt = (x, _) => smooth?.Invoke(x[0]) ?? true };

    /// <summary>A function that takes a dimension away or leaves it with size 1.</summary>
    private static ProgramOperation Reducing(Func<Tensor, int, bool, Tensor> apply, Func<Tensor, bool>? smooth = null, [CallerArgumentExpression(nameof(apply))] string text = "")
        => new(
            text,
            1,
            shapes => NotEmptyDim(shapes)?.SelectMany(_ => Gen.Choose(0, 1), (dim, keep) => (int[])[dim, keep]),
            (x, n) => apply(x[0], n[0], n[1] == 1),
            (x, n) => new Formula(text).Write(x[0], n[0], n[1] == 1 ? "true" : "false"))
        { IsSmoothAt = (x, _) => smooth?.Invoke(x[0]) ?? true };

    /// <summary>Anything else: x are the operands, n the numbers.</summary>
    private static ProgramOperation General(
        int operands, Func<int[][], Gen<int[]>?> numbers, Func<Tensor[], int[], Tensor> apply, Func<Tensor[], bool>? smooth = null, [CallerArgumentExpression(nameof(apply))] string text = "")
        => new(text, operands, numbers, apply, (x, n) => new Formula(text).Write(x, Array.ConvertAll(n, number => $"{number}"))) { IsSmoothAt = (x, _) => smooth?.Invoke(x) ?? true };

    /// <summary>An operand of a special kind, made from any tensor.</summary>
    private static Operand Made(Func<Tensor, Tensor> make, [CallerArgumentExpression(nameof(make))] string text = "") => new(make, new Formula(text));

    private static Gen<int[]>? Dim(int[][] shapes) => shapes[0].Length == 0 ? null : Gen.Choose(-shapes[0].Length, shapes[0].Length - 1).Select(dim => (int[])[dim]);

    private static Gen<int>? NotEmptyDim(int[][] shapes)
        => shapes[0].Length > 0 && !shapes[0].Contains(0) ? Gen.Choose(0, shapes[0].Length - 1) : null;

    private static Gen<int[]>? Place(int[][] shapes)
        => NotEmptyDim(shapes)?.SelectMany(dim => Gen.Choose(0, shapes[0][dim] - 1), (dim, place) => (int[])[dim, place]);

    private static Gen<int[]>? Part(int[][] shapes)
        => NotEmptyDim(shapes)?.SelectMany(
            dim => from start in Gen.Choose(0, shapes[0][dim] - 1) from length in Gen.Choose(1, shapes[0][dim] - start) select (start, length),
            (dim, part) => (int[])[dim, part.start, part.length]);

    private static Gen<int[]>? Expansion(int[][] shapes)
        => shapes[0].Length >= Shapes.HighestRank
            ? null
            : from front in Gen.Choose(1, 2)
              from sizes in Gen.Choose(1, 3).ArrayOf(shapes[0].Length)
              select (int[])[front, .. shapes[0].Select((size, i) => size == 1 ? sizes[i] : size)];

    private static bool Broadcasts(int[][] shapes)
        => shapes.Select(sizes => Shape.Create(sizes)).Aggregate((Shape?)Shape.Scalar, (common, shape) => common is null ? null : Shape.TryBroadcast(common, shape)) is not null;

    /// <summary>How an operand of a special kind is made.</summary>
    private sealed record Operand(Func<Tensor, Tensor> Make, Formula Formula);
}
