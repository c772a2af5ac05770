namespace Autograd.Benchmarks.Comparison;

/// <summary>One of the two that are compared.</summary>
internal interface ISide
{
    /// <summary>What it is, with its version.</summary>
    string Name { get; }

    /// <summary>Runs a workload a few steps from its start, with nothing random in it, and says what came out.</summary>
    /// <exception cref="UnsupportedWorkloadException">This side, in this version, has no such function.</exception>
    IReadOnlyList<Checksum> Check(WorkloadDescription workload, int steps);

    /// <summary>Whether the runtime has nothing left to compile for the workload, as far as can be seen.</summary>
    bool IsSettled { get; }

    /// <summary>Makes a workload ready to be timed, in place of the previous one.</summary>
    void Prepare(WorkloadDescription workload);

    /// <summary>Goes back to the workload's start and runs some steps.</summary>
    /// <returns>The seconds that the steps took in all.</returns>
    double Time(int steps);
}

/// <summary>A side, in this version, has no such function; the row is left out rather than wrong.</summary>
internal sealed class UnsupportedWorkloadException(string message) : Exception(message);
