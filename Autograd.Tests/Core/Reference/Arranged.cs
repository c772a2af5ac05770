using Autograd.Evaluation;

namespace Autograd.Tests.Core;

/// <summary>Tensors whose elements lie scattered in their storage, made without any operation of the library.</summary>
internal static class Arranged
{
    /// <summary>The values in row-major order of the tensor, in a storage with dimensions in any order, some running backwards, with gaps and an offset.</summary>
    public static Tensor Somehow<T>(T[] values, int[] sizes, Random random)
        where T : unmanaged
    {
        var order = Enumerable.Range(0, sizes.Length).ToArray();
        random.Shuffle(order);
        var (strides, step, offset) = (new int[sizes.Length], random.Next(1, 3), random.Next(0, 4));
        foreach (var d in order)
        {
            strides[d] = step;
            step *= Math.Max(1, sizes[d]);
            step += random.Next(0, 2);
            if (random.Next(3) == 0)
            {
                offset += strides[d] * Math.Max(0, sizes[d] - 1);
                strides[d] = -strides[d];
            }
        }

        return At(values, sizes, strides, offset);
    }

    /// <summary>The values at the given strides; an array that is just long enough.</summary>
    public static Tensor At<T>(T[] values, int[] sizes, int[] strides, int offset)
        where T : unmanaged
    {
        var places = Naive.Places(sizes).Select(place => offset + place.Zip(strides, (i, stride) => i * stride).Sum()).ToArray();
        var storage = new T[places.Append(0).Max() + 1];
        for (var i = 0; i < places.Length; i++)
        {
            storage[places[i]] = values[i];
        }

        var memory = new Tensor(storage, Shape.Create([storage.Length]), DType.Of<T>());
        return new Tensor(memory, new Layout(Shape.Create(sizes), strides, offset));
    }

    /// <summary>Random sizes of a rank; about one in ten is 0 and one in four is 1.</summary>
    public static int[] Sizes(int rank, Random random, int largest = 4)
    {
        var sizes = new int[rank];
        for (var i = 0; i < rank; i++)
        {
            sizes[i] = random.Next(10) switch
            {
                0 => 0,
                1 or 2 => 1,
                _ => random.Next(1, largest + 1),
            };
        }

        return sizes;
    }
}
