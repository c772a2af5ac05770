using Autograd.Tapes;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Tapes;

/// <summary>Boxes do not overlap, arrows point down, and few cross.</summary>
internal sealed class LayeredLayoutTests
{
    private const double Height = 40;

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Graphs)], MaxTest = 60)]
    public Property Boxes_do_not_overlap_and_arrows_point_down((double[] Widths, (int From, int To)[] Arrows) graph)
    {
        var layout = new LayeredLayout(graph.Widths, graph.Arrows, Height);
        var tops = graph.Widths.Select((_, node) => layout.Top(node)).ToArray();
        var down = graph.Arrows.All(arrow => tops[arrow.From].Y + Height < tops[arrow.To].Y);
        var apart = true;
        for (var a = 0; a < tops.Length; a++)
        {
            for (var b = 0; b < a; b++)
            {
                apart &= tops[a].Y != tops[b].Y || Math.Abs(tops[a].X - tops[b].X) >= ((graph.Widths[a] + graph.Widths[b]) / 2) + 1;
            }
        }

        var inside = tops.Select((top, node) => top.X - (graph.Widths[node] / 2) >= -1e-6 && top.X + (graph.Widths[node] / 2) <= layout.Width + 1e-6 && top.Y + Height <= layout.Height + 1e-6).All(isInside => isInside);
        return down.Label("an arrow points up").And(apart.Label("boxes overlap")).And(inside.Label("a box lies outside"));
    }

    [Test]
    public void A_chain_is_a_straight_line()
    {
        var layout = new LayeredLayout([60, 100, 80], [(0, 1), (1, 2)], Height);
        Assert.That(new[] { layout.Top(0).X, layout.Top(1).X, layout.Top(2).X }, Is.All.EqualTo(50).Within(1e-9));
        Assert.That(layout.Width, Is.EqualTo(100));
    }

    [Test]
    public void A_tree_and_a_ladder_have_no_crossings()
    {
        var tree = Enumerable.Range(1, 62).Select(node => (From: 62 - node, To: 62 - ((node - 1) / 2))).OrderBy(arrow => arrow).ToArray();
        Assert.That(new LayeredLayout([.. Enumerable.Repeat(60.0, 63)], tree, Height).Crossings, Is.Zero);
        var ladder = Enumerable.Range(0, 20).SelectMany(i => new[] { (2 * i, (2 * i) + 2), ((2 * i) + 1, (2 * i) + 3) }).ToArray();
        Assert.That(new LayeredLayout([.. Enumerable.Repeat(60.0, 42)], ladder, Height).Crossings, Is.Zero);
    }

    [Test]
    public void What_the_graph_begins_with_stands_right_above_its_use()
    {
        // 0 → 1 → 2 → 4, and the parameter 3 → 4.
        var layout = new LayeredLayout([60, 60, 60, 60, 60], [(0, 1), (1, 2), (2, 4), (3, 4)], Height);
        Assert.That(layout.Top(3).Y, Is.EqualTo(layout.Top(2).Y));
    }

    [Test]
    public void Nothing_and_two_hundred_boxes_are_laid_out()
    {
        var random = new Random(3);
        var arrows = Enumerable.Range(1, 199).SelectMany(node => new[] { (random.Next(node), node), (Math.Max(0, node - 1 - random.Next(3)), node) }).Distinct().ToArray();
        Assert.That(new LayeredLayout([], [], Height).Width, Is.Zero);
        Assert.That(new LayeredLayout([.. Enumerable.Repeat(80.0, 200)], arrows, Height).Height, Is.GreaterThan(Height));
    }

    private static class Graphs
    {
        public static Arbitrary<(double[] Widths, (int From, int To)[] Arrows)> Arbitrary()
            => Arb.From(
                from count in Gen.Choose(1, 30)
                from widths in Gen.Choose(20, 150).Select(width => (double)width).ArrayOf(count)
                from arrows in (from to in Gen.Choose(1, Math.Max(1, count - 1)) from @from in Gen.Choose(0, to - 1) select (From: @from, To: to)).ListOf()
                select (widths, count == 1 ? [] : arrows.Distinct().ToArray()));
    }
}
