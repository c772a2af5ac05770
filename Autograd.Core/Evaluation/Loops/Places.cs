using System.Runtime.CompilerServices;

namespace Autograd.Evaluation;

/// <summary>Where the operands and results of a compiled loop begin. References instead of pointers: the garbage collector may move what is not pinned.</summary>
internal ref struct Places
{
    /// <summary>The most that a loop has.</summary>
    public const int Most = 24;

    public ref byte P0;
    public ref byte P1;
    public ref byte P2;
    public ref byte P3;
    public ref byte P4;
    public ref byte P5;
    public ref byte P6;
    public ref byte P7;
    public ref byte P8;
    public ref byte P9;
    public ref byte P10;
    public ref byte P11;
    public ref byte P12;
    public ref byte P13;
    public ref byte P14;
    public ref byte P15;
    public ref byte P16;
    public ref byte P17;
    public ref byte P18;
    public ref byte P19;
    public ref byte P20;
    public ref byte P21;
    public ref byte P22;
    public ref byte P23;

    /// <summary>Sets place <paramref name="index"/>, of memory that lives as long as this is used.</summary>
    public void Set(int index, scoped ref byte place)
    {
        ref var begin = ref Unsafe.AsRef(in place);
        switch (index)
        {
            case 0: P0 = ref begin; break;
            case 1: P1 = ref begin; break;
            case 2: P2 = ref begin; break;
            case 3: P3 = ref begin; break;
            case 4: P4 = ref begin; break;
            case 5: P5 = ref begin; break;
            case 6: P6 = ref begin; break;
            case 7: P7 = ref begin; break;
            case 8: P8 = ref begin; break;
            case 9: P9 = ref begin; break;
            case 10: P10 = ref begin; break;
            case 11: P11 = ref begin; break;
            case 12: P12 = ref begin; break;
            case 13: P13 = ref begin; break;
            case 14: P14 = ref begin; break;
            case 15: P15 = ref begin; break;
            case 16: P16 = ref begin; break;
            case 17: P17 = ref begin; break;
            case 18: P18 = ref begin; break;
            case 19: P19 = ref begin; break;
            case 20: P20 = ref begin; break;
            case 21: P21 = ref begin; break;
            case 22: P22 = ref begin; break;
            default: P23 = ref begin; break;
        }
    }

    /// <summary>Place <paramref name="index"/>.</summary>
    public readonly ref byte Get(int index)
    {
        switch (index)
        {
            case 0: return ref P0;
            case 1: return ref P1;
            case 2: return ref P2;
            case 3: return ref P3;
            case 4: return ref P4;
            case 5: return ref P5;
            case 6: return ref P6;
            case 7: return ref P7;
            case 8: return ref P8;
            case 9: return ref P9;
            case 10: return ref P10;
            case 11: return ref P11;
            case 12: return ref P12;
            case 13: return ref P13;
            case 14: return ref P14;
            case 15: return ref P15;
            case 16: return ref P16;
            case 17: return ref P17;
            case 18: return ref P18;
            case 19: return ref P19;
            case 20: return ref P20;
            case 21: return ref P21;
            case 22: return ref P22;
            default: return ref P23;
        }
    }
}
