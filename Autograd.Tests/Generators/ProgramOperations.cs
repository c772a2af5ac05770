using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <summary>The operations that random programs are made of. Those with a limited domain or a steep growth come wrapped so that any values will do: log(x² + 1), exp(tanh x).</summary>
internal static class ProgramOperations
{
    private const double Margin = 0.01;

    private static readonly Gen<int[]> NoNumbers = Gen.Constant(Array.Empty<int>());

    /// <summary>Operations of one tensor of any shape, of two that broadcast, reductions, changes of shape, indexing, linear algebra, composites.</summary>
    public static IReadOnlyList<ProgramOperation> All { get; } = [.. Elementwise(), .. Broadcasting(), .. Reductions(), .. Views(), .. Others()];

    private static IEnumerable<ProgramOperation> Elementwise()
    {
        yield return Unary("{0}.Sin()", x => x.Sin());
        yield return Unary("{0}.Cos()", x => x.Cos());
        yield return Unary("{0}.Tanh()", x => x.Tanh());
        yield return Unary("{0}.Sigmoid()", x => x.Sigmoid());
        yield return Unary("{0}.Softplus()", x => x.Softplus());
        yield return Unary("{0}.Atan()", x => x.Atan());
        yield return Unary("{0}.Asinh()", x => x.Asinh());
        yield return Unary("{0}.Erf()", x => x.Erf());
        yield return Unary("{0}.Gelu()", x => x.Gelu());
        yield return Unary("{0}.Silu()", x => x.Silu());
        yield return Unary("(-{0})", x => -x);
        yield return Unary("{0}.Tanh().Exp()", x => x.Tanh().Exp());
        yield return Unary("({0} * {0} + 1).Log()", x => (x * x + 1).Log());
        yield return Unary("({0} * {0} + 1).Sqrt()", x => (x * x + 1).Sqrt());
        yield return Unary("({0} * {0} + 1).Rsqrt()", x => (x * x + 1).Rsqrt());
        yield return Unary("({0} * {0} + 1).Reciprocal()", x => (x * x + 1).Reciprocal());
        yield return Unary("({0} * {0} + 0.5).Pow(1.5)", x => (x * x + 0.5).Pow(1.5));
        yield return Unary("{0}.Pow(3)", x => x.Pow(3));
        yield return Unary("(2 - {0} * 0.5)", x => 2 - (x * 0.5));
        yield return Unary("{0}.Relu()", x => x.Relu()) with { IsSmoothAt = (x, _) => IsAwayFromZero(x[0]) };
        yield return Unary("{0}.Abs()", x => x.Abs()) with { IsSmoothAt = (x, _) => IsAwayFromZero(x[0]) };
        yield return Unary("{0}.LeakyRelu(0.2)", x => x.LeakyRelu(0.2)) with { IsSmoothAt = (x, _) => IsAwayFromZero(x[0]) };
        yield return Unary("{0}.Clamp(-1, 1)", x => x.Clamp(-1, 1)) with { IsSmoothAt = (x, _) => IsAwayFromZero(x[0].Abs() - 1) };
        yield return Unary("{0}.To(DType.Float64)", x => x.To(DType.Float64));
    }

    private static IEnumerable<ProgramOperation> Broadcasting()
    {
        yield return Binary("({0} + {1})", (a, b) => a + b);
        yield return Binary("({0} - {1})", (a, b) => a - b);
        yield return Binary("({0} * {1})", (a, b) => a * b);
        yield return Binary("({0} / ({1} * {1} + 1))", (a, b) => a / (b * b + 1));
        yield return Binary("({0} * {0} + 0.5).Pow({1}.Tanh())", (a, b) => (a * a + 0.5).Pow(b.Tanh()));
        yield return Binary("{0}.Maximum({1})", (a, b) => a.Maximum(b)) with { IsSmoothAt = (x, _) => IsAwayFromZero(x[0] - x[1]) };
        yield return Binary("{0}.Minimum({1})", (a, b) => a.Minimum(b)) with { IsSmoothAt = (x, _) => IsAwayFromZero(x[0] - x[1]) };
        yield return Binary("{0}.Sigmoid().Atan2({1}.Exp())", (a, b) => a.Sigmoid().Atan2(b.Exp()));
        yield return new(
            "Where",
            3,
            shapes => Broadcasts(shapes) ? NoNumbers : null,
            (x, _) => Tensor.Where(x[0] > 0, x[1], x[2]),
            (x, _) => $"Tensor.Where({x[0]} > 0, {x[1]}, {x[2]})")
        { IsSmoothAt = (x, _) => IsAwayFromZero(x[0]) };
    }

    private static IEnumerable<ProgramOperation> Reductions()
    {
        yield return AlongDim("Sum", (x, dim, keep) => x.Sum(dim, keep));
        yield return AlongDim("Mean", (x, dim, keep) => x.Mean(dim, keep));
        yield return AlongDim("Prod", (x, dim, keep) => x.Prod(dim, keep));
        yield return AlongDim("LogSumExp", (x, dim, keep) => x.LogSumExp(dim, keep));
        yield return AlongDim("Amax", (x, dim, keep) => x.Amax(dim, keep)) with { IsSmoothAt = (x, n) => AreDistinct(x[0], n[0]) };
        yield return AlongDim("Amin", (x, dim, keep) => x.Amin(dim, keep)) with { IsSmoothAt = (x, n) => AreDistinct(x[0], n[0]) };
        yield return OneDim("Var", (x, dim) => x.Var(dim, 0)) with { Numbers = s => NotEmptyDims(s)?.Select(dim => (int[])[dim]), Code = (x, n) => $"{x[0]}.Var({n[0]}, correction: 0)" };
        yield return OneDim("Softmax", (x, dim) => x.Softmax(dim));
        yield return OneDim("LogSoftmax", (x, dim) => x.LogSoftmax(dim));
        yield return new("Sum to a number", 1, _ => NoNumbers, (x, _) => x[0].Sum(), (x, _) => $"{x[0]}.Sum()");
    }

    private static IEnumerable<ProgramOperation> Views()
    {
        yield return new("Permute", 1, s => Gen.Shuffle(Enumerable.Range(0, s[0].Length)), (x, n) => x[0].Permute(n), (x, n) => $"{x[0]}.Permute({Shapes.ToCode(n)})");
        yield return OneDim("Flip", (x, dim) => x.Flip(dim));
        yield return OneDim("Unsqueeze", (x, dim) => x.Unsqueeze(dim));
        yield return new("Flatten", 1, _ => NoNumbers, (x, _) => x[0].Flatten(), (x, _) => $"{x[0]}.Flatten()");
        yield return new("Expand", 1, Expansions, (x, n) => x[0].Expand(n), (x, n) => $"{x[0]}.Expand({Shapes.ToCode(n)})");
        yield return new("Narrow", 1, Parts, (x, n) => x[0].Narrow(n[0], n[1], n[2]), (x, n) => $"{x[0]}.Narrow({n[0]}, {n[1]}, {n[2]})");
        yield return new("Select", 1, Places, (x, n) => x[0].Select(n[0], n[1]), (x, n) => $"{x[0]}.Select({n[0]}, {n[1]})");
        yield return new(
            "Diagonal",
            1,
            s => s[0].Length >= 2 ? Gen.Choose(-1, 1).Select(offset => (int[])[offset]) : null,
            (x, n) => x[0].Diagonal(n[0], -2, -1),
            (x, n) => $"{x[0]}.Diagonal({n[0]}, -2, -1)");
    }

    private static IEnumerable<ProgramOperation> Others()
    {
        yield return new("Pad", 1, s => s[0].Length > 0 ? Gen.Choose(-1, 2).ArrayOf(2) : null, (x, n) => x[0].Pad(n, 0.5), (x, n) => $"{x[0]}.Pad({Shapes.ToCode(n)}, 0.5)");
        yield return new("Repeat", 1, s => Gen.Choose(1, 2).ArrayOf(s[0].Length), (x, n) => x[0].Repeat(n), (x, n) => $"{x[0]}.Repeat({Shapes.ToCode(n)})");
        yield return new("Roll", 1, Places, (x, n) => x[0].Roll(n[1], n[0]), (x, n) => $"{x[0]}.Roll({n[1]}, {n[0]})");
        yield return new("Concatenate", 2, Dims, (x, n) => Tensor.Concatenate(x, n[0]), (x, n) => $"Tensor.Concatenate([{x[0]}, {x[1]}], {n[0]})");
        yield return new("Stack", 2, Dims, (x, n) => Tensor.Stack(x, n[0]), (x, n) => $"Tensor.Stack([{x[0]}, {x[1]}], {n[0]})");
        yield return new("MatMul", 2, s => s.All(sizes => sizes.Length > 0) ? NoNumbers : null, (x, _) => x[0].MatMul(x[1]), (x, _) => $"{x[0]}.MatMul({x[1]})");
        yield return new(
            "IndexSelect",
            1,
            Indices,
            (x, n) => x[0].IndexSelect(n[0], Tensor.From(n.AsSpan(1), [n.Length - 1])),
            (x, n) => $"{x[0]}.IndexSelect({n[0]}, Tensor.From(new int[] {{ {string.Join(", ", n[1..])} }}))");
        yield return new(
            "Index",
            1,
            s => Indices([s[0].Take(1).ToArray()]),
            (x, n) => x[0][Tensor.From(n.AsSpan(1), [n.Length - 1])],
            (x, n) => $"{x[0]}[Tensor.From(new int[] {{ {string.Join(", ", n[1..])} }})]");
        yield return new(
            "With at indices",
            2,
            s => s[0].Length > 0 && s[0][0] > 0
                ? from order in Gen.Shuffle(Enumerable.Range(0, s[0][0])) from count in Gen.Choose(1, order.Length) select order[..count]
                : null,
            (x, n) => x[0].With([Tensor.From(n, [n.Length])], x[1]),
            (x, n) => $"{x[0]}.With([Tensor.From(new int[] {{ {string.Join(", ", n)} }})], {x[1]})");
        yield return new("Mask", 1, _ => NoNumbers, (x, _) => x[0][x[0] > 0], (x, _) => $"{x[0]}[{x[0]} > 0]") { IsSmoothAt = (x, _) => IsAwayFromZero(x[0]) };
        yield return new(
            "MaskedFill", 1, _ => NoNumbers, (x, _) => x[0].MaskedFill(x[0] > 0, 0.5), (x, _) => $"{x[0]}.MaskedFill({x[0]} > 0, 0.5)")
        { IsSmoothAt = (x, _) => IsAwayFromZero(x[0]) };
        yield return new("Tril", 1, s => s[0].Length >= 2 ? NoNumbers : null, (x, _) => x[0].Tril(), (x, _) => $"{x[0]}.Tril()");
        yield return new("With", 2, Places, (x, n) => x[0].With([n[1]], x[1]), (x, n) => $"{x[0]}.With([{n[1]}], {x[1]})");
    }

    private static ProgramOperation Unary(string code, Func<Tensor, Tensor> apply)
        => new(code, 1, _ => NoNumbers, (x, _) => apply(x[0]), (x, _) => code.Replace("{0}", x[0], StringComparison.Ordinal));

    private static ProgramOperation Binary(string code, Func<Tensor, Tensor, Tensor> apply)
        => new(
            code,
            2,
            shapes => Broadcasts(shapes) ? NoNumbers : null,
            (x, _) => apply(x[0], x[1]),
            (x, _) => code.Replace("{0}", x[0], StringComparison.Ordinal).Replace("{1}", x[1], StringComparison.Ordinal));

    private static ProgramOperation OneDim(string name, Func<Tensor, int, Tensor> apply)
        => new(name, 1, Dims, (x, n) => apply(x[0], n[0]), (x, n) => $"{x[0]}.{name}({n[0]})");

    private static ProgramOperation AlongDim(string name, Func<Tensor, int, bool, Tensor> apply)
        => new(
            name,
            1,
            s => NotEmptyDims(s)?.SelectMany(dim => Gen.Choose(0, 1), (dim, keep) => (int[])[dim, keep]),
            (x, n) => apply(x[0], n[0], n[1] == 1),
            (x, n) => $"{x[0]}.{name}({n[0]}, keepDim: {(n[1] == 1 ? "true" : "false")})");

    private static Gen<int>? NotEmptyDims(int[][] shapes)
        => shapes[0].Length > 0 && !shapes[0].Contains(0) ? Gen.Choose(0, shapes[0].Length - 1) : null;

    private static Gen<int[]>? Dims(int[][] shapes) => shapes[0].Length == 0 ? null : Gen.Choose(0, shapes[0].Length - 1).Select(dim => (int[])[dim]);

    private static Gen<int[]>? Places(int[][] shapes)
        => NotEmptyDims(shapes)?.SelectMany(dim => Gen.Choose(0, shapes[0][dim] - 1), (dim, place) => (int[])[dim, place]);

    private static Gen<int[]>? Indices(int[][] shapes)
        => NotEmptyDims(shapes)?.SelectMany(dim => Gen.Choose(0, shapes[0][dim] - 1).ArrayOf(3), (dim, places) => (int[])[dim, .. places]);

    private static Gen<int[]>? Parts(int[][] shapes)
        => NotEmptyDims(shapes)?.SelectMany(
            dim => from start in Gen.Choose(0, shapes[0][dim] - 1) from length in Gen.Choose(1, shapes[0][dim] - start) select (start, length),
            (dim, part) => (int[])[dim, part.start, part.length]);

    private static Gen<int[]>? Expansions(int[][] shapes)
        => shapes[0].Length >= Shapes.HighestRank
            ? null
            : from front in Gen.Choose(1, 2)
              from sizes in Gen.Choose(1, 3).ArrayOf(shapes[0].Length)
              select (int[])[front, .. shapes[0].Select((size, i) => size == 1 ? sizes[i] : size)];

    private static bool Broadcasts(int[][] shapes)
        => shapes.Select(sizes => Shape.Create(sizes)).Aggregate((Shape?)Shape.Scalar, (common, shape) => common is null ? null : Shape.TryBroadcast(common, shape)) is not null;

    private static bool IsAwayFromZero(Tensor x) => (x.Abs() > Margin).All().Item<bool>();

    private static bool AreDistinct(Tensor x, int dim)
    {
        var size = x.Shape[dim];
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++)
            {
                if (!IsAwayFromZero(x.Select(dim, i) - x.Select(dim, k)))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
