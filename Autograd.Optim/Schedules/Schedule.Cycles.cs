namespace Autograd.Optim;

public abstract partial class Schedule
{
    /// <summary>Half a cosine from the whole rate to the least, and back after that (Loshchilov, Hutter 2017): e + (r − e)(1 + cos(πt/T))/2.</summary>
    /// <param name="maxSteps">T; 1 or more.</param>
    /// <param name="leastRate">e; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule CosineAnnealing(int maxSteps, double leastRate = 0)
    {
        Positive(maxSteps, nameof(maxSteps));
        Factor(leastRate, nameof(leastRate));
        return new Formula((step, initial) => Cosine(initial, leastRate, (double)step / maxSteps));
    }

    /// <summary>Half cosines from the whole rate to the least, again and again (SGDR: Loshchilov, Hutter 2017), the first of T steps, each following one longer by a factor.</summary>
    /// <param name="firstSteps">T; 1 or more.</param>
    /// <param name="factor">By how much each cycle is longer than the one before; 1 or more.</param>
    /// <param name="leastRate">The rate at the end of a cycle; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule CosineAnnealingWarmRestarts(int firstSteps, int factor = 1, double leastRate = 0)
    {
        Positive(firstSteps, nameof(firstSteps));
        Positive(factor, nameof(factor));
        Factor(leastRate, nameof(leastRate));
        return new Formula((step, initial) =>
        {
            long length = firstSteps;
            long place = step;
            for (; place >= length; length *= factor)
            {
                place -= length;
                place = factor == 1 ? place % length : place;
            }

            return Cosine(initial, leastRate, (double)place / length);
        });
    }

    /// <summary>One cycle (Smith, Topin 2018): up from max/divFactor to max, then down to a small fraction of the beginning, while the momentum goes the other way. The optimizer's own rate does not count.</summary>
    /// <param name="maxRate">The highest rate; above 0.</param>
    /// <param name="totalSteps">The steps of the cycle; 2 or more. Later the last rate stays.</param>
    /// <param name="risingShare">The share of the steps that go up.</param>
    /// <param name="isLinear">Straight lines in place of cosines.</param>
    /// <param name="baseMomentum">The momentum at the highest rate.</param>
    /// <param name="maxMomentum">The momentum at the lowest.</param>
    /// <param name="divFactor">The highest rate by the first.</param>
    /// <param name="finalDivFactor">The first rate by the last.</param>
    /// <param name="threePhase">Down as steeply as up, and a third phase down to the last rate.</param>
    /// <param name="cycleMomentum">Whether the momentum varies at all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule OneCycle(
        double maxRate, int totalSteps, double risingShare = 0.3, bool isLinear = false, double baseMomentum = 0.85, double maxMomentum = 0.95, double divFactor = 25, double finalDivFactor = 1e4, bool threePhase = false, bool cycleMomentum = true)
    {
        Positive(maxRate, nameof(maxRate));
        Positive(totalSteps - 1, nameof(totalSteps));
        var first = maxRate / Positive(divFactor, nameof(divFactor));
        var last = first / Positive(finalDivFactor, nameof(finalDivFactor));
        var up = (risingShare * totalSteps) - 1;
        (double End, double From, double To, double MomentumFrom, double MomentumTo)[] phases = threePhase
            ? [(up, first, maxRate, maxMomentum, baseMomentum), ((2 * risingShare * totalSteps) - 2, maxRate, first, baseMomentum, maxMomentum), (totalSteps - 1, first, last, maxMomentum, maxMomentum)]
            : [(up, first, maxRate, maxMomentum, baseMomentum), (totalSteps - 1, maxRate, last, baseMomentum, maxMomentum)];

        (int Phase, double Share) Place(int step)
        {
            var index = Array.FindIndex(phases, phase => step <= phase.End);
            index = index < 0 ? phases.Length - 1 : index;
            var begin = index == 0 ? 0 : phases[index - 1].End;
            return (index, Math.Min(1, (step - begin) / (phases[index].End - begin)));
        }

        double Between(double from, double to, double share) => isLinear ? from + ((to - from) * share) : Cosine(from, to, share);
        return new Formula(
            (step, _) => Place(step) is var (phase, share) ? Between(phases[phase].From, phases[phase].To, share) : first,
            step => cycleMomentum && Place(step) is var (phase, share) ? Between(phases[phase].MomentumFrom, phases[phase].MomentumTo, share) : null);
    }

    /// <summary>Triangles between two rates (Smith 2017), while the momentum goes the other way. The optimizer's own rate does not count.</summary>
    /// <param name="baseRate">The lower rate; 0 or more.</param>
    /// <param name="maxRate">The upper rate of the first cycle.</param>
    /// <param name="stepsUp">Steps on the way up; 1 or more.</param>
    /// <param name="stepsDown">Steps on the way down; left out, as many.</param>
    /// <param name="scale">The height of cycle 1, 2, …, as a share: left out, 1; <c>cycle => Math.Pow(2, 1 - cycle)</c> halves it each time ("triangular2").</param>
    /// <param name="gamma">The height shrinks by this factor each step ("exp_range").</param>
    /// <param name="baseMomentum">The momentum at the upper rate.</param>
    /// <param name="maxMomentum">The momentum at the lower.</param>
    /// <param name="cycleMomentum">Whether the momentum varies at all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static Schedule Cyclic(
        double baseRate, double maxRate, int stepsUp = 2000, int? stepsDown = null, Func<int, double>? scale = null, double gamma = 1, double baseMomentum = 0.8, double maxMomentum = 0.9, bool cycleMomentum = true)
    {
        Factor(baseRate, nameof(baseRate));
        Positive(maxRate, nameof(maxRate));
        var down = Positive(stepsDown ?? Positive(stepsUp, nameof(stepsUp)), nameof(stepsDown));
        double Height(int step)
        {
            var (cycle, place) = Math.DivRem(step, stepsUp + down);
            var height = place <= stepsUp ? (double)place / stepsUp : (double)(stepsUp + down - place) / down;
            return height * (scale?.Invoke(cycle + 1) ?? 1) * Math.Pow(gamma, step);
        }

        return new Formula(
            (step, _) => baseRate + ((maxRate - baseRate) * Height(step)),
            step => cycleMomentum ? maxMomentum - ((maxMomentum - baseMomentum) * Height(step)) : null);
    }

    /// <summary>From one number to another along half a cosine.</summary>
    private static double Cosine(double from, double to, double share) => to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);
}
