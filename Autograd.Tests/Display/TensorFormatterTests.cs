using System.Diagnostics;
using System.Globalization;
using Autograd.Display;

namespace Autograd.Tests.Display;

public sealed class TensorFormatterTests
{
    private static string Print<T>(T[] values, int[] sizes, PrintOptions options = default)
        where T : unmanaged => TensorFormatter.Format<T>(values, sizes, options);

    private static string Print<T>(params T[] values)
        where T : unmanaged => Print(values, [values.Length]);

    private static long[] Range(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];

    private static string Lines(params string[] lines) => string.Join('\n', lines);

    [Test]
    public void A_scalar_has_no_brackets() => Assert.Multiple(() =>
    {
        Assert.That(Print([MathF.PI], []), Is.EqualTo("3.1416"));
        Assert.That(Print([-2.0], []), Is.EqualTo("-2."));
        Assert.That(Print([-7L], []), Is.EqualTo("-7"));
        Assert.That(Print([true], []), Is.EqualTo("true"));
        Assert.That(Print([1e-5], []), Is.EqualTo("1.0000e-05"));
    });

    [Test]
    public void A_vector_is_aligned_to_its_widest_element() => Assert.Multiple(() =>
    {
        Assert.That(Print(1L, 2, 3), Is.EqualTo("[1, 2, 3]"));
        Assert.That(Print(1L, -20, 300), Is.EqualTo("[  1, -20, 300]"));
        Assert.That(Print(true, false), Is.EqualTo("[ true, false]"));
        Assert.That(Print(1.5f, -2.25f, 10f), Is.EqualTo("[ 1.5000, -2.2500, 10.0000]"));
        Assert.That(Print(long.MinValue, long.MaxValue), Is.EqualTo("[-9223372036854775808,  9223372036854775807]"));
    });

    [Test]
    public void Whole_floats_keep_only_their_point() => Assert.Multiple(() =>
    {
        Assert.That(Print(1f, 2f, -30f), Is.EqualTo("[  1.,   2., -30.]"));
        Assert.That(Print(0.0, 0.0), Is.EqualTo("[0., 0.]"));
        Assert.That(Print(99_999_999.0), Is.EqualTo("[99999999.]"));
    });

    [Test]
    public void Mixed_magnitudes_are_scientific_from_a_ratio_above_1000() => Assert.Multiple(() =>
    {
        Assert.That(Print(1.5, 1500.0), Is.EqualTo("[   1.5000, 1500.0000]"));
        Assert.That(Print(1.5, 1501.0), Is.EqualTo("[1.5000e+00, 1.5010e+03]"));
        Assert.That(Print(1f, 1000f), Is.EqualTo("[   1., 1000.]"));
        Assert.That(Print(1f, -1001f), Is.EqualTo("[ 1.0000e+00, -1.0010e+03]"));
        Assert.That(Print(0.0, 1500.5), Is.EqualTo("[   0.0000, 1500.5000]"), "zero has no magnitude");
    });

    [Test]
    public void Very_large_and_very_small_values_are_scientific() => Assert.Multiple(() =>
    {
        Assert.That(Print(1e8), Is.EqualTo("[1.0000e+08]"));
        Assert.That(Print(1e-4), Is.EqualTo("[0.0001]"));
        Assert.That(Print(9.9e-5), Is.EqualTo("[9.9000e-05]"));
        Assert.That(Print(1.5e100, -2.25e-300), Is.EqualTo("[ 1.5000e+100, -2.2500e-300]"));
        Assert.That(Print(1e10, 1e100), Is.EqualTo("[ 1.0000e+10, 1.0000e+100]"));
        Assert.That(Print(float.MaxValue, float.Epsilon), Is.EqualTo("[3.4028e+38, 1.4013e-45]"));
        Assert.That(Print(double.Epsilon), Is.EqualTo("[4.9407e-324]"));
    });

    [Test]
    public void Values_that_are_not_finite_have_NumPy_names_and_do_not_choose_the_notation() => Assert.Multiple(() =>
    {
        Assert.That(Print(double.NaN, double.PositiveInfinity, double.NegativeInfinity), Is.EqualTo("[ nan,  inf, -inf]"));
        Assert.That(Print(1f, float.NaN, float.NegativeInfinity), Is.EqualTo("[  1.,  nan, -inf]"));
        Assert.That(Print(0.5f, float.NaN, float.PositiveInfinity), Is.EqualTo("[0.5000,    nan,    inf]"));
        Assert.That(Print(1e-9, double.NaN), Is.EqualTo("[1.0000e-09,        nan]"));
    });

    [Test]
    public void Negative_zero_keeps_its_sign() => Assert.Multiple(() =>
    {
        Assert.That(Print(-0.0, 0.0), Is.EqualTo("[-0.,  0.]"));
        Assert.That(Print(-0.0f, 0.5f), Is.EqualTo("[-0.0000,  0.5000]"));
        Assert.That(Print(-0.0, 1e9), Is.EqualTo("[-0.0000e+00,  1.0000e+09]"));
    });

    [Test]
    public void A_matrix_has_a_line_for_each_row() => Assert.Multiple(() =>
    {
        Assert.That(Print([1L, 20, -3, 4, 5, 6], [2, 3]), Is.EqualTo(Lines("[[ 1, 20, -3],", " [ 4,  5,  6]]")));
        Assert.That(Print([true, false, false, true], [2, 2]), Is.EqualTo(Lines("[[ true, false],", " [false,  true]]")));
        Assert.That(Print([0.5f, 1f], [2, 1]), Is.EqualTo(Lines("[[0.5000],", " [1.0000]]")));
    });

    [Test]
    public void Higher_ranks_are_separated_by_blank_lines() => Assert.Multiple(() =>
    {
        Assert.That(Print(Range(8), [2, 2, 2]), Is.EqualTo(Lines(
            "[[[0, 1],",
            "  [2, 3]],",
            "",
            " [[4, 5],",
            "  [6, 7]]]")));
        Assert.That(Print(Range(8), [2, 2, 1, 2]), Is.EqualTo(Lines(
            "[[[[0, 1]],",
            "",
            "  [[2, 3]]],",
            "",
            "",
            " [[[4, 5]],",
            "",
            "  [[6, 7]]]]")));
    });

    [Test]
    public void Empty_tensors_are_empty_brackets([Values("0", "2,0", "0,3", "1,0,70000,70000")] string sizes) =>
        Assert.That(Print<float>([], [.. sizes.Split(',').Select(int.Parse)]), Is.EqualTo("[]"));

    [Test]
    public void Above_the_threshold_every_dimension_is_summarised() => Assert.Multiple(() =>
    {
        Assert.That(Print(Range(1001)), Is.EqualTo("[   0,    1,    2, ...,  998,  999, 1000]"));
        Assert.That(Print(Range(1600), [40, 40]), Is.EqualTo(Lines(
            "[[   0,    1,    2, ...,   37,   38,   39],",
            " [  40,   41,   42, ...,   77,   78,   79],",
            " [  80,   81,   82, ...,  117,  118,  119],",
            " ...,",
            " [1480, 1481, 1482, ..., 1517, 1518, 1519],",
            " [1520, 1521, 1522, ..., 1557, 1558, 1559],",
            " [1560, 1561, 1562, ..., 1597, 1598, 1599]]")));
        Assert.That(Print(Range(18), [3, 2, 3], new() { Threshold = 17, EdgeItems = 1 }), Is.EqualTo(Lines(
            "[[[ 0, ...,  2],",
            "  [ 3, ...,  5]],",
            "",
            " ...,",
            "",
            " [[12, ..., 14],",
            "  [15, ..., 17]]]")));
    });

    [Test]
    public void Up_to_the_threshold_everything_is_printed() => Assert.Multiple(() =>
    {
        Assert.That(Print(Range(1000)).Split(','), Has.Length.EqualTo(1000));
        Assert.That(Print(Range(1001), [1001], new() { Threshold = int.MaxValue }).Split(','), Has.Length.EqualTo(1001));
    });

    [Test]
    public void Hidden_elements_do_not_choose_the_notation()
    {
        var values = new double[10];
        values[5] = 1e20;

        Assert.That(Print(values, [10], new() { Threshold = 5, EdgeItems = 2 }), Is.EqualTo("[0., 0., ..., 0., 0.]"));
    }

    [Test]
    public void No_edge_items_leave_the_gap() =>
        Assert.That(Print(Range(4), [2, 2], new() { Threshold = 0, EdgeItems = 0 }), Is.EqualTo("[...]"));

    [Test]
    public void A_long_row_is_continued_below_its_first_element() => Assert.Multiple(() =>
    {
        Assert.That(Print(Range(12), [12], new() { LineWidth = 17 }), Is.EqualTo(Lines(
            "[ 0,  1,  2,  3,",
            "  4,  5,  6,  7,",
            "  8,  9, 10, 11]")));
        Assert.That(Print(Range(10), [2, 5], new() { LineWidth = 11 }), Is.EqualTo(Lines(
            "[[0, 1, 2,",
            "  3, 4],",
            " [5, 6, 7,",
            "  8, 9]]")));
        Assert.That(Print(Range(3), [3], new() { LineWidth = 0 }), Is.EqualTo(Lines("[0,", " 1,", " 2]")));
    });

    [Test]
    public void A_line_may_fill_the_width_and_its_closing_brackets_count() => Assert.Multiple(() =>
    {
        Assert.That(Print(Range(4), [2, 2], new() { LineWidth = 8 }), Is.EqualTo(Lines("[[0, 1],", " [2, 3]]")));
        Assert.That(Print(Range(4), [2, 2], new() { LineWidth = 7 }), Is.EqualTo(Lines("[[0,", "  1],", " [2,", "  3]]")));
        Assert.That(Print(Range(30)).Split('\n').Max(line => line.Length), Is.EqualTo(100));
    });

    [Test]
    public void Precision_counts_the_decimals() => Assert.Multiple(() =>
    {
        Assert.That(Print([1.0 / 3], [], new() { Precision = 2 }), Is.EqualTo("0.33"));
        Assert.That(Print([3.75], [], new() { Precision = 0 }), Is.EqualTo("4."));
        Assert.That(Print([1e9 / 3], [], new() { Precision = 0 }), Is.EqualTo("3e+08"));
        Assert.That(Print([1e9 / 3], [], new() { Precision = 16 }), Is.EqualTo("3.3333333333333331e+08"));
    });

    [Test]
    public void A_strided_view_is_read_through_its_strides()
    {
        Assert.Multiple(() =>
        {
            Assert.That(TensorFormatter.Format<long>(Range(6), 0, [3, 2], [1, 3], default), Is.EqualTo(Lines("[[0, 3],", " [1, 4],", " [2, 5]]")));
            Assert.That(TensorFormatter.Format<long>(Range(6), 5, [3], [-2], default), Is.EqualTo("[5, 3, 1]"));
            Assert.That(
                TensorFormatter.Format<long>([7], 0, [int.MaxValue, int.MaxValue], [0, 0], new() { EdgeItems = 1 }),
                Is.EqualTo(Lines("[[7, ..., 7],", " ...,", " [7, ..., 7]]")));
        });
    }

    [Test]
    public void A_huge_tensor_prints_at_once()
    {
        var values = new float[10_000_000];
        values[^1] = 1;
        var fastest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.That(Print(values), Is.EqualTo("[0., 0., 0., ..., 0., 0., 1.]"));
            var elapsed = Stopwatch.GetElapsedTime(start);
            fastest = elapsed < fastest ? elapsed : fastest;
        }

        Assert.That(fastest, Is.LessThan(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    [SetCulture("de-DE")]
    public void The_culture_has_no_say()
    {
        Assume.That(1.5.ToString(CultureInfo.CurrentCulture), Is.EqualTo("1,5"), "this machine has the data of German");

        Assert.Multiple(() =>
        {
            Assert.That(Print(-1.5, 1234.5), Is.EqualTo("[  -1.5000, 1234.5000]"));
            Assert.That(Print(-1.5e9), Is.EqualTo("[-1.5000e+09]"));
        });
    }

    [Test]
    public void The_sign_of_the_culture_has_no_say()
    {
        var previous = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "~";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.That(Print(-1L, 2), Is.EqualTo("[-1,  2]"));
            Assert.That(Print(-1.5, 1e-9), Is.EqualTo("[-1.5000e+00,  1.0000e-09]"));
            Assert.That(Print(-1.5, 2), Is.EqualTo("[-1.5000,  2.0000]"));
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }

    [Test]
    public void Other_element_types_are_refused_by_name() =>
        Assert.That(() => Print('a', 'b'), Throws.TypeOf<NotSupportedException>().With.Message.Contains("System.Char"));
}
