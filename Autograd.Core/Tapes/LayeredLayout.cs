namespace Autograd.Tapes;

/// <summary>Places the boxes of a graph without cycles in layers, so that every arrow points downwards
/// (Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", 1981): layers by the longest way, orders by barycentres,
/// places by isotonic regression. An arrow past several layers goes through a point in each.</summary>
internal sealed class LayeredLayout
{
    private const double GapX = 22;
    private const double GapY = 42;
    private const double PointWidth = 6;
    private const int Sweeps = 12;

    /// <summary>What the graph begins with makes way for what stands between others, so that a long chain stays straight.</summary>
    private const double SourceWeight = 0.02;

    private readonly List<double> widths = [];
    private readonly List<int> layerOf = [];
    private readonly List<List<int>> sources = [];
    private readonly List<List<int>> targets = [];
    private readonly double boxHeight;
    private List<List<int>> layers = [];
    private double[] x = [];

    /// <summary>Computes the layout.</summary>
    /// <param name="boxWidths">The widths of the boxes, sources first.</param>
    /// <param name="arrows">The arrows, from earlier boxes to later ones; others are ignored.</param>
    /// <param name="boxHeight">The height of every box.</param>
    public LayeredLayout(IReadOnlyList<double> boxWidths, IReadOnlyList<(int From, int To)> arrows, double boxHeight)
    {
        this.boxHeight = boxHeight;
        foreach (var width in boxWidths)
        {
            AddNode(width, layer: 0);
        }

        var forward = arrows.Where(arrow => arrow.From < arrow.To).ToList();
        AssignLayers(forward);
        Routes = [.. forward.Select(arrow => Route(arrow.From, arrow.To))];
        FillLayers();
        ReduceCrossings();
        AssignPlaces();
    }

    /// <summary>For each arrow the nodes that it passes, boxes and points.</summary>
    public IReadOnlyList<int[]> Routes { get; }

    public double Width { get; private set; }

    public double Height => (layers.Count * (boxHeight + GapY)) - GapY;

    /// <summary>The number of places where two arrows cross.</summary>
    public int Crossings => Enumerable.Range(1, Math.Max(0, layers.Count - 1)).Sum(CountCrossings);

    /// <summary>The middle of a node's upper edge.</summary>
    public (double X, double Y) Top(int node) => (x[node], layerOf[node] * (boxHeight + GapY));

    private int AddNode(double width, int layer)
    {
        widths.Add(width);
        layerOf.Add(layer);
        sources.Add([]);
        targets.Add([]);
        return widths.Count - 1;
    }

    private void AssignLayers(List<(int From, int To)> arrows)
    {
        var count = widths.Count;
        var (into, outOf) = (arrows.ToLookup(arrow => arrow.To, arrow => arrow.From), arrows.ToLookup(arrow => arrow.From, arrow => arrow.To));
        for (var node = 0; node < count; node++)
        {
            layerOf[node] = into[node].Select(source => layerOf[source] + 1).DefaultIfEmpty(0).Max();
        }

        // What the graph begins with stands right above what uses it.
        for (var node = 0; node < count; node++)
        {
            if (!into[node].Any() && outOf[node].Any())
            {
                layerOf[node] = outOf[node].Min(target => layerOf[target]) - 1;
            }
        }
    }

    private int[] Route(int from, int to)
    {
        var route = new List<int> { from };
        for (var layer = layerOf[from] + 1; layer <= layerOf[to]; layer++)
        {
            var next = layer == layerOf[to] ? to : AddNode(PointWidth, layer);
            targets[route[^1]].Add(next);
            sources[next].Add(route[^1]);
            route.Add(next);
        }

        return [.. route];
    }

    private void FillLayers()
    {
        layers = [.. Enumerable.Range(0, layerOf.Count == 0 ? 0 : layerOf.Max() + 1).Select(_ => new List<int>())];
        for (var node = 0; node < layerOf.Count; node++)
        {
            layers[layerOf[node]].Add(node);
        }
    }

    /// <summary>Sorts layer after layer by the middle of the neighbours in the one before, downwards and upwards in turn, and keeps the best order seen.</summary>
    private void ReduceCrossings()
    {
        var place = new double[widths.Count];
        Number(place);
        var (best, fewest) = (Copy(layers), Crossings);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 1; i < layers.Count; i++)
            {
                var layer = layers[down ? i : layers.Count - 1 - i];
                var middles = layer.ToDictionary(node => node, node => Neighbours(node, down).Select(other => place[other]).DefaultIfEmpty(place[node]).Average());
                layer.Sort((a, b) => middles[a] != middles[b] ? middles[a].CompareTo(middles[b]) : place[a].CompareTo(place[b]));
                Number(place, layer);
            }

            if (Crossings is var crossings && crossings < fewest)
            {
                (best, fewest) = (Copy(layers), crossings);
            }
        }

        layers = best;
    }

    private List<int> Neighbours(int node, bool above) => above ? sources[node] : targets[node];

    private int CountCrossings(int layer)
    {
        var place = new Dictionary<int, int>();
        foreach (var nodes in (ReadOnlySpan<List<int>>)[layers[layer - 1], layers[layer]])
        {
            for (var i = 0; i < nodes.Count; i++)
            {
                place[nodes[i]] = i;
            }
        }

        var arrows = layers[layer].SelectMany(node => sources[node].Select(source => (From: place[source], To: place[node]))).ToList();
        var crossings = 0;
        for (var i = 0; i < arrows.Count; i++)
        {
            for (var k = i + 1; k < arrows.Count; k++)
            {
                crossings += (arrows[i].From - arrows[k].From) * (arrows[i].To - arrows[k].To) < 0 ? 1 : 0;
            }
        }

        return crossings;
    }

    private void Number(double[] place) => layers.ForEach(layer => Number(place, layer));

    private static void Number(double[] place, List<int> layer)
    {
        for (var i = 0; i < layer.Count; i++)
        {
            place[layer[i]] = i - ((layer.Count - 1) / 2.0);
        }
    }

    private static List<List<int>> Copy(List<List<int>> orders) => orders.ConvertAll(order => new List<int>(order));

    /// <summary>Moves each layer as close as its order allows to the middle of its neighbours, again and again.</summary>
    private void AssignPlaces()
    {
        x = new double[widths.Count];
        layers.ForEach(layer => Place(layer, _ => 0));
        for (var sweep = 0; sweep < 2 * Sweeps; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 0; i < layers.Count; i++)
            {
                Place(layers[down ? i : layers.Count - 1 - i], node => Middle(node, sweep >= Sweeps ? sources[node].Concat(targets[node]) : Neighbours(node, down)));
            }
        }

        var left = x.Select((middle, node) => middle - (widths[node] / 2)).DefaultIfEmpty(0).Min();
        x = [.. x.Select(middle => middle - left)];
        Width = x.Select((middle, node) => middle + (widths[node] / 2)).DefaultIfEmpty(0).Max();
    }

    private double Weight(int node) => sources[node].Count == 0 ? SourceWeight : 1;

    private double Middle(int node, IEnumerable<int> neighbours)
    {
        var (sum, weights) = (0.0, 0.0);
        foreach (var other in neighbours)
        {
            sum += Weight(other) * x[other];
            weights += Weight(other);
        }

        return weights == 0 ? x[node] : sum / weights;
    }

    /// <summary>The places nearest to the wanted ones, in the sense of weighted least squares, at which no two nodes of the layer overlap: less the widths to the left of each they must not decrease, and pooling adjacent violators finds them.</summary>
    private void Place(List<int> layer, Func<int, double> wanted)
    {
        var pools = new Stack<(double Mean, double Weight, int Count)>();
        var shift = 0.0;
        for (var i = 0; i < layer.Count; i++)
        {
            shift += i == 0 ? 0 : Distance(layer[i - 1], layer[i]);
            var pool = (Mean: wanted(layer[i]) - shift, Weight: Weight(layer[i]), Count: 1);
            while (pools.TryPeek(out var before) && before.Mean >= pool.Mean)
            {
                pools.Pop();
                var weight = before.Weight + pool.Weight;
                pool = (((before.Mean * before.Weight) + (pool.Mean * pool.Weight)) / weight, weight, before.Count + pool.Count);
            }

            pools.Push(pool);
        }

        var node = layer.Count - 1;
        foreach (var (mean, _, count) in pools)
        {
            for (var i = 0; i < count; i++, node--)
            {
                x[layer[node]] = mean + shift;
                shift -= node == 0 ? 0 : Distance(layer[node - 1], layer[node]);
            }
        }
    }

    private double Distance(int left, int right) => ((widths[left] + widths[right]) / 2) + GapX;
}
