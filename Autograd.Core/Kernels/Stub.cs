namespace Autograd.Kernels;
internal static class Comparison {
 public static void Equal<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y) where T:unmanaged,INumber<T> { for(int i=0;i<a.Length;i++) y[i]=a[i]==b[i]; }
 public static void NotEqual<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y) where T:unmanaged,INumber<T> { for(int i=0;i<a.Length;i++) y[i]=a[i]!=b[i]; }
 public static void Less<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y) where T:unmanaged,INumber<T> { for(int i=0;i<a.Length;i++) y[i]=a[i]<b[i]; }
 public static void LessOrEqual<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y) where T:unmanaged,INumber<T> { for(int i=0;i<a.Length;i++) y[i]=a[i]<=b[i]; }
 public static void Greater<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y) where T:unmanaged,INumber<T> { for(int i=0;i<a.Length;i++) y[i]=a[i]>b[i]; }
 public static void GreaterOrEqual<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y) where T:unmanaged,INumber<T> { for(int i=0;i<a.Length;i++) y[i]=a[i]>=b[i]; }
}
internal static class Selection { public static void Select<T>(ReadOnlySpan<bool> c, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T:unmanaged { for(int i=0;i<a.Length;i++) y[i]=c[i]?a[i]:b[i]; } }
internal static class VectorMath {
 public static void Sign<T>(ReadOnlySpan<T> x, Span<T> y) where T:unmanaged,INumber<T> { for(int i=0;i<x.Length;i++) y[i]=x[i]>T.Zero?T.One:x[i]<T.Zero?-T.One:x[i]; }
 public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> y) where T:unmanaged,IBinaryFloatingPointIeee754<T> { for(int i=0;i<x.Length;i++) y[i]=T.Tanh(x[i]); }
 public static void Sigmoid<T>(ReadOnlySpan<T> x, Span<T> y) where T:unmanaged,IBinaryFloatingPointIeee754<T> { for(int i=0;i<x.Length;i++) y[i]=T.One/(T.One+T.Exp(-x[i])); }
 public static void Softplus<T>(ReadOnlySpan<T> x, Span<T> y) where T:unmanaged,IBinaryFloatingPointIeee754<T> { for(int i=0;i<x.Length;i++) y[i]=T.Max(x[i],T.Zero)+T.LogP1(T.Exp(-T.Abs(x[i]))); }
 public static void ReciprocalSqrt<T>(ReadOnlySpan<T> x, Span<T> y) where T:unmanaged,IBinaryFloatingPointIeee754<T> { for(int i=0;i<x.Length;i++) y[i]=T.One/T.Sqrt(x[i]); }
 static double E(double x){ double s=0,t=x; for(int n=0;n<400;n++){ s+=t; t*=2*x*x/(2*n+3); } return Math.Abs(x)>6?Math.Sign(x):2/Math.Sqrt(Math.PI)*Math.Exp(-x*x)*s; }
 public static void Erf<T>(ReadOnlySpan<T> x, Span<T> y) where T:unmanaged,IBinaryFloatingPointIeee754<T> { for(int i=0;i<x.Length;i++) y[i]=T.CreateTruncating(E(double.CreateTruncating(x[i]))); }
 public static void Erfc<T>(ReadOnlySpan<T> x, Span<T> y) where T:unmanaged,IBinaryFloatingPointIeee754<T> { for(int i=0;i<x.Length;i++) y[i]=T.CreateTruncating(1-E(double.CreateTruncating(x[i]))); }
}
