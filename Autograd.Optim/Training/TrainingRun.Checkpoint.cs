using System.Globalization;

namespace Autograd.Optim.Training;

/// <content>The whole state of a run in one file.</content>
internal sealed partial class TrainingRun<TInput, TOutput, TTarget>
{
    private const string Format = "autograd.training.1";

    private void SaveIf(bool isDue)
    {
        if (!isDue)
        {
            return;
        }

        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        void Keep(string prefix, IEnumerable<KeyValuePair<string, Tensor>> state)
        {
            foreach (var (name, tensor) in state)
            {
                tensors.Add(prefix + name, tensor);
            }
        }

        Keep("model.", model.StateDictionary());
        Keep("optimizer.", optimizer.StateDictionary());
        Keep("best.", stopping?.Best ?? []);
        Keep("average.", (options.Average?.Values ?? []).Select((value, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), value)));
        var generator = Generator.Default.State;
        Checkpoint.Save(options.Checkpoint!.Path, tensors, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["position"] = Text([epoch, batch, context.StepCount, scheduler?.StepCount ?? 0, options.Average?.Count ?? 0]),
            ["generator"] = $"{generator.Key:X16} {generator.Counter:X16}",
            ["data"] = $"{seed.Key:X16} {seed.Counter:X16} {data.Dataset.Count} {data.BatchSize}",
            ["measures"] = string.Join(';', training.State.Select(Text)),
            ["gradient_norm"] = Text([normSum]),
            ["plateau"] = Text(options.Plateau?.State ?? []),
            ["stopping"] = Text(stopping?.State ?? []),
            ["stop_reason"] = history.WasCancelled ? string.Empty : context.StopReason ?? string.Empty,
            ["history"] = history.ToJson(),
        });
    }

    private void Resume()
    {
        if (options.Checkpoint is not { Resume: true } || Checkpoint.Load(options.Checkpoint.Path) is not { } saved)
        {
            return;
        }

        var texts = saved.Texts;
        if (texts.GetValueOrDefault("format") != Format)
        {
            throw new TrainingException($"Trainer.Fit: '{saved.Path}' is no checkpoint of a training run that this version reads.");
        }

        var order = texts["data"].Split(' ');
        if (order[2] != Invariant(data.Dataset.Count) || order[3] != Invariant(data.BatchSize))
        {
            throw new TrainingException($"Trainer.Fit: '{saved.Path}' is of a run over {order[2]} examples in batches of {order[3]}; this one has {data.Dataset.Count} in batches of {data.BatchSize}. Remove the file, or set Resume to false, to begin anew.");
        }

        var measures = texts["measures"].Split(';');
        if (measures.Length != training.State.Count || (saved.Part("average.").Count > 0) != (options.Average is not null))
        {
            throw new TrainingException($"Trainer.Fit: '{saved.Path}' is of a run with {measures.Length - 1} metrics and {(saved.Part("average.").Count > 0 ? "an" : "no")} average of the weights; this one has {training.State.Count - 1} metrics and {(options.Average is null ? "none" : "one")}. Go on with the same options, or remove the file to begin anew.");
        }

        try
        {
            model.LoadState(saved.Part("model."));
            optimizer.LoadState(saved.Part("optimizer."));
        }
        catch (Exception exception) when (exception is ArgumentException or NN.StateException)
        {
            throw new TrainingException($"Trainer.Fit: '{saved.Path}' is of another model or optimizer: {exception.Message}", exception);
        }

        var position = Numbers(texts["position"]);
        (epoch, batch, context.StepCount) = ((int)position[0], (int)position[1], (int)position[2]);
        if (scheduler is not null)
        {
            scheduler.StepCount = (int)position[3];
        }

        options.Average?.Restore([.. saved.Part("average.").OrderBy(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture)).Select(pair => pair.Value)], (int)position[4]);
        Generator.Default = Generator.FromState(State(texts["generator"].Split(' ')));
        seed = State(order);
        training.State = [.. measures.Select(Numbers)];
        normSum = Numbers(texts["gradient_norm"])[0];
        if (options.Plateau is not null && Numbers(texts["plateau"]) is { Length: > 0 } plateau)
        {
            options.Plateau.State = plateau;
        }

        if (stopping is not null && Numbers(texts["stopping"]) is { Length: > 0 } improvement)
        {
            stopping.Restore(improvement, saved.Part("best.") is { Count: > 0 } best ? best : null);
        }

        Recall(saved);
    }

    private void Recall(Checkpoint saved)
    {
        var former = History.FromJson(saved.Texts["history"]);
        foreach (var record in former)
        {
            history.Add(record);
        }

        foreach (var note in former.Notes)
        {
            history.Notes.Add(note);
        }

        history.Notes.Add($"Taken up from '{saved.Path}' in epoch {epoch + 1}, batch {batch + 1}.{(saved.Refused is null ? string.Empty : $" The newest checkpoint was refused: {saved.Refused}")}");
        if (saved.Texts["stop_reason"] is { Length: > 0 } reason)
        {
            context.Stop(reason);
        }
    }

    private static GeneratorState State(string[] words)
        => new(ulong.Parse(words[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), ulong.Parse(words[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static string Text(double[] numbers) => string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    private static double[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
