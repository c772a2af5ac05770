using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Kernels;

/// <summary>
/// C = A B in blocks that stay in the caches (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008): a block of A is packed into the second-level cache,
/// and meets panels of B, of as many columns as a tile has, that stay in the first one meanwhile.
/// </summary>
/// <remarks>An element's bits depend on its row of A and its column of B alone: whatever the tile, the register and the path, its sum is one chain of multiply-adds for each block of the depth,
/// and these are added up in turn.</remarks>
internal static class BlockedProduct<TRegister, TVector, T>
    where TRegister : struct, IRegister<TVector, T>
    where TVector : struct
    where T : unmanaged, INumber<T>
{
    /// <summary>Bytes of a line of a block of B, and rows of a block of A: whole panels.</summary>
    private const int BlockBytes = 4096;
    private const int BlockRows = 144;

    /// <summary>Rows of A whose products take no more time than asking for the next panel is worth.</summary>
    private const int RowsBesidePrefetch = 36;

    /// <summary>Rows of a tile: as many as leave room for a line of B among the registers.</summary>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TRegister.HasMany ? 12 : 6;
    }

    /// <summary>Columns of a tile.</summary>
    public static int TileColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TRegister.Count;
    }

    private static int BlockColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BlockBytes / Unsafe.SizeOf<T>();
    }

    /// <summary>Elements of memory that <see cref="Multiply"/> wants: a block of A, a tile, a block of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WorkspaceLength(int rows, int columns, int depth) => (depth * Highest(rows)) + (TileRows * TileColumns) + (depth * (MeetsOneBlock(rows) ? TileColumns : Widest(columns)));

    /// <summary>C ← A B, or C + A B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Matrix<T> a, in Matrix<T> b, in Matrix<T> c, bool add, ref T workspace)
    {
        int rows = c.Rows.Count, columns = c.Columns.Count, k = a.Columns.Count;
        var depth = MatrixProduct.ChainLength(k);
        var blockColumns = BlockColumns;
        ref var panels = ref workspace;
        ref var edge = ref Unsafe.Add(ref panels, depth * Highest(rows));
        ref var packed = ref Unsafe.Add(ref edge, TileRows * TileColumns);
        var direct = !c.Rows.IsTable && c.Columns.IsContiguous;
        for (var column = 0; column < columns; column += blockColumns)
        {
            var across = Math.Min(blockColumns, columns - column);
            var inPlace = MeetsOneBlock(rows) ? PanelsInPlace(b.Columns, column, across) : 0;
            for (var start = 0; start < k; start += depth)
            {
                var terms = Math.Min(depth, k - start);
                if (!MeetsOneBlock(rows))
                {
                    for (var j = 0; j < across; j += TileColumns)
                    {
                        PackPanel(b, column + j, Math.Min(TileColumns, across - j), start, terms, IsInPlace(inPlace, j), ref Unsafe.Add(ref packed, (nint)j * terms));
                    }
                }

                for (var block = 0; block < rows; block += BlockRows)
                {
                    var end = Math.Min(block + BlockRows, rows);
                    for (var row = block; row < end; row += TileRows)
                    {
                        var height = Math.Min(TileRows, end - row);
                        Packing.Pack(a, row, height, PanelHeight(height), start, terms, ref Unsafe.Add(ref panels, (nint)(row - block) * terms));
                    }

                    for (var j = 0; j < across; j += TileColumns)
                    {
                        var width = Math.Min(TileColumns, across - j);
                        var (isWhole, stays) = (IsWhole(width), IsInPlace(inPlace, j));
                        ref var columnPanel = ref Unsafe.Add(ref packed, MeetsOneBlock(rows) ? 0 : (nint)j * terms);
                        if (MeetsOneBlock(rows))
                        {
                            // Used at once, and never again: while it is in the first-level cache.
                            PackPanel(b, column + j, width, start, terms, stays, ref columnPanel);
                        }

                        for (var row = block; row < end; row += TileRows)
                        {
                            var height = Math.Min(TileRows, end - row);
                            var packedHeight = PanelHeight(height);
                            if (MeetsOneBlock(rows) && rows > RowsBesidePrefetch && j + (2 * TileColumns) <= across)
                            {
                                // The next panel comes while this one is multiplied.
                                Prefetch.Panel(b, column + j + TileColumns, TileColumns, start, terms, row / TileRows, (rows + TileRows - 1) / TileRows);
                            }

                            ref var panel = ref Unsafe.Add(ref panels, (nint)(row - block) * terms);
                            ref var to = ref direct && isWhole ? ref c.At(row, column + j) : ref edge;
                            nint pitch = direct && isWhole ? c.Rows.Stride : TileColumns;
                            var adds = direct && isWhole && (add || start > 0);
                            if (stays && b.Rows.IsTable)
                            {
                                ref var lines = ref Unsafe.Add(ref MemoryMarshal.GetReference(b.Rows.Table), start);
                                MultiplyTile<Listed>(packedHeight, width, ref panel, ref b.Column(column + j), 0, ref lines, terms, ref to, pitch, height, adds);
                            }
                            else
                            {
                                ref var line = ref stays ? ref b.At(start, column + j) : ref columnPanel;
                                MultiplyTile<Spaced>(packedHeight, width, ref panel, ref line, stays ? b.Rows.Stride : PanelWidth(width), ref Unsafe.NullRef<int>(), terms, ref to, pitch, height, adds);
                            }

                            if (!(direct && isWhole))
                            {
                                Scatter(ref edge, c, row, height, column + j, width, add || start > 0);
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>Whether all of A is one block, so that each panel of B is used once: read where it lies, if that is possible. More rows would meet the conflicts in the cache
    /// that lines at powers of two have, and pay for a copy of all panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MeetsOneBlock(int rows) => rows <= BlockRows;

    /// <summary>Rows of the packed panels of a block of A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Highest(int rows) => (Math.Min(rows, BlockRows) + TileRows - 1) / TileRows * TileRows;

    /// <summary>Columns of the packed panels of a block of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Widest(int columns) => (Math.Min(columns, BlockColumns) + TileColumns - 1) / TileColumns * TileColumns;

    /// <summary>Copies a panel of B, unless it is read in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackPanel(in Matrix<T> b, int column, int width, int start, int terms, bool inPlace, ref T packed)
    {
        if (!inPlace)
        {
            Packing.Pack(b.Transposed, column, width, PanelWidth(width), start, terms, ref packed);
        }
    }

    /// <summary>The panels of a block of B, a bit for each, that are read where they lie: whole ones whose columns are contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong PanelsInPlace(Axis columns, int column, int across)
    {
        var panels = 0UL;
        for (int j = 0, bit = 0; j < across && bit < 64; j += TileColumns, bit++)
        {
            var width = Math.Min(TileColumns, across - j);
            if (IsWhole(width) && (columns.IsContiguous || columns.Run(column + j, width) == width))
            {
                panels |= 1UL << bit;
            }
        }

        return panels;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsInPlace(ulong panels, int column)
    {
        var bit = column / TileColumns;
        return bit < 64 && ((panels >> bit) & 1) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWhole(int width) => width == TileColumns || width == TRegister.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PanelWidth(int width) => width > TRegister.Count ? TileColumns : TRegister.Count;

    /// <summary>The rows that a panel of A is padded to: those of the next greater tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PanelHeight(int rows) => rows > 8 ? 12 : rows > 6 ? 8 : rows > 4 ? 6 : rows > 1 ? 4 : 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile<TLines>(int panelHeight, int width, ref T a, ref T b, nint step, ref int lines, int depth, ref T c, nint pitch, int rows, bool add)
        where TLines : struct, ILines
    {
        if (width > TRegister.Count)
        {
            MultiplyTile<Two, TLines>(panelHeight, ref a, ref b, step, ref lines, depth, ref c, pitch, rows, add);
        }
        else
        {
            MultiplyTile<One, TLines>(panelHeight, ref a, ref b, step, ref lines, depth, ref c, pitch, rows, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTile<TVectors, TLines>(int panelHeight, ref T a, ref T b, nint step, ref int lines, int depth, ref T c, nint pitch, int rows, bool add)
        where TVectors : struct, ISize
        where TLines : struct, ILines
    {
        switch (panelHeight)
        {
            case 12:
                Tile<TRegister, TVector, T, Twelve, TVectors>.Multiply<TLines>(ref a, ref b, step, ref lines, depth, ref c, pitch, rows, add);
                break;
            case 8:
                Tile<TRegister, TVector, T, Eight, TVectors>.Multiply<TLines>(ref a, ref b, step, ref lines, depth, ref c, pitch, rows, add);
                break;
            case 6:
                Tile<TRegister, TVector, T, Six, TVectors>.Multiply<TLines>(ref a, ref b, step, ref lines, depth, ref c, pitch, rows, add);
                break;
            case 4:
                Tile<TRegister, TVector, T, Four, TVectors>.Multiply<TLines>(ref a, ref b, step, ref lines, depth, ref c, pitch, rows, add);
                break;
            default:
                Tile<TRegister, TVector, T, One, TVectors>.Multiply<TLines>(ref a, ref b, step, ref lines, depth, ref c, pitch, rows, add);
                break;
        }
    }

    /// <summary>Moves a tile that is not whole, or whose columns are not contiguous in C, to its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ref T tile, in Matrix<T> c, int row, int rows, int column, int columns, bool add)
    {
        for (var j = 0; j < columns;)
        {
            var run = c.Columns.Run(column + j, columns - j);
            for (var i = 0; i < rows; i++)
            {
                Move(ref Unsafe.Add(ref tile, (i * TileColumns) + j), ref c.At(row + i, column + j), run, add);
            }

            j += run;
        }
    }
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(ref T from, ref T to, nint count, bool add)
    {
        nint i = 0;
        for (; i + Vector128<T>.Count <= count; i += Vector128<T>.Count)
        {
            var sum = Vector128.LoadUnsafe(ref from, (nuint)i);
            (add ? Vector128.LoadUnsafe(ref to, (nuint)i) + sum : sum).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < count; i++)
        {
            ref var place = ref Unsafe.Add(ref to, i);
            place = add ? place + Unsafe.Add(ref from, i) : Unsafe.Add(ref from, i);
        }
    }
}
