
namespace Autograd.Tests.RandomNumbers;

/// <summary>
/// The first elements of seed 0 as bits: a seed must mean the same numbers in every version and on every platform. The draws,
/// uniforms and integers were computed by a second implementation in Python, the exact normals by mpmath with 50 digits;
/// whoever has to change one of them breaks the reproducibility of everybody's results.
/// </summary>
public class GoldenStreamTests
{
    private const int Count = 8;

    private static readonly ulong[] uniforms64 =
    [
        0x3FEC2D38B1ACC4FD, 0x3FE3601B7B178AF5, 0x3FD72C8036FE3932, 0x3FA2FDFECF634AE0,
        0x3FD471CCA9813EA8, 0x3FD1644D79090544, 0x3FDA911D29B2643A, 0x3FDB504F8126B244,
    ];

    private static readonly uint[] uniforms32 =
        [0x3F6169C5, 0x3F1B00DB, 0x3EB96400, 0x3D17EFF0, 0x3EA38E64, 0x3E8B226A, 0x3ED488E8, 0x3EDA827C];

    private static readonly long[] integersBelow1000 = [880, 605, 362, 37, 319, 271, 415, 426];

    private static readonly ulong[] exactNormals64 =
    [
        0xBFD3769E1EC4CF53, 0xBFF403C492118E20, 0x3FD69580971EEEE7, 0x3FFC913544CDBA38,
        0x3FDE082DB6BB154A, 0x3FE370F3670D2175, 0x3FCB7257E8970AF9, 0x3FC7A0861399D25A,
    ];

    private static readonly ulong[] normals64 =
    [
        0xBFD3769E1EC4CF53, 0xBFF403C492118E20, 0x3FD69580971EEEE9, 0x3FFC913544CDBA37,
        0x3FDE082DB6BB1549, 0x3FE370F3670D2176, 0x3FCB7257E8970AF7, 0x3FC7A0861399D259,
    ];

    private static readonly uint[] normals32 =
        [0xBE9BB4F1, 0xBFA01E25, 0x3EB4AC05, 0x3FE489AA, 0x3EF0416E, 0x3F1B879B, 0x3E5B92BF, 0x3E3D0431];

    [Test]
    public void Uniforms_of_float64()
        => Assert.That(Filled<double>((generator, values) => generator.FillUniform(values)).Select(BitConverter.DoubleToUInt64Bits), Is.EqualTo(uniforms64));

    [Test]
    public void Uniforms_of_float32()
        => Assert.That(Filled<float>((generator, values) => generator.FillUniform(values)).Select(BitConverter.SingleToUInt32Bits), Is.EqualTo(uniforms32));

    [Test]
    public void Integers()
        => Assert.That(Filled<long>((generator, values) => generator.FillIntegers(values, 0, 1000)), Is.EqualTo(integersBelow1000));

    [Test]
    public void Normals_of_float64()
    {
        var bits = Filled<double>((generator, values) => generator.FillNormal(values)).Select(BitConverter.DoubleToUInt64Bits);
        Assert.That(bits, Is.EqualTo(normals64));
        Assert.That(normals64.Zip(exactNormals64, (ours, exact) => Math.Abs((long)ours - (long)exact)), Is.All.LessThanOrEqualTo(2), "units in the last place");
    }

    [Test]
    public void Normals_of_float32()
        => Assert.That(Filled<float>((generator, values) => generator.FillNormal(values)).Select(BitConverter.SingleToUInt32Bits), Is.EqualTo(normals32));

    [Test]
    public void Key_of_the_first_child() => Assert.That(new Generator(0).Split().State.Key, Is.EqualTo(0x836AD205DDB3D022));

    private static T[] Filled<T>(Action<Generator, Span<T>> fill)
    {
        var values = new T[Count];
        fill(new Generator(0), values);
        return values;
    }
}
