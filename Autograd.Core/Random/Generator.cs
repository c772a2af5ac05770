using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Autograd;

/// <summary>
/// A source of random numbers: seeded, splittable and counter-based. The same seed and the same sequence of requests give the
/// same bits on every platform and for every number of threads.
/// </summary>
/// <remarks>
/// <para>
/// Numbers come from Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011), keyed by the seed. A
/// request for n elements reserves a range of the counter at once and computes element i from (key, start of the range, i), so
/// element i does not depend on n, and a float32 request draws the same numbers as a float64 request, to its precision.
/// </para>
/// <para>
/// Every member is safe to use from any thread. Concurrent requests get disjoint ranges; which one gets which depends on their
/// order in time, so code that must be reproducible gives each of its concurrent tasks a generator of its own, by
/// <see cref="Split()"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// Generator.Seed(0);                                  // whatever this flow draws from now on is reproducible
/// var forData = Generator.Default.Split();            // independent of what else is drawn
/// </code>
/// </example>
public sealed partial class Generator
{
    private static Generator ofTheProcess = new(EntropySeed());
    private static readonly AsyncLocal<Generator?> ambient = new();

    private readonly ulong key;
    private ulong counter;

    /// <summary>A generator at the start of the stream of <paramref name="seed"/>.</summary>
    /// <param name="seed">Any number. Different seeds give independent streams, neighbouring ones too.</param>
    public Generator(ulong seed)
        : this(new GeneratorState(seed, 0))
    {
    }

    private Generator(GeneratorState state) => (key, counter) = (state.Key, state.Counter);

    /// <summary>
    /// The generator that is used where none is given: the one set in the current flow, by this property or by
    /// <see cref="Seed"/>, else one for the whole process, which <see cref="Seed"/> seeds, too; before that it comes from the
    /// operating system's entropy.
    /// </summary>
    /// <remarks>
    /// A value set is local to the flow of control (<see cref="AsyncLocal{T}"/>). Tasks and threads started afterwards inherit
    /// <em>the same instance</em>, so they share its counter with their parent; what they set themselves is not seen outside.
    /// In the same way, a value set in an <c>async</c> method is gone once the method has returned to its caller. The cells of a
    /// notebook are such methods: what comes after a cell with <see cref="Seed"/> draws from the generator of the process.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The value set is null.</exception>
    public static Generator Default
    {
        get => ambient.Value ?? Volatile.Read(ref ofTheProcess);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ambient.Value = value;
        }
    }

    /// <summary>Where this generator stands: <see cref="FromState"/> replays from here.</summary>
    public GeneratorState State => new(key, Volatile.Read(ref counter));

    /// <summary>
    /// Makes a new generator of <paramref name="seed"/> the <see cref="Default"/> of the current flow, and a child of it that of
    /// all flows in which none is set: code that runs later outside of this flow, such as the next cell of a notebook, is
    /// reproducible, too, and cannot disturb this flow.
    /// </summary>
    /// <inheritdoc cref="Generator(ulong)" path="/param"/>
    public static void Seed(ulong seed)
    {
        Default = new Generator(seed);
        Volatile.Write(ref ofTheProcess, new Generator(seed).Split());
    }

    /// <summary>A generator that draws what the one of <paramref name="state"/> drew, or would have drawn, from then on.</summary>
    /// <param name="state">A value of <see cref="State"/>.</param>
    public static Generator FromState(GeneratorState state) => new(state);

    /// <summary>
    /// A new generator whose numbers are independent of this one's and of those of its other children. This generator moves on
    /// by one block, so that every call gives another child.
    /// </summary>
    /// <remarks>
    /// The child's key is 64 bits of Philox at the reserved block, with a counter that no draw uses. Among m generators made by
    /// splitting, two share a key, hence their numbers, with probability about m²/2⁶⁵: 3·10⁻⁸ for a million.
    /// </remarks>
    public Generator Split() => new(TakeBlocks(1).ChildKey(0));

    /// <summary>As many children as <paramref name="count"/> calls of <see cref="Split()"/> give, and the same ones.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Generator[] Split(int count)
    {
        if (count < 0)
            throw new ArgumentOutOfRangeException(nameof(count), count, "Generator.Split: the number of children must be at least 0.");
        var sequence = TakeBlocks((ulong)count);
        var children = new Generator[count];
        for (var i = 0; i < count; i++)
            children[i] = new Generator(sequence.ChildKey(i));
        return children;
    }

    /// <summary>Takes the next <paramref name="blocks"/> blocks of the stream for the caller alone.</summary>
    private DrawSequence TakeBlocks(ulong blocks) => new(key, Interlocked.Add(ref counter, blocks) - blocks);

    private static ulong EntropySeed()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
