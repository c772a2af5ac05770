// Written by fit/polynomials.py; change that, not this.
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>Polynomials of the vector functions by Horner's rule, with coefficients per element type.</summary>
internal static class Polynomials
{
    /// <summary>(eʳ − 1 − r)/r² over |r| ≤ ½ ln 2; relative error 9.1e-09 (float), 4.8e-18 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpRemainder<T>(Vector512<T> argument)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var x = argument.As<T, float>();
            var p = Vector512.Create(0.00019890988f);
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.0013933647f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.0083333105f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.041666467f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.16666667f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.5f));
            return p.As<float, T>();
        }

        var z = argument.As<T, double>();
        var q = Vector512.Create(2.0914685161418067e-09);
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.5105214474751413e-08));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.7557273647451087e-07));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.7557255406285044e-06));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.480158732554432e-05));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.00019841269874815834));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.001388888888888375));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.008333333333326136));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.04166666666666667));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.1666666666666667));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.5));
        return q.As<double, T>();
    }

    /// <summary>R(z)/z, where log(1 + f) = 2s + s·R(s²) and s = f/(2 + f), over √½ ≤ 1 + f ≤ √2; relative error 3.3e-08 (float), 5.6e-17 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LogRemainder<T>(Vector512<T> argument)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var x = argument.As<T, float>();
            var p = Vector512.Create(0.23330574f);
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.28550816f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.40000123f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.6666667f));
            return p.As<float, T>();
        }

        var z = argument.As<T, double>();
        var q = Vector512.Create(0.1308675766695207);
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.13268760562036724));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.15386240172447838));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.18181795631498243));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.22222222391794727));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.28571428570803253));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.4000000000000088));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.6666666666666666));
        return q.As<double, T>();
    }

    /// <summary>(eʳ − 1 − r)/r² over |r| ≤ ½ ln 2; relative error 5.6e-11.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpRemainderForPowers(Vector512<double> z)
    {
        var q = Vector512.Create(2.485958707110813e-05);
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.00019899282811157944));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.0013888854038986412));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.008333298473121765));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.041666666719004784));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.16666666719021456));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.5));
        return q;
    }

    /// <summary>R(z)/z, as LogRemainder; relative error 1.1e-11.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LogRemainderForPowers(Vector512<double> z)
    {
        var q = Vector512.Create(0.19362768670384808);
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.22191394913518414));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.28571754629111484));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.3999999879688111));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.6666666666737543));
        return q;
    }

    /// <summary>(sin r/r − 1)/r² in r² over |r| ≤ π/4 and a little more; relative error 3.0e-08 (float), 5.7e-17 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SineRemainder<T>(Vector512<T> argument)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var x = argument.As<T, float>();
            var p = Vector512.Create(2.72335e-06f);
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.00019839956f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.008333332f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.16666667f));
            return p.As<float, T>();
        }

        var z = argument.As<T, double>();
        var q = Vector512.Create(2.7901619780126827e-15);
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-7.646939071626828e-13));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(1.6059042601912753e-10));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-2.5052108381680355e-08));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.7557319223979667e-06));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.00019841269841269836));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.008333333333333333));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.16666666666666666));
        return q.As<double, T>();
    }

    /// <summary>(cos r − 1 + r²/2)/r⁴ in r² over |r| ≤ π/4 and a little more; relative error 6.0e-08 (float), 5.6e-17 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> CosineRemainder<T>(Vector512<T> argument)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var x = argument.As<T, float>();
            var p = Vector512.Create(2.4534387e-05f);
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.0013888238f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.041666664f));
            return p.As<float, T>();
        }

        var z = argument.As<T, double>();
        var q = Vector512.Create(4.744072492718607e-14);
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-1.1470429542217026e-11));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.087675558796307e-09));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-2.755731922080211e-07));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.4801587301583852e-05));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.0013888888888888887));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.041666666666666664));
        return q.As<double, T>();
    }

    /// <summary>erf(x)/x in x² over |x| ≤ 1; relative error 6.6e-08 (float), 1.6e-17 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ErfOverX<T>(Vector512<T> argument)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var x = argument.As<T, float>();
            var p = Vector512.Create(7.875875e-05f);
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.00080168643f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.0051890872f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.026854211f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.11283594f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.37612626f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(1.1283791f));
            return p.As<float, T>();
        }

        var z = argument.As<T, double>();
        var q = Vector512.Create(5.957176147748911e-11);
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-1.1372848856791674e-09));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(1.4659775274047436e-08));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-1.6350312701054695e-07));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(1.6461000484121368e-06));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-1.4925595266831182e-05));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.0001205533111164271));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.000854832698083379));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.0052239776248180145));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.026866170645076792));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.11283791670954879));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.3761263890318375));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(1.1283791670955126));
        return q.As<double, T>();
    }

    /// <summary>(1 + 2x)·eˣ²·erfc x in (x − 3.5)/(x + 3.5) over x ≥ 0; relative error 3.1e-08 (float), 3.1e-17 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ScaledErfc<T>(Vector512<T> argument)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var x = argument.As<T, float>();
            var p = Vector512.Create(-6.599515e-05f);
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.00044867652f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.00035909365f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.0040893597f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.01912751f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.048887398f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.0879767f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.11507472f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(0.09751964f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.010556866f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(-0.1400092f));
            p = Vector512.FusedMultiplyAdd(p, x, Vector512.Create(1.2423493f));
            return p.As<float, T>();
        }

        var z = argument.As<T, double>();
        var q = Vector512.Create(-1.2155186967957759e-09);
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(5.811094619015437e-11));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(1.39115923112968e-08));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(6.778448793564795e-10));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-9.711971328975727e-08));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-8.641744973204814e-09));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(6.025096057081062e-07));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-4.3051702801470573e-08));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-3.814933907984698e-06));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.3272968965569266e-06));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(2.4260839884956625e-05));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-4.2781721628905614e-05));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.00012151232760165049));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.0005643842605299897));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.00030226790250868746));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.004215019878405747));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.019099330945601945));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.0488233258310565));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.08798315382467885));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.11508959816001958));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(0.09751909515326224));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.010555596332221952));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(-0.14000918013761943));
        q = Vector512.FusedMultiplyAdd(q, z, Vector512.Create(1.2423492448711544));
        return q.As<double, T>();
    }

    /// <summary>erf(x)/x at x = k/4 + t, |t| ≤ ⅛, for the lowest four bits k of the piece: what is to be added to the value in the middle; relative error of the sum 3.2e-09.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ErfOverXInPieces(Vector512<float> t, Vector512<int> piece, out Vector512<float> middle)
    {
        var p = Lanes.LookUp(Vector512.Create(-1.1117568e-18f, -0.035724226f, -0.049821712f, -0.03770699f, -0.012530956f, 0.008523402f, 0.01700987f, 0.01499097f, 0.008870467f, 0.0034908038f, 0.00044548314f, -0.00070582377f, -0.0008791719f, -0.0007180477f, -0.00051432056f, -0.00035399667f), piece);
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(0.112210386f, 0.08860641f, 0.03235984f, -0.024532042f, -0.056299213f, -0.057749946f, -0.04049155f, -0.019751469f, -0.0047310553f, 0.002787505f, 0.00501625f, 0.0047119358f, 0.0036632225f, 0.0026514472f, 0.0018836085f, 0.0013462424f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(1.7377795e-20f, 0.10472054f, 0.16689876f, 0.16934088f, 0.12588364f, 0.066325165f, 0.016191784f, -0.013678121f, -0.025179349f, -0.025504746f, -0.021238923f, -0.016238274f, -0.012030813f, -0.008893154f, -0.0066501293f, -0.00505441f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(-0.3761227f, -0.33534873f, -0.22991388f, -0.10021939f, 0.012483459f, 0.084628835f, 0.114464976f, 0.11409482f, 0.098582126f, 0.079110324f, 0.061447322f, 0.047415555f, 0.036881488f, 0.029098535f, 0.023317741f, 0.018962005f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(-5.094373e-23f, -0.18116572f, -0.32443434f, -0.40703526f, -0.4275933f, -0.4014392f, -0.35009322f, -0.29202136f, -0.23849708f, -0.19406757f, -0.15906358f, -0.1320049f, -0.111062236f, -0.09466517f, -0.08163105f, -0.07111087f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(5.7385762e-08f, 6.0055005e-09f, -1.4534875e-08f, 1.567196e-08f, 1.5542046e-08f, -8.417339e-09f, 8.966514e-09f, 8.075688e-09f, -1.153099e-08f, 7.950862e-09f, -6.6369528e-09f, -3.4165137e-09f, -1.2253994e-08f, 5.7265344e-09f, 1.3347177e-08f, -1.4422064e-08f), piece));
        middle = Lanes.LookUp(Vector512.Create(1.1283791f, 1.1053056f, 1.0409998f, 0.9482075f, 0.8427008f, 0.7383201f, 0.6440701f, 0.5638124f, 0.49766114f, 0.44379434f, 0.39983723f, 0.36359978f, 0.33332598f, 0.30769098f, 0.28571406f, 0.26666665f), piece);
        return p;
    }

    /// <summary>tanh(x)/x at x = k·9/16 + t, |t| ≤ 9/32, for the lowest four bits k of the piece: what is to be added to the value in the middle; relative error of the sum 2.8e-08.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TanhOverXInPieces(Vector512<float> t, Vector512<int> piece, out Vector512<float> middle)
    {
        var p = Lanes.LookUp(Vector512.Create(-0.051058084f, 0.024540024f, 0.004835858f, -0.0031162289f, -0.000990604f, -0.00014779091f, 1.170821e-05f, 2.3858272e-05f, 1.5768304e-05f, 8.88836e-06f, 4.8535576e-06f, 2.6739312e-06f, 1.5099985e-06f, 8.7923286e-07f, 5.285189e-07f, 3.276245e-07f), piece);
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(5.433742e-20f, -0.050886028f, 0.012657989f, 0.0083187185f, 0.00151323f, -8.442176e-05f, -0.00023373819f, -0.00016048909f, -9.293478e-05f, -5.2171792e-05f, -2.9634633e-05f, -1.7302924e-05f, -1.0438614e-05f, -6.5093e-06f, -4.18803e-06f, -2.7727544e-06f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(0.1332196f, -0.014352889f, -0.047205914f, -0.011158385f, 0.0007059368f, 0.0019796605f, 0.0013955666f, 0.000831455f, 0.00048244116f, 0.00028451186f, 0.00017304909f, 0.000108973414f, 7.099246e-05f, 4.771807e-05f, 3.2985663e-05f, 2.3375114e-05f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(-6.4793e-21f, 0.16153328f, 0.056392323f, -0.0057164677f, -0.013911497f, -0.010104029f, -0.006242078f, -0.003777592f, -0.0023351987f, -0.0014937246f, -0.0009907397f, -0.0006799028f, -0.0004810269f, -0.0003495318f, -0.00025995474f, -0.00019729006f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(-0.3333322f, -0.14521515f, 0.04757192f, 0.07857776f, 0.05838345f, 0.037759572f, 0.024160013f, 0.015884897f, 0.010837214f, 0.007668825f, 0.005607616f, 0.0042181723f, 0.0032505952f, 0.0025571429f, 0.0020475318f, 0.0016647618f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(1.0372804e-22f, -0.29562798f, -0.33275318f, -0.2520974f, -0.17387258f, -0.12041861f, -0.08620168f, -0.06406499f, -0.04926086f, -0.03898366f, -0.031594865f, -0.026116833f, -0.021947002f, -0.018700887f, -0.016124891f, -0.014046616f), piece));
        p = Vector512.FusedMultiplyAdd(p, t, Lanes.LookUp(Vector512.Create(-2.118549e-39f, 1.6438243e-08f, 1.927516e-08f, -1.4110751e-08f, -1.309676e-08f, 4.036525e-10f, 7.679514e-09f, 6.9699775e-09f, -7.4162627e-09f, -4.0700296e-09f, 5.1995634e-09f, 6.101082e-09f, -4.98198e-09f, 5.627688e-09f, 6.7326045e-10f, -1.5720146e-09f), piece));
        middle = Lanes.LookUp(Vector512.Create(1f, 0.9063644f, 0.7193787f, 0.5533796f, 0.4346783f, 0.3530001f, 0.29560325f, 0.25377524f, 0.22216739f, 0.19751504f, 0.17777315f, 0.16161479f, 0.14814775f, 0.13675201f, 0.12698409f, 0.11851851f), piece);
        return p;
    }
}
