using Autograd.Tests.Documentation;

namespace Autograd.Tests.Core;

public class DTypeTests
{
    private static readonly DType[] Types = Enum.GetValues<DType>();

    private static readonly HashSet<string> Relations = new(StringComparer.Ordinal) { "Eq", "Ne", "Lt", "Le", "Gt", "Ge", "op_LessThan", "op_LessThanOrEqual", "op_GreaterThan", "op_GreaterThanOrEqual" };

    private static readonly HashSet<string> Logical = new(StringComparer.Ordinal) { "LogicalAnd", "LogicalOr", "LogicalXor", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr" };

    private static readonly HashSet<string> InFloatingPoint = new(StringComparer.Ordinal) { "Div", "op_Division", "Pow", "Atan2", "Hypot", "LogAddExp", "Xlogy" };

    private static readonly HashSet<string> Same = new(StringComparer.Ordinal) { "Add", "Mul", "Sub", "op_Addition", "op_Multiply", "op_Subtraction" };

    /// <summary>The page holds exactly what the library does. To renew it, put in what the failed test prints.</summary>
    [Test]
    public void The_page_about_element_types_holds_the_tables([Values("OfTwoTensors", "OfTensorAndNumber", "OfOneTensor")] string name)
    {
        var table = (string)typeof(DTypeTables).GetMethod(name)!.Invoke(null, null)!;
        Assert.That(File.ReadAllText(Repository.PathOf("docs/dtypes.md")), Does.Contain(table), table);
    }

    [Test]
    public void Two_tensors_give_the_wider_type()
    {
        foreach (var method in ElementwiseMethods.Binary)
        {
            foreach (var a in Types)
            {
                foreach (var b in Types)
                {
                    var wider = a > b ? a : b;
                    Tensor Compute() => method.Of(Tensor.Ones([1], a), Tensor.Ones([1], b));
                    if (method.Name is "Sub" or "op_Subtraction" && wider == DType.Bool)
                    {
                        Assert.That(Compute, Throws.TypeOf<DTypeException>().With.Message.Contains("a ^ b").And.Message.Contains("To(DType.Int64)"));
                        continue;
                    }

                    var expected = Relations.Contains(method.Name) || Logical.Contains(method.Name) ? DType.Bool
                        : InFloatingPoint.Contains(method.Name) ? wider < DType.Float32 ? DType.Float32 : wider
                        : wider == DType.Bool && !Same.Contains(method.Name) ? DType.Int64
                        : wider;
                    Assert.That(Compute().DType, Is.EqualTo(expected), $"{method.Name} of {a} and {b}");
                }
            }
        }
    }

    [Test]
    public void A_number_never_widens_within_its_category()
    {
        (Scalar Value, DType Category)[] numbers = [(true, DType.Bool), (2, DType.Int64), (2L, DType.Int64), (2.5f, DType.Float32), (2.5, DType.Float32)];
        foreach (var method in ElementwiseMethods.WithNumber.Where(method => method.Name != "Pow").Concat(ElementwiseMethods.OfNumber))
        {
            foreach (var (value, category) in numbers)
            {
                foreach (var type in Types)
                {
                    // Below the number's category the result has the category's usual type, Int64 or the default floating-point type.
                    var common = type >= category ? type : category;
                    if (method.Name == "op_Subtraction" && common == DType.Bool)
                    {
                        continue;
                    }

                    var x = Tensor.Ones([1], type);
                    var result = method.GetParameters()[0].ParameterType == typeof(Scalar) && method.IsStatic ? method.Of(value, x) : method.Of(x, value);
                    var expected = Relations.Contains(method.Name) ? DType.Bool
                        : InFloatingPoint.Contains(method.Name) ? common < DType.Float32 ? DType.Float32 : common
                        : common == DType.Bool && !Same.Contains(method.Name) ? DType.Int64
                        : common;
                    Assert.That(result.DType, Is.EqualTo(expected), $"{method.Name} of {type} and {value}");
                }
            }
        }
    }

    [Test]
    public void Whole_powers_of_whole_numbers_are_exact()
    {
        var x = Tensor.From([3L, -3, 0, 3_000_000_019]);
        Assert.That(x.Pow(2).ToArray<long>(), Is.EqualTo(new long[] { 9, 9, 0, 9_000_000_114_000_000_361 }));
        Assert.That(Tensor.From([3L, -2]).Pow(39).ToArray<long>()[0], Is.EqualTo(4052555153018976267));
        Assert.That(x.Pow(0).ToArray<long>(), Has.All.EqualTo(1));
        Assert.That((x.Pow(2.0).DType, x.Pow(3.0).DType, x.Pow(Tensor.From(2)).DType), Is.EqualTo((DType.Float32, DType.Float32, DType.Float32)));
        Assert.That(Tensor.From([true, false]).Pow(2).ToArray<long>(), Is.EqualTo(new long[] { 1, 0 }));
        Assert.That(() => x.Pow(-1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("To(DType.Float32)"));
    }

    [Test]
    public void Truth_values_add_and_multiply_as_or_and_and()
    {
        var (a, b) = (Tensor.From([true, true, false, false]), Tensor.From([true, false, true, false]));
        Assert.That((a + b).ToArray<bool>(), Is.EqualTo((a | b).ToArray<bool>()).And.EqualTo(new[] { true, true, true, false }));
        Assert.That((a * b).ToArray<bool>(), Is.EqualTo((a & b).ToArray<bool>()).And.EqualTo(new[] { true, false, false, false }));
        Assert.That((a ^ b).ToArray<bool>(), Is.EqualTo(a.Ne(b).ToArray<bool>()));
        Assert.That(a.Sum().Item<long>(), Is.EqualTo(2));
        Assert.That((a + 1).ToArray<long>(), Is.EqualTo(new long[] { 2, 2, 1, 1 }));
    }

    [Test]
    public void Whole_sums_do_not_pass_through_floating_point()
    {
        var x = Tensor.From([(1L << 53) + 1, 1, -7]);
        Assert.That(x.Sum().Item<long>(), Is.EqualTo((1L << 53) - 5));
        Assert.That((x + 2).Amax().Item<long>(), Is.EqualTo((1L << 53) + 3));
        Assert.That(Tensor.Full([3, 2], 2).Sum(0).ToArray<long>(), Is.EqualTo(new long[] { 6, 6 }));
    }

    [Test]
    public void The_mean_of_whole_numbers_is_an_error_that_names_the_fix()
    {
        foreach (var dtype in (DType[])[DType.Int64, DType.Bool])
        {
            foreach (var (name, mean) in ((string, Func<Tensor, Tensor>)[])[("Mean", x => x.Mean()), ("Mean", x => x.Mean(0)), ("Var", x => x.Var()), ("Var", x => x.Std())])
            {
                Assert.That(() => mean(Tensor.Ones([3], dtype)), Throws.TypeOf<DTypeException>().With.Message.Contains($"{dtype}").And.Message.Contains($"x.To(DType.Float32).{name}"));
            }
        }
    }

    [Test]
    public void Conversions_are_the_languages()
    {
        double[] values = [0, -0.0, 0.5, -0.5, 1.9, -1.9, 1e10, double.NaN];
        var x = Tensor.From(values);
        Assert.That(x[..^1].To(DType.Int64).ToArray<long>(), Is.EqualTo(new long[] { 0, 0, 0, 0, 1, -1, 10_000_000_000 }));
        Assert.That(x.To(DType.Bool).ToArray<bool>(), Is.EqualTo(new[] { false, false, true, true, true, true, true, true }));
        Assert.That(x.To(DType.Float32).ToArray<float>(), Is.EqualTo(Array.ConvertAll(values, value => (float)value)));
        Assert.That(Tensor.From([true, false]).To(DType.Float32).ToArray<float>(), Is.EqualTo(new float[] { 1, 0 }));
        Assert.That(Tensor.From([long.MaxValue, 3]).To(DType.Float64).ToArray<double>(), Is.EqualTo(new[] { long.MaxValue, 3.0 }));
        Assert.That(x.To(DType.Float64), Is.SameAs(x), "nothing to do");
    }

    [Test]
    public void The_element_type_of_a_type_is_known()
    {
        Assert.That((DType.Of<float>(), DType.Of<double>(), DType.Of<long>(), DType.Of<bool>()), Is.EqualTo((DType.Float32, DType.Float64, DType.Int64, DType.Bool)));
        Assert.That(() => DType.Of<int>(), Throws.TypeOf<DTypeException>().With.Message.Contains("Int32"));
        Assert.That(Types.Select(type => type.ByteSize), Is.EqualTo(new[] { 1, 8, 4, 8 }));
        Assert.That(Types.Select(type => type.IsFloatingPoint), Is.EqualTo(new[] { false, false, true, true }));
    }
}
