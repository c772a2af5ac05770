using System.Reflection;
using Autograd.Autodiff;
using Autograd.Evaluation;
using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Gradients;

/// <summary>A case of an operation with random shapes and arguments, random values and random forms of its inputs.</summary>
/// <param name="Case">The operation, the shapes and the arguments.</param>
/// <param name="Seed">The seed of the values.</param>
/// <param name="Forms">How the inputs lie in memory.</param>
/// <param name="Shapes">The shapes, of an elementwise operation.</param>
internal sealed record RandomCase(OperationCase Case, ulong Seed, StridedForm[] Forms, Broadcastable? Shapes = null)
{
    public override string ToString() => $"{Case}, values from new Generator({Seed}), inputs in the forms ({string.Join("), (", (object[])Forms)})";
}

/// <summary>Random cases of every operation: elementwise ones on any shapes that broadcast, others on shapes and arguments that fit.</summary>
internal static partial class RandomCases
{
    // Each element costs several evaluations.
    private const int Elements = 8;

    private static readonly Gen<int[]> Any = Shapes.Any(Elements, rankTo: 4);
    private static readonly Gen<int[]> NotEmpty = Shapes.NotEmpty(Elements, rankTo: 4);
    private static readonly Gen<int[]> NotScalar = Shapes.NotEmpty(Elements, rankFrom: 1, rankTo: 4);

    public static Arbitrary<RandomCase> Of(Type operation)
    {
        var attributes = operation.GetCustomAttributes<GradientTestAttribute>().ToArray();
        var cases = operation.IsSubclassOf(typeof(Elementwise))
            ? Broadcastable.Arbitrary(Arity(operation), Elements).Generator.Select(shapes => (Elementwise(operation, attributes[0], shapes), (Broadcastable?)shapes))
            : (Fitting(operation) ?? Gen.Elements(attributes.SelectMany(a => a.Cases, (a, text) => (text, a.Arguments)).ToArray()))
                .Select(fitting => (new OperationCase(operation, fitting.Text, fitting.Arguments, attributes[0].Domain), (Broadcastable?)null));
        return Arb.From(
            from test in cases
            from seed in Gen.Choose(0, 1_000_000)
            from forms in StridedForm.OfRanks(Ranks(test.Item1))
            select new RandomCase(test.Item1, (ulong)seed, forms, test.Item2),
            sample => Shrink(sample, attributes[0]));
    }

    private static IEnumerable<RandomCase> Shrink(RandomCase sample, GradientTestAttribute attribute)
    {
        foreach (var shapes in sample.Shapes?.Smaller() ?? [])
        {
            var test = Elementwise(sample.Case.Operation, attribute, shapes);
            yield return sample with { Case = test, Shapes = shapes, Forms = [.. Ranks(test).Zip(sample.Forms, (rank, form) => form.ToRank(rank))] };
        }

        for (var i = 0; i < sample.Forms.Length; i++)
        {
            if (!sample.Forms[i].IsPlain)
            {
                yield return sample with { Forms = [.. sample.Forms[..i], StridedForm.Plain(sample.Forms[i].Order.Length), .. sample.Forms[(i + 1)..]] };
            }
        }
    }

    private static IEnumerable<int> Ranks(OperationCase test) => test.Text.Split(", ").Select(spec => TensorSpec.Parse(spec).Sizes.Length);

    private static int Arity(Type operation) => operation.GetConstructors()[0].GetParameters().Count(parameter => parameter.ParameterType == typeof(Tensor));

    private static OperationCase Elementwise(Type operation, GradientTestAttribute attribute, Broadcastable sample)
    {
        var texts = sample.Shapes.Select(Shapes.Describe).ToArray();
        texts[0] += operation == typeof(WhereOp) ? "?" : string.Empty;
        return new(operation, string.Join(", ", texts), attribute.Arguments, attribute.Domain);
    }

    /// <summary>Shapes and other arguments of the operations that are not elementwise; null for one that has no generator here and is tried on its declared shapes.</summary>
    private static Gen<(string Text, object[] Arguments)>? Fitting(Type operation) => operation switch
    {
        _ when operation.IsSubclassOf(typeof(Reduction)) =>
            from sizes in operation == typeof(SumOp) ? Any : NotEmpty
            from order in Gen.Shuffle(Enumerable.Range(-sizes.Length, sizes.Length))
            from count in Gen.Choose(0, sizes.Length)
            from keepDim in Gen.Elements(true, false)
            select Case(sizes, order[..count], keepDim),
        _ when operation.IsSubclassOf(typeof(AlongDimension)) =>
            from sizes in Any from dim in Gen.Choose(-Math.Max(1, sizes.Length), Math.Max(1, sizes.Length) - 1) select Case(sizes, dim),
        _ when operation == typeof(PermuteOp) =>
            from sizes in Any from order in Gen.Shuffle(Enumerable.Range(0, sizes.Length)) select Case(sizes, order),
        _ when operation == typeof(ReshapeOp) =>
            from sizes in Any from order in Gen.Shuffle(sizes) from at in Gen.Choose(0, sizes.Length) select Case(sizes, (int[])[.. order[..at], 1, .. order[at..]]),
        _ when operation == typeof(ExpandOp) =>
            from sizes in Broadcastable.Arbitrary(1, Elements).Generator from front in Gen.Choose(0, 2) select Case(sizes.Shapes[0], (int[])[front, .. sizes.Common]),
        _ when operation == typeof(SelectOp) => from sizes in NotScalar from parts in Slices(sizes) select Case(sizes, parts.Text),
        _ when operation == typeof(PlaceOp) =>
            from sizes in NotScalar from parts in Slices(sizes) select ($"{Shapes.Describe(sizes)}, {Shapes.Describe(parts.Counts)}", (object[])[parts.Text]),
        _ when operation == typeof(ConcatenateOp) =>
            from sizes in NotScalar
            from dim in Gen.Choose(0, sizes.Length - 1)
            from lengths in Gen.Choose(0, 3).ArrayOf(3)
            select (string.Join(", ", lengths.Select(length => Shapes.Describe(With(sizes, dim, length)))), (object[])[dim]),
        _ when operation == typeof(GatherOp) => from it in Indexed() select ($"{it.X}, {it.Index}<{it.Bound}", (object[])[it.Dim]),
        _ when operation == typeof(ScatterAddOp) => from it in Indexed() select ($"{it.X}, {it.Index}<{it.Bound}, {it.Index}", (object[])[it.Dim]),
        _ when operation == typeof(ScatterExtremeOp) =>
            from it in Indexed() from greatest in Gen.Elements(true, false) select ($"{it.X}, {it.Index}<{it.Bound}, {it.Index}", (object[])[it.Dim, greatest]),
        _ when operation == typeof(IndexSelectOp) => from it in Rows() select ($"{it.X}, {it.Count}<{it.Bound}", (object[])[it.Dim]),
        _ when operation == typeof(IndexAddOp) => from it in Rows() select ($"{it.X}, {it.Count}<{it.Bound}, {it.Source}", (object[])[it.Dim]),
        _ when operation == typeof(MatMulOp) =>
            from batch in Broadcastable.Arbitrary(2, 2).Generator
            from sizes in Gen.Choose(0, 3).ArrayOf(3)
            from transposesA in Gen.Elements(true, false)
            from transposesB in Gen.Elements(true, false)
            let a = transposesA ? (sizes[1], sizes[0]) : (sizes[0], sizes[1])
            let b = transposesB ? (sizes[2], sizes[1]) : (sizes[1], sizes[2])
            select ($"{Shapes.Describe([.. batch.Shapes[0], a.Item1, a.Item2])}, {Shapes.Describe([.. batch.Shapes[1], b.Item1, b.Item2])}", (object[])[transposesA, transposesB]),
        _ when operation == typeof(ConvolutionOp) => from it in RandomConvolution.Any select (it.Text(RandomConvolution.Part.Input, RandomConvolution.Part.Weight), it.Arguments),
        _ when operation == typeof(ConvolutionAdjointOp) => from it in RandomConvolution.Any select (it.Text(RandomConvolution.Part.Result, RandomConvolution.Part.Weight), it.Arguments),
        _ when operation == typeof(ConvolutionWeightOp) => from it in RandomConvolution.Any select (it.Text(RandomConvolution.Part.Input, RandomConvolution.Part.Result), it.Arguments),
        _ => FittingMatrices(operation),
    };

    private static (string Text, object[] Arguments) Case(int[] sizes, params object[] arguments) => (Shapes.Describe(sizes), arguments);

    private static Gen<(string Text, int[] Counts)> Slices(int[] sizes)
        => sizes.Aggregate(
                Gen.Constant(Array.Empty<(int Start, int Count, int Step)>()),
                (all, size) => from slices in all from slice in Slice(size) select ((int, int, int)[])[.. slices, slice])
            .Select(slices => (string.Join(", ", slices.Select(s => $"{s.Start}:{s.Count}:{s.Step}")), Array.ConvertAll(slices, s => s.Count)));

    private static Gen<(int Start, int Count, int Step)> Slice(int size)
        => from start in Gen.Choose(0, size - 1)
           from step in Gen.Elements(-2, -1, 1, 2)
           from count in Gen.Choose(0, 1 + (step > 0 ? (size - 1 - start) / step : start / -step))
           select (start, count, step);

    private static Gen<(string X, string Index, int Bound, int Dim)> Indexed()
        => from sizes in NotScalar
           from dim in Gen.Choose(0, sizes.Length - 1)
           from length in Gen.Choose(0, 3)
           from smaller in Gen.Choose(0, 1).ArrayOf(sizes.Length)
           select (Shapes.Describe(sizes), Shapes.Describe(With([.. sizes.Select((size, i) => Math.Max(1, size - smaller[i]))], dim, length)), sizes[dim], dim);

    private static Gen<(string X, int Count, int Bound, string Source, int Dim)> Rows()
        => from sizes in NotScalar
           from dim in Gen.Choose(0, sizes.Length - 1)
           from count in Gen.Choose(0, 4)
           select (Shapes.Describe(sizes), count, sizes[dim], Shapes.Describe(With(sizes, dim, count)), dim);

    private static int[] With(int[] sizes, int dim, int size) => [.. sizes[..dim], size, .. sizes[(dim + 1)..]];
}
