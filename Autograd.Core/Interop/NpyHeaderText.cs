using System.Globalization;

namespace Autograd.Interop;

/// <summary>Reads the text of a header, a Python dictionary of three literals: <c>{'descr': '&lt;f8', 'fortran_order': False, 'shape': (3, 4), }</c>. Nothing else is understood, and nothing is evaluated.</summary>
internal ref struct NpyHeaderText
{
    private readonly ReadOnlySpan<char> text;
    private int place;

    private NpyHeaderText(ReadOnlySpan<char> text) => this.text = text;

    public static NpyHeader Parse(string text)
    {
        var reader = new NpyHeaderText(text);
        return reader.Dictionary();
    }

    private NpyHeader Dictionary()
    {
        NpyElement? element = null;
        bool? isFortranOrder = null;
        Shape? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            var keyPlace = place;
            var key = Text();
            Expect(':');
            switch (key)
            {
                case "descr" when element is null:
                    element = Element();
                    break;
                case "fortran_order" when isFortranOrder is null:
                    isFortranOrder = Truth();
                    break;
                case "shape" when shape is null:
                    shape = Sizes();
                    break;
                case "descr" or "fortran_order" or "shape":
                    throw Wrong(keyPlace, $"the key '{key}' comes twice");
                default:
                    throw Wrong(keyPlace, $"the key '{key}' is none of 'descr', 'fortran_order' and 'shape'");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpaces();
        if (place < text.Length)
        {
            throw Wrong(place, "something follows the dictionary");
        }

        return element is { } type && isFortranOrder is { } order && shape is { } sizes
            ? new NpyHeader(type, order, sizes)
            : throw Wrong(place, "one of the keys 'descr', 'fortran_order' and 'shape' is missing");
    }

    private NpyElement Element()
    {
        SkipSpaces();
        return place < text.Length && text[place] == '['
            ? throw Wrong(place, "the array has named fields; save each field as an array of its own")
            : NpyElement.Parse(Text());
    }

    private bool Truth()
    {
        SkipSpaces();
        foreach (var truth in (ReadOnlySpan<string>)["True", "False"])
        {
            if (text[place..].StartsWith(truth, StringComparison.Ordinal))
            {
                place += truth.Length;
                return truth == "True";
            }
        }

        throw Wrong(place, "neither True nor False");
    }

    private Shape Sizes()
    {
        var start = place;
        var sizes = new List<int>();
        Expect('(');
        var ended = TryTake(')');
        while (!ended)
        {
            if (sizes.Count == Shape.MaxRank)
            {
                throw Wrong(start, $"more than {Shape.MaxRank} dimensions");
            }

            sizes.Add(Size());
            var comma = TryTake(',');
            ended = TryTake(')');
            if (!comma && (!ended || sizes.Count == 1))
            {
                throw Wrong(place, "a shape is written (), (3,) or (3, 4)");
            }
        }

        try
        {
            return Shape.Create([.. sizes]);
        }
        catch (ShapeException exception)
        {
            throw new NpyFormatException($"Npy: {exception.Message}", exception);
        }
    }

    private int Size()
    {
        SkipSpaces();
        var start = place;
        while (place < text.Length && char.IsAsciiDigit(text[place]))
        {
            place++;
        }

        if (place == start)
        {
            throw Wrong(start, "a size is a number, 0 or more");
        }

        var digits = text[start..place];

        // Python 2 marked its long integers.
        _ = place < text.Length && text[place] == 'L' && place++ > 0;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw Wrong(start, "a size is beyond 2^31 - 1, the most elements that one tensor can hold");
    }

    private string Text()
    {
        SkipSpaces();
        if (place == text.Length || text[place] is not ('\'' or '"'))
        {
            throw Wrong(place, "a text in quotes is expected");
        }

        var quote = text[place++];
        var length = text[place..].IndexOf(quote);
        if (length < 0 || text.Slice(place, length).Contains('\\'))
        {
            throw Wrong(place, "a text does not end, or has escaped characters");
        }

        var content = text.Slice(place, length).ToString();
        place += length + 1;
        return content;
    }

    private void Expect(char character)
    {
        if (!TryTake(character))
        {
            throw Wrong(place, $"'{character}' is expected");
        }
    }

    private bool TryTake(char character)
    {
        SkipSpaces();
        var found = place < text.Length && text[place] == character;
        place += found ? 1 : 0;
        return found;
    }

    private void SkipSpaces()
    {
        while (place < text.Length && text[place] is ' ' or '\t' or '\r' or '\n')
        {
            place++;
        }
    }

    private readonly NpyFormatException Wrong(int where, string what)
    {
        const int Longest = 200;
        var shown = text.Length > Longest ? $"{text[..Longest]}…" : text.TrimEnd().ToString();
        return new NpyFormatException($"Npy: the header is not that of a plain array: at character {where}, {what}. It reads: {shown}");
    }
}
